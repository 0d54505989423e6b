"""What adorns a certificate: a woven border, meander corners, a faint rosette. Vector, no pictures.

The patterns repeat, so each repeating piece is drawn once, as a form, and placed many times.
"""

from collections.abc import Callable
from math import cos, pi, sin
from typing import NamedTuple

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

Point = tuple[float, float]

_BAND = 16.0  # width of the woven border, in points
_WAVE_LENGTH, _WAVE_HEIGHT = 26.0, 5.4
_MEANDER = ((2, 2), (2, 14), (14, 14), (14, 2), (5, 2), (5, 11), (11, 11), (11, 5), (8, 5), (8, 8))
_RINGS = ((205.0, 16), (123.0, 12))  # radius and petals of the rosette's rings
_STRANDS = 6


class Inks(NamedTuple):
    """The colours of the lines, the weave, the rosette and the paper."""

    accent: Color
    gold: Color
    faint: Color
    paper: Color


def sheet(canvas: Canvas, size: Point, margin: float, inks: Inks) -> str:
    """Define paper, border (`margin` points from the edge) and rosette; returns the form's name."""
    width, height = size[0] - 2 * margin, size[1] - 2 * margin
    _wave_form(canvas, inks.gold)
    for ring in range(len(_RINGS)):
        _petal_form(canvas, ring, inks.faint)
    canvas.beginForm("sheet", upperx=size[0], uppery=size[1])
    canvas.translate(margin, margin)
    canvas.setFillColor(inks.paper)
    canvas.rect(0, 0, width, height, stroke=0, fill=1)
    _weave(canvas, width, height)
    _lines(canvas, width, height, inks)
    for x, turn_x in ((0.0, 1), (width - _BAND, -1)):
        for y, turn_y in ((0.0, 1), (height - _BAND, -1)):
            _corner(canvas, (x, y), (turn_x, turn_y), inks)
    canvas.translate(width / 2, height / 2)
    for ring, (_, petals) in enumerate(_RINGS):
        for _ in range(petals):
            canvas.rotate(360 / petals)
            canvas.doForm(f"petal{ring}")
    canvas.endForm()
    return "sheet"


def divider(canvas: Canvas, centre: Point, half: float, colour: Color) -> None:
    """A thin rule with a diamond at its middle."""
    x, y = centre
    canvas.setStrokeColor(colour)
    canvas.setFillColor(colour)
    canvas.setLineWidth(0.5)
    canvas.line(x - half, y, x - 9, y)
    canvas.line(x + 9, y, x + half, y)
    for at, r in ((x, 3.2), (x - 9, 1.4), (x + 9, 1.4)):
        diamond = canvas.beginPath()
        diamond.moveTo(at - r, y)
        for dx, dy in ((0, r), (r, 0), (0, -r)):
            diamond.lineTo(at + dx, y + dy)
        diamond.close()
        canvas.drawPath(diamond, stroke=0, fill=1)


def _wave_form(canvas: Canvas, gold: Color) -> None:
    canvas.beginForm("wave", 0, -_BAND / 2, _WAVE_LENGTH, _BAND / 2)
    canvas.setStrokeColor(gold)
    canvas.setLineWidth(0.4)
    for strand in range(3):

        def wave(t: float, shift: float = strand * 2 * pi / 3) -> Point:
            return t, _WAVE_HEIGHT * sin(shift + t / _WAVE_LENGTH * 2 * pi)

        _curve(canvas, wave, _WAVE_LENGTH, 4)
    canvas.endForm()


def _petal_form(canvas: Canvas, ring: int, faint: Color) -> None:
    radius, petals = _RINGS[ring]
    canvas.beginForm(f"petal{ring}", -radius, -radius, radius, radius)
    canvas.setStrokeColor(faint)
    canvas.setLineWidth(0.4)
    for strand in range(_STRANDS):

        def lobe(angle: float, shift: float = strand * 2 * pi / _STRANDS) -> Point:
            r = radius * (0.79 + 0.21 * cos(petals * angle + shift))
            return r * cos(angle), r * sin(angle)

        _curve(canvas, lobe, 2 * pi / petals, 6)
    canvas.endForm()


def _weave(canvas: Canvas, width: float, height: float) -> None:
    for turn, along, across in ((0, width, height), (90, height, width)):
        periods = round(along / _WAVE_LENGTH)
        for aside in (_BAND / 2, across - _BAND / 2):
            canvas.saveState()
            canvas.rotate(turn)
            canvas.translate(0, -aside if turn else aside)
            canvas.scale(along / periods / _WAVE_LENGTH, 1)
            for _ in range(periods):
                canvas.doForm("wave")
                canvas.translate(_WAVE_LENGTH, 0)
            canvas.restoreState()


def _lines(canvas: Canvas, width: float, height: float, inks: Inks) -> None:
    for inset, thickness, ink in (
        (0.0, 1.6, inks.accent),
        (_BAND, 0.8, inks.accent),
        (_BAND + 3.5, 0.4, inks.gold),
    ):
        canvas.setStrokeColor(ink)
        canvas.setLineWidth(thickness)
        canvas.rect(inset, inset, width - 2 * inset, height - 2 * inset)


def _corner(canvas: Canvas, origin: Point, turn: tuple[int, int], inks: Inks) -> None:
    canvas.saveState()
    canvas.translate(*origin)
    canvas.setFillColor(inks.paper)
    canvas.setStrokeColor(inks.accent)
    canvas.setLineWidth(0.8)
    canvas.rect(0, 0, _BAND, _BAND, stroke=1, fill=1)
    canvas.translate(_BAND / 2, _BAND / 2)
    canvas.scale(*turn)
    canvas.translate(-_BAND / 2, -_BAND / 2)
    path = canvas.beginPath()
    path.moveTo(*_MEANDER[0])
    for point in _MEANDER[1:]:
        path.lineTo(*point)
    canvas.setLineWidth(1.1)
    canvas.drawPath(path)
    canvas.restoreState()


def _curve(canvas: Canvas, point: Callable[[float], Point], end: float, steps: int) -> None:
    """Draw point(0)..point(end) as `steps` cubic curves that share their tangents."""

    def handle(t: float, sign: int) -> Point:
        (x, y), (dx, dy), reach = point(t), _slope(point, t, end), sign * end / steps / 3
        return _short((x + dx * reach, y + dy * reach))

    path = canvas.beginPath()
    path.moveTo(*_short(point(0)))
    for i in range(steps):
        t, u = end * i / steps, end * (i + 1) / steps
        path.curveTo(*handle(t, 1), *handle(u, -1), *_short(point(u)))
    canvas.drawPath(path)


def _slope(point: Callable[[float], Point], t: float, end: float) -> Point:
    step = end * 1e-6
    (x0, y0), (x1, y1) = point(t - step), point(t + step)
    return (x1 - x0) / (2 * step), (y1 - y0) / (2 * step)


def _short(point: Point) -> Point:
    return round(point[0], 2), round(point[1], 2)
