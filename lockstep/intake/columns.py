"""Matching a sheet's columns with those we know, in Chinese or English, and reading its cells."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from lockstep.authoring.problems import Problem
from lockstep.intake import sentences as say
from lockstep.intake.decode import flaw
from lockstep.intake.faults import UnreadableFileError, WrongValueError
from lockstep.intake.sheet import FAULTY, Row, Sheet, normal

_LONGEST_CELL = 400


@dataclass(frozen=True)
class Column:
    """A column we read: its key, its headings (the first is the one we name it by), what may stand in it."""

    key: str
    headings: tuple[str, ...]
    parse: Callable[[str], str]
    required: bool = False

    @property
    def title(self) -> str:
        """How a sentence names it when it is not there."""
        return f"{self.headings[0]} ({self.key})"

    @property
    def names(self) -> frozenset[str]:
        """Its names as `normal` makes them."""
        return frozenset(normal(each) for each in (self.key, *self.headings))


@dataclass(frozen=True)
class Record:
    """A row as far as it could be read: values by column key, and how a sentence calls each cell."""

    line: int
    values: Mapping[str, str]
    places: Mapping[str, str]

    def refused(self, *keys: str) -> bool:
        """Whether a cell in one of the columns was refused, so that nothing more is to be said of it."""
        return any(key in self.places and key not in self.values for key in keys)


def names_of(columns: Sequence[Column]) -> frozenset[str]:
    """Every name a header may use."""
    return frozenset().union(*(column.names for column in columns))


def records(sheet: Sheet, columns: Sequence[Column]) -> tuple[list[Record], list[Problem]]:
    """Every row of the sheet with everything wrong in it. Raises UnreadableFileError for the header."""
    where, problems = _header(sheet, columns)
    found = []
    for row in sheet.rows:
        record = _record(sheet, row, where, problems)
        if record is not None:
            found.append(record)
    return found, problems


def parsed(column: Column, text: str) -> str:
    """The value of a cell in its fixed form, "" for an empty one. Raises WrongValueError."""
    if not text:
        if column.required:
            raise WrongValueError(say.REQUIRED)
        return ""
    if len(text) > _LONGEST_CELL:
        raise WrongValueError(say.CELL_TOO_LONG, limit=_LONGEST_CELL)
    if len(text.splitlines()) > 1:
        raise WrongValueError(say.LINE_BREAK)
    if found := flaw(text):
        raise found[1]
    return column.parse(text)


def _header(sheet: Sheet, columns: Sequence[Column]) -> tuple[dict[int, Column], list[Problem]]:
    by_name = {name: column for column in columns for name in column.names}
    where: dict[int, Column] = {}
    problems = list(sheet.problems)
    for index, heading in enumerate(sheet.header.cells):
        column = by_name.get(normal(heading))
        if column is None:
            problems += _unknown(heading, sheet.header.line, columns)
        elif column in where.values():
            first = next(sheet.header.cells[i] for i, each in where.items() if each is column)
            again = say.REPEATED_COLUMN.at(line=sheet.header.line, first=first, second=heading)
            raise UnreadableFileError(again)
        else:
            where[index] = column
    missing = [column.title for column in columns if column.required and column not in where.values()]
    if missing:
        lacking = say.MISSING_COLUMNS.at(line=sheet.header.line, columns="、".join(missing))
        raise UnreadableFileError(lacking, *problems)
    return where, problems


def _unknown(heading: str, line: int, columns: Sequence[Column]) -> Iterator[Problem]:
    if not heading:
        return
    shown = heading[:40]
    choice = [name for column in columns for name in (column.key, *column.headings)]
    meant = get_close_matches(heading, choice, n=1)
    if meant:
        yield say.UNKNOWN_COLUMN_BUT.at(line=line, column=shown, meant=meant[0])
    else:
        yield say.UNKNOWN_COLUMN.at(line=line, column=shown)


def _record(sheet: Sheet, row: Row, where: Mapping[int, Column], problems: list[Problem]) -> Record | None:
    width, found = len(sheet.header.cells), len(row.cells)
    if found < width:
        problems.append(say.ROW_TOO_SHORT.at(line=row.line, found=found, columns=width))
        return None
    if any(row.cells[width:]):
        problems.append(say.ROW_TOO_LONG.at(line=row.line, found=found, columns=width))
        return None
    values: dict[str, str] = {}
    for index, column in where.items():
        text = row.cells[index]
        if text == FAULTY:
            continue
        try:
            values[column.key] = parsed(column, text)
        except WrongValueError as wrong:
            problems.append(wrong.at(row.line, sheet.place(row, index)))
    places = {column.key: sheet.place(row, index) for index, column in where.items()}
    return Record(row.line, values, places)
