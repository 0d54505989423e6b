"""Where the boxes go: layers from left to right, few crossings, straight lines where they can be.

The usual layered way (Sugiyama): longest path for the layers, stand-ins where an arrow passes a layer,
barycentres for the order, then a few rounds that pull neighbours level.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean

COLUMN_GAP = 64.0
ROW_GAP = 22.0
_SWEEPS = 12

Size = tuple[float, float]
Point = tuple[float, float]


@dataclass(frozen=True)
class Placed:
    """The middles of the boxes, the points each arrow runs through, and the size of the whole."""

    middles: Mapping[str, Point]
    arrows: Mapping[tuple[str, str], tuple[Point, ...]]
    width: float
    height: float


@dataclass
class _Board:
    """The layers while they are being ordered. Stand-ins have no size."""

    sizes: dict[str, Size]
    layers: list[list[str]]
    before: dict[str, list[str]] = field(default_factory=dict)
    behind: dict[str, list[str]] = field(default_factory=dict)
    y: dict[str, float] = field(default_factory=dict)

    def join(self, begin: str, end: str) -> None:
        self.behind.setdefault(begin, []).append(end)
        self.before.setdefault(end, []).append(begin)


def place(sizes: Mapping[str, Size], arrows: Sequence[tuple[str, str]]) -> Placed:
    """Lay out boxes of these sizes (width, height) whose arrows form no circle."""
    layer = _layer(list(sizes), arrows)
    board = _Board(dict(sizes), [[] for _ in range(max(layer.values(), default=0) + 1)])
    for name in sizes:
        board.layers[layer[name]].append(name)
    ways = {arrow: _way(board, layer, arrow) for arrow in arrows}
    _order(board)
    _level(board)
    return _placed(board, sizes, ways)


def _layer(names: list[str], arrows: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The longest way from a beginning to each box."""
    layer = dict.fromkeys(names, 0)
    for _ in names:
        moved = False
        for begin, end in arrows:
            if layer[end] < layer[begin] + 1:
                layer[end] = layer[begin] + 1
                moved = True
        if not moved:
            return layer
    raise ValueError("the arrows form a circle")


def _way(board: _Board, layer: Mapping[str, int], arrow: tuple[str, str]) -> list[str]:
    """The boxes and stand-ins an arrow runs through."""
    begin, end = arrow
    way = [begin]
    for between in range(layer[begin] + 1, layer[end]):
        stand_in = f"{begin}>{end}@{between}"
        board.sizes[stand_in] = (0.0, 0.0)
        board.layers[between].append(stand_in)
        way.append(stand_in)
    way.append(end)
    for one, other in pairwise(way):
        board.join(one, other)
    return way


def _order(board: _Board) -> None:
    """Sort each layer by where its neighbours stand, to and fro."""
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        neighbours = board.before if forward else board.behind
        layers = board.layers if forward else board.layers[::-1]
        for previous, layer in pairwise(layers):
            position = {name: index for index, name in enumerate(previous)}
            own = {name: index for index, name in enumerate(layer)}
            layer.sort(key=lambda name: fmean([position[n] for n in neighbours.get(name, [])] or [own[name]]))


def _level(board: _Board) -> None:
    """Stack each layer, then pull every box towards the level of its neighbours, keeping the order."""
    for layer in board.layers:
        _settle(board, layer, dict.fromkeys(layer, 0.0))
    for sweep in range(_SWEEPS):
        neighbours = board.before if sweep % 2 == 0 else board.behind
        for layer in board.layers if sweep % 2 == 0 else board.layers[::-1]:
            wanted = {n: fmean([board.y[m] for m in neighbours.get(n, [n])]) for n in layer}
            _settle(board, layer, wanted)


def _settle(board: _Board, layer: list[str], wanted: Mapping[str, float]) -> None:
    """As near to the wanted levels as the gaps between boxes allow."""
    levels: list[float] = []
    for index, name in enumerate(layer):
        least = levels[-1] + _apart(board, layer[index - 1], name) if index else wanted[name]
        levels.append(max(least, wanted[name]))
    drift = fmean([level - wanted[name] for level, name in zip(levels, layer, strict=True)]) if layer else 0.0
    for level, name in zip(levels, layer, strict=True):
        board.y[name] = level - drift


def _apart(board: _Board, above: str, below: str) -> float:
    return (board.sizes[above][1] + board.sizes[below][1]) / 2 + ROW_GAP


def _placed(board: _Board, sizes: Mapping[str, Size], ways: Mapping[tuple[str, str], list[str]]) -> Placed:
    widths = [max(board.sizes[name][0] for name in layer) for layer in board.layers]
    x: dict[str, float] = {}
    left = 0.0
    for layer, width in zip(board.layers, widths, strict=True):
        x |= dict.fromkeys(layer, left + width / 2)
        left += width + COLUMN_GAP
    top = min(board.y[name] - board.sizes[name][1] / 2 for name in sizes)
    middles = {name: (x[name], board.y[name] - top) for name in board.sizes}
    bottom = max(middles[name][1] + sizes[name][1] / 2 for name in sizes)
    column = {name: width for layer, width in zip(board.layers, widths, strict=True) for name in layer}
    arrows = {arrow: tuple(_points(way, middles, board.sizes, column)) for arrow, way in ways.items()}
    return Placed({n: middles[n] for n in sizes}, arrows, left - COLUMN_GAP, bottom)


def _points(
    way: list[str], middles: Mapping[str, Point], sizes: Mapping[str, Size], column: Mapping[str, float]
) -> list[Point]:
    """From the right side of the first box to the left of the last, bending only between the columns."""
    points: list[Point] = []
    for name in way:
        x, y = middles[name]
        half, side = sizes[name][0] / 2, column[name] / 2
        entry = [(x - side, y), (x - half, y)] if half < side else [(x - half, y)]
        leave = [(x + half, y), (x + side, y)] if half < side else [(x + half, y)]
        points += [(x - side, y), (x + side, y)] if half == 0 else [*entry, *leave]
    first, last = way[0], way[-1]
    begin, end = middles[first][0] + sizes[first][0] / 2, middles[last][0] - sizes[last][0] / 2
    return [point for point in points if begin <= point[0] <= end]
