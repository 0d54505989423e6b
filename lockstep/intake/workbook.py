"""An Excel workbook to a sheet of texts. A formula is refused by its cell: we import what people wrote."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from lockstep.authoring.problems import Problem
from lockstep.intake import sentences as say
from lockstep.intake.faults import UnreadableFileError
from lockstep.intake.sheet import FAULTY, Row, Sheet, sheet_of

_MAX_UNPACKED = 256 * 1024 * 1024
_UNSAYABLE = (KeyError, ValueError, TypeError, AttributeError, OSError, zipfile.BadZipFile, SyntaxError)


def read_workbook(raw: bytes, known: frozenset[str]) -> Sheet:
    """The first visible sheet; `known` are the normal names of columns. Raises UnreadableFileError."""
    _refuse_bomb(raw)
    try:
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    except _UNSAYABLE as error:
        raise _broken(error) from error
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not visible:
        raise UnreadableFileError(say.EMPTY.at(line=1))
    problems: list[Problem] = []
    try:
        rows = list(_rows(visible[0], problems))
    except _UNSAYABLE as error:
        raise _broken(error) from error
    finally:
        book.close()
    if len(visible) > 1:
        problems.append(say.OTHER_SHEETS.at(line=1, used=visible[0].title, others=len(visible) - 1))
    return sheet_of(rows, known, addressed=True, problems=problems)


def _refuse_bomb(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile as error:
        raise _broken(error) from error
    if unpacked > _MAX_UNPACKED:
        raise UnreadableFileError(say.TOO_BIG.at(line=1, limit=_MAX_UNPACKED // 1024**2))


def _broken(error: Exception) -> UnreadableFileError:
    # openpyxl's own words can hold cells' contents: name the kind of fault only
    return UnreadableFileError(say.BROKEN_EXCEL.at(line=1, reason=type(error).__name__))


def _rows(sheet: Worksheet, problems: list[Problem]) -> Iterator[Row]:
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        row = Row(line, tuple(_texts(line, cells, problems)))
        if not row.blank:  # a format that reaches to the bottom makes a million blank rows
            yield row


def _texts(line: int, cells: Iterable[Any], problems: list[Problem]) -> Iterator[str]:
    # Any: openpyxl's reader yields cells of two unrelated classes
    for cell in cells:
        if cell.data_type == "f":
            problems.append(say.FORMULA_CELL.at(line=line, column=cell.coordinate))
            yield FAULTY
        elif cell.data_type == "e":
            problems.append(say.ERROR_CELL.at(line=line, column=cell.coordinate, value=cell.value))
            yield FAULTY
        else:
            text = _text(cell.value, cell.number_format)
            if text is None:
                problems.append(say.WRONG_KIND.at(line=line, column=cell.coordinate))
            yield FAULTY if text is None else text


def _text(value: object, number_format: str | None) -> str | None:
    """The value as somebody would type it, None where it is of no kind we read."""
    text: str | None = None
    match value:
        case None:
            text = ""
        case str():
            text = value.strip()
        case int() if not isinstance(value, bool):
            text = str(value).zfill(_width(number_format))
        case float():
            text = str(int(value)) if value.is_integer() else repr(value)
        case date():  # a datetime is one too
            text = f"{value:%Y-%m-%d}"
    return text


def _width(number_format: str | None) -> int:
    """Digits shown by a format such as 00000, which is how spreadsheets show employee number 00042."""
    return len(number_format) if number_format and set(number_format) == {"0"} else 0
