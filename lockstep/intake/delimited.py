"""CSV text to a sheet. Comma, semicolon, tab and | are told apart by which makes a header we know."""

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from lockstep.intake import sentences as say
from lockstep.intake.faults import UnreadableFileError
from lockstep.intake.sheet import Row, Sheet, known_names, sheet_of

_DELIMITERS = ",;\t|，"
_SAMPLE = 10  # rows looked at to find the delimiter


def read_delimited(text: str, known: frozenset[str]) -> Sheet:
    """The sheet; `known` are the normal names of columns. Raises UnreadableFileError."""
    delimiter = max(_DELIMITERS, key=lambda each: _fit(text, each, known))
    return sheet_of(_rows(text, delimiter), known, addressed=False)


def _fit(text: str, delimiter: str, known: frozenset[str]) -> int:
    best = 0
    with suppress(UnreadableFileError):  # said when the rows are read; the header above it fits nevertheless
        for row in islice(_rows(text, delimiter), _SAMPLE):
            best = max(best, known_names(row.cells, known))
    return best


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            # strict: an open quote swallows the rest of the file, or text follows a closed one
            raise UnreadableFileError(say.QUOTES.at(line=line)) from None
        if cells is None:
            return
        yield Row(line, tuple(cell.strip() for cell in cells))
