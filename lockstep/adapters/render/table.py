"""The courses of a certificate as a ruled table."""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from lockstep.adapters.render.typeset import Face, Typesetter
from lockstep.adapters.render.wording import Labels
from lockstep.ports import CertificateLine

LABEL = Face(size=7.5, style="sans")

_CELL = Face(size=10.5)
_TALLEST = 23.0  # a row, in points
_INDENT, _NARROW = 26.0, 90.0  # the row number's column; each column of figures
_SIDE_BY_SIDE = 0.72  # titles that must shrink more than this are stacked


class Figures(NamedTuple):
    """A narrow column: its label and its centre."""

    label: str
    centre: float


class TableInks(NamedTuple):
    """The colours of strong rules and labels, fine rules, text, and quiet text."""

    accent: Color
    gold: Color
    ink: Color
    quiet: Color


class CourseTable:
    """Draws rows of courses between two edges."""

    def __init__(
        self, setter: Typesetter, canvas: Canvas, labels: Labels, inks: TableInks, edges: tuple[float, float]
    ) -> None:
        self._set, self._canvas, self._labels, self._inks = setter, canvas, labels, inks
        self._left, self._right = edges

    def draw(
        self,
        lines: Sequence[CertificateLine],
        columns: Sequence[Figures],
        first: int,
        top: float,
        bottom: float,
    ) -> None:
        """The rows, numbered from `first`, between the heights `top` and `bottom`."""
        height = min(_TALLEST, (top - bottom) / (len(lines) + 1))
        y = top - min(16.0, (top - bottom - height * (len(lines) + 1)) / 3)
        self._rule(y, self._inks.accent, 0.9)
        y -= height
        self._labels_row(y + height * 0.36, columns)
        self._rule(y, self._inks.accent, 0.4)
        for number, line in enumerate(lines, first):
            y -= height
            base = y + (height - _CELL.size) / 2 + _CELL.size * 0.14
            self._set.centred(self._left + 11, base, str(number), LABEL, self._inks.quiet)
            self._row(y, height, line, columns)
            self._rule(y, self._inks.gold, 0.3)
        self._rule(y, self._inks.accent, 0.9)

    def columns(self, lines: Sequence[CertificateLine]) -> list[Figures]:
        """The columns of figures: scores and hours only where some course has them."""
        labels = self._labels
        shown = [labels.passed_on]
        shown += [labels.score] * any(line.score is not None for line in lines)
        shown += [labels.hours] * any(line.hours is not None for line in lines)
        start = self._right - _NARROW * (len(shown) - 0.5)
        return [Figures(label, start + _NARROW * i) for i, label in enumerate(shown)]

    def _labels_row(self, y: float, columns: Sequence[Figures]) -> None:
        self._set.left(self._left + _INDENT, y, self._labels.course, LABEL, self._inks.accent)
        for column in columns:
            self._set.centred(column.centre, y, column.label, LABEL, self._inks.accent)

    def _row(self, y: float, height: float, line: CertificateLine, columns: Sequence[Figures]) -> None:
        cell = _CELL.sized(min(_CELL.size, height * 0.66))
        base = y + (height - cell.size) / 2 + cell.size * 0.14
        room = columns[0].centre - _NARROW / 2 - (self._left + _INDENT)
        self._titles(line, cell, room, (y, height, base))
        values = {
            self._labels.passed_on: line.passed_on.isoformat(),
            self._labels.score: _plain(line.score),
            self._labels.hours: _plain(line.hours),
        }
        for column in columns:
            self._set.centred(column.centre, base, values[column.label], cell, self._inks.ink)

    def _titles(self, line: CertificateLine, cell: Face, room: float, at: tuple[float, float, float]) -> None:
        y, height, base = at
        x, zh, en = self._left + _INDENT, line.title_zh, line.title_en
        quiet = cell.sized(cell.size * 0.82)
        shrink = min(1.0, room / (self._set.width(zh, cell) + 8 + self._set.width(en, quiet)))
        if shrink >= _SIDE_BY_SIDE:
            title, english = cell.sized(cell.size * shrink), quiet.sized(quiet.size * shrink)
            self._set.left(x, base, zh, title, self._inks.ink)
            self._set.left(x + self._set.width(zh, title) + 8, base, en, english, self._inks.quiet)
            return
        upper, lower = cell.sized(height * 0.47), quiet.sized(height * 0.37)
        self._set.left(x, y + height * 0.53, zh, self._set.fitted(zh, upper, room), self._inks.ink)
        self._set.left(x, y + height * 0.16, en, self._set.fitted(en, lower, room), self._inks.quiet)

    def _rule(self, y: float, colour: Color, thickness: float) -> None:
        self._canvas.setStrokeColor(colour)
        self._canvas.setLineWidth(thickness)
        self._canvas.line(self._left, y, self._right, y)


def _plain(number: Decimal | None) -> str:
    return "—" if number is None else f"{number.normalize():f}"
