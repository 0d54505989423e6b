"""An Excel workbook to a sheet of texts. A formula is refused by its cell: we import what people wrote."""

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import openpyxl
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape

from lockstep.authoring.problems import Problem
from lockstep.intake import sentences as say
from lockstep.intake.faults import UnreadableFileError
from lockstep.intake.sheet import FAULTY, Row, Sheet, sheet_of

_MAX_UNPACKED = 256 * 1024 * 1024
_LAST_ROW = 1024**2  # of any spreadsheet
# what a damaged archive, or damaged XML in it, makes its readers raise
_UNSAYABLE = (
    LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError, SyntaxError,
    OSError, EOFError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
# An Excel of China, Japan or Korea numbers its own formats for dates and times and writes no code of theirs.
_DATES_OF_EAST_ASIA = frozenset((*range(27, 37), *range(50, 59)))
_PREFIXED = re.compile(r'(?:"([^"]*)")?(0+)')


def read_workbook(raw: bytes, known: frozenset[str]) -> Sheet:
    """The first visible sheet; `known` are the normal names of columns. Raises UnreadableFileError."""
    _refuse_bomb(raw)
    problems: list[Problem] = []
    try:
        with warnings.catch_warnings():  # of what openpyxl would lose on saving: we do not save
            warnings.simplefilter("ignore")
            rows = _first_visible(raw, problems)
    except _UNSAYABLE as error:
        raise _broken(error) from error
    return sheet_of(rows, known, addressed=True, problems=problems)


def _first_visible(raw: bytes, problems: list[Problem]) -> list[Row]:
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    try:
        if not book.worksheets:  # openpyxl leaves out a sheet that is not in the archive
            raise LookupError("There is no sheet")
        # Any: the type of a workbook's sheets is not the one its reader makes
        visible: list[Any] = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise UnreadableFileError(say.EMPTY.at(line=1))
        used = visible[0]
        if len(visible) > 1:
            problems.append(say.OTHER_SHEETS.at(line=1, used=used.title, others=len(visible) - 1))
        used.reset_dimensions()  # some programs write a size that is not the sheet's: rows would be lost
        return list(_rows(used, problems))
    finally:
        book.close()


def _refuse_bomb(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            unpacked = sum(part.file_size for part in parts.infolist())
    except _UNSAYABLE as error:
        raise _broken(error) from error
    if unpacked > _MAX_UNPACKED:
        raise UnreadableFileError(say.TOO_BIG.at(line=1, limit=_MAX_UNPACKED // 1024**2))


def _broken(error: Exception) -> UnreadableFileError:
    # openpyxl's own words can hold cells' contents: name the kind of fault only
    return UnreadableFileError(say.BROKEN_EXCEL.at(line=1, reason=type(error).__name__))


def _rows(sheet: Iterable[Iterable[Any]], problems: list[Problem]) -> Iterator[Row]:
    for line, cells in enumerate(sheet, start=1):
        if line > _LAST_ROW:
            raise ValueError("There is no such row")
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
            value = cell.value
            if (
                cell.data_type == "n"
                and value is not None
                and cell.style_array.numFmtId in _DATES_OF_EAST_ASIA
            ):
                value = _date(value, cell.parent.parent.epoch)
            text = _text(value, cell.number_format or "")
            if text is None:
                problems.append(say.WRONG_KIND.at(line=line, column=cell.coordinate))
            yield FAULTY if text is None else text


def _date(value: float, epoch: datetime) -> object:
    with suppress(ValueError, OverflowError):
        return from_excel(value, epoch)
    return value  # a number no calendar has


def _text(value: object, number_format: str) -> str | None:
    """The value as somebody would type it, None where it is of no kind we read."""
    text: str | None = None
    match value:
        case None:
            text = ""
        case str():
            text = unescape(value).strip()
        case int() | float() if not isinstance(value, bool):
            text = _number(value, number_format)
        case date():  # a datetime is one too
            text = f"{value:%Y-%m-%d}"
    return text


def _number(value: float, number_format: str) -> str:
    """As a format such as 00000 or "E"00000 shows it, which is how spreadsheets keep employee numbers."""
    if isinstance(value, float):
        value = float(f"{value:.15g}")  # digits that a spreadsheet shows; the rest is of its arithmetic
        if not value.is_integer():
            return repr(value)
    whole, shown = str(int(value)), _PREFIXED.fullmatch(number_format)
    if shown is None or value < 0:
        return whole
    return (shown[1] or "") + whole.zfill(len(shown[2]))
