"""A personnel file as a sheet of texts, whether it came as CSV or Excel."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from openpyxl.utils import get_column_letter

from lockstep.authoring.problems import Problem
from lockstep.intake import sentences as say
from lockstep.intake.faults import UnreadableFileError

MAX_ROWS = 50_000
FAULTY = "\x00"
"""Stands in for a cell that was refused already, so that it is not judged again."""
_TITLES = 10  # rows above the header that may hold a title, as Chinese spreadsheets often do


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it starts on in the file, and its cells without surrounding space."""

    line: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Whether there is nothing in it."""
        return not any(self.cells)


@dataclass(frozen=True)
class Sheet:
    """The header and what is below it. `addressed`: cells have addresses such as D7."""

    header: Row
    rows: tuple[Row, ...]
    addressed: bool = False
    problems: tuple[Problem, ...] = ()

    def place(self, row: Row, column: int) -> str:
        """What a sentence calls a cell: its column, with its address in Excel."""
        name = self.header.cells[column]
        return f"{name} ({get_column_letter(column + 1)}{row.line})" if self.addressed else name


def sheet_of(
    rows: Iterable[Row], known: frozenset[str], *, addressed: bool, problems: Sequence[Problem] = ()
) -> Sheet:
    """Tell the header from the rows below it. Raises UnreadableFileError when either is missing."""
    filled = list(islice((row for row in rows if not row.blank), MAX_ROWS + _TITLES + 1))
    if not filled:
        raise UnreadableFileError(say.EMPTY.at(line=1))
    top = max(filled[:_TITLES], key=lambda row: known_names(row.cells, known))
    below = [row for row in filled if row.line > top.line]
    if not below:
        raise UnreadableFileError(say.ONLY_HEADER.at(line=top.line))
    if len(below) > MAX_ROWS:
        raise UnreadableFileError(say.TOO_MANY_ROWS.at(line=below[MAX_ROWS].line, limit=f"{MAX_ROWS:,}"))
    header = _headings(top)
    if addressed:  # a workbook leaves out the empty cells at a row's end
        below = [_padded(row, len(header.cells)) for row in below]
    return Sheet(header, tuple(below), addressed, tuple(problems))


def known_names(cells: Iterable[str], known: frozenset[str]) -> int:
    """How many cells are names of columns we know."""
    return sum(1 for cell in cells if normal(cell) in known)


def normal(name: str) -> str:
    """A column's name without what people vary: case, spaces, underscores, and what is in brackets."""
    bare = name.replace("（", "(").split("(")[0]
    return "".join(char for char in bare.casefold() if char not in "_-*:：" and not char.isspace())


def _headings(header: Row) -> Row:
    """The headings on one line each, as sentences say them, without the empty ones at the end."""
    cells = ["" if cell == FAULTY else " ".join(cell.split()) for cell in header.cells]
    while cells and not cells[-1]:
        cells.pop()
    return Row(header.line, tuple(cells))


def _padded(row: Row, width: int) -> Row:
    return Row(row.line, row.cells + ("",) * (width - len(row.cells)))
