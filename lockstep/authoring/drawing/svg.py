"""The flow as an SVG of its own: no script, no fonts or pictures from elsewhere."""

import unicodedata
from collections.abc import Iterator
from html import escape
from itertools import pairwise

from lockstep.authoring.drawing.flow import Flow, Node, Shape, flow_of
from lockstep.authoring.drawing.layout import Placed, Point, Size, place
from lockstep.core.base import Lang, Text
from lockstep.core.policy.courses import CourseKind
from lockstep.core.policy.policy import Policy

_MARGIN, _HEAD, _FOOT = 36.0, 92.0, 52.0
_TITLE_SIZE, _LINE_SIZE, _LINE_STEP = 15.0, 12.0, 19.0
_START_SIZE = 72.0
_NARROWEST = {Shape.COURSE: 176.0, Shape.CHOICE: 150.0, Shape.GATE: 176.0, Shape.START: _START_SIZE}
_COLOURS = {
    CourseKind.ONBOARDING: "#0d9488",
    CourseKind.SAFETY: "#dc2626",
    CourseKind.SKILLS: "#2563eb",
    CourseKind.SPECIAL: "#7c3aed",
    CourseKind.INCOMPETENCE: "#b45309",
}
_KINDS = {
    CourseKind.ONBOARDING: Text(zh="入职", en="onboarding"),
    CourseKind.SAFETY: Text(zh="安全", en="safety"),
    CourseKind.SKILLS: Text(zh="技能", en="skills"),
    CourseKind.SPECIAL: Text(zh="专项", en="special"),
    CourseKind.INCOMPETENCE: Text(zh="不胜任培训", en="after incompetence"),
}
_GATE = "#0f172a"
_STYLE = """
text{font-family:"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",sans-serif}
.paper{fill:#f8fafc}.head{font-size:22px;font-weight:700;fill:#0f172a}.sub{font-size:13px;fill:#64748b}
.card{fill:#fff;stroke:#e2e8f0}.title{font-size:15px;font-weight:600;fill:#0f172a}
.line{font-size:12px;fill:#64748b}.gate{fill:#0f172a}.gate-title{font-size:15px;font-weight:600;fill:#fff}
.gate-line{font-size:12px;fill:#cbd5e1}.choice{fill:#fef3c7;stroke:#f59e0b}.choice-title{font-size:15px;font-weight:600;fill:#78350f}
.choice-line{font-size:12px;fill:#92400e}.start{fill:#fff;stroke:#0f172a;stroke-width:2}
.arrow{fill:none;stroke:#94a3b8;stroke-width:1.6}.lock{fill:none;stroke:#fbbf24;stroke-width:1.8}
.lock-body{fill:#fbbf24}
"""


def svg(policy: Policy, lang: Lang) -> str:
    """The whole picture as one SVG document."""
    flow = flow_of(policy)
    sizes = {node.id: _size(node, lang) for node in flow.nodes}
    placed = place(sizes, flow.arrows)
    legend = _legend(flow, lang)
    head = policy.title.to(lang)
    least = max(text_width(head, 22), sum(text_width(word, 12) + 40 for _, word in legend))
    width, height = max(placed.width, least) + 2 * _MARGIN, placed.height + _HEAD + _FOOT + _MARGIN
    parts = [
        _opening(head, width, height),
        f'<text class="head" x="{_MARGIN}" y="46">{escape(head)}</text>',
        f'<text class="sub" x="{_MARGIN}" y="68">{escape(policy.id)} · {escape(policy.version)}</text>',
        f'<g transform="translate({_MARGIN},{_HEAD})">',
        *_arrows(placed),
        *(_box(node, placed.middles[node.id], sizes[node.id], lang) for node in flow.nodes),
        "</g>",
        *_legend_row(legend, height - 26),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _opening(head: str, width: float, height: float) -> str:
    size = f'width="{width:.0f}" height="{height:.0f}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" {size} '
        f'role="img" aria-labelledby="t">\n<title id="t">{escape(head)}</title><style>{_STYLE}</style>\n'
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        'orient="auto"><path d="M0,0.8 7,4 0,7.2z" fill="#94a3b8"/></marker></defs>\n'
        f'<rect class="paper" {size} rx="16"/>'
    )


def text_width(text: str, size: float) -> float:
    """About how wide a text is: Chinese characters are square, Latin ones a little over half."""
    return sum(size if unicodedata.east_asian_width(c) in "WF" else size * 0.54 for c in text)


def _size(node: Node, lang: Lang) -> Size:
    if node.shape is Shape.START:
        return _START_SIZE, _START_SIZE
    title = text_width(node.title.to(lang), _TITLE_SIZE) + (26 if node.shape is Shape.GATE else 0)
    lines = [text_width(line.to(lang), _LINE_SIZE) for line in node.lines]
    width = max(
        _NARROWEST[node.shape], max(title, *lines, 0) + (44 if node.shape is not Shape.CHOICE else 64)
    )
    return width, 42 + _LINE_STEP * len(node.lines)


def _box(node: Node, middle: Point, size: Size, lang: Lang) -> str:
    x, y, (width, height) = middle[0] - size[0] / 2, middle[1] - size[1] / 2, size
    parts = [f'<g transform="translate({x:.1f},{y:.1f})">', *_frame(node, width, height)]
    prefix, indent = _WORDS[node.shape]
    centred = node.shape in (Shape.START, Shape.CHOICE)
    where = f'x="{width / 2:.1f}" text-anchor="middle"' if centred else f'x="{indent}"'
    top = height / 2 + 5.5 if node.shape is Shape.START else 27.0
    parts.append(f'<text class="{prefix}title" {where} y="{top:.1f}">{escape(node.title.to(lang))}</text>')
    for index, line in enumerate(node.lines):
        at = f'x="{22 if node.shape is Shape.GATE else indent}"' if not centred else where
        level = 27 + _LINE_STEP * (index + 1)
        parts.append(f'<text class="{prefix}line" {at} y="{level}">{escape(line.to(lang))}</text>')
    return "".join([*parts, "</g>"])


_WORDS = {
    Shape.START: ("", 0),
    Shape.COURSE: ("", 22),
    Shape.CHOICE: ("choice-", 0),
    Shape.GATE: ("gate-", 46),
}


def _frame(node: Node, width: float, height: float) -> Iterator[str]:
    match node.shape:
        case Shape.START:
            yield f'<circle class="start" cx="{width / 2}" cy="{height / 2}" r="{width / 2 - 1}"/>'
        case Shape.COURSE:
            colour = _COLOURS[node.kind or CourseKind.ONBOARDING]
            edge = f"M10,0 a10,10 0 0 0 -10,10 v{height - 20:.1f} a10,10 0 0 0 10,10z"
            yield f'<rect class="card" width="{width:.1f}" height="{height:.1f}" rx="10"/>'
            yield f'<path d="{edge}" fill="{colour}"/>'
        case Shape.CHOICE:
            corners = ((18, 0), (width - 18, 0), (width, height / 2), (width - 18, height), (18, height))
            points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (*corners, (0, height / 2)))
            yield f'<polygon class="choice" points="{points}"/>'
        case Shape.GATE:
            yield f'<rect class="gate" width="{width:.1f}" height="{height:.1f}" rx="10"/>'
            yield '<path class="lock" d="M26.5,19 v-3 a4.5,4.5 0 0 1 9,0 v3"/>'
            yield '<rect class="lock-body" x="23.5" y="18.5" width="15" height="11" rx="2.5"/>'


def _arrows(placed: Placed) -> Iterator[str]:
    for points in placed.arrows.values():
        x, y = points[0]
        steps = [f"M{x:.1f},{y:.1f}"]
        for (ax, ay), (bx, by) in pairwise(points):
            bend = (bx - ax) / 2
            steps.append(f"C{ax + bend:.1f},{ay:.1f} {bx - bend:.1f},{by:.1f} {bx:.1f},{by:.1f}")
        yield f'<path class="arrow" d="{" ".join(steps)}" marker-end="url(#tip)"/>'


def _legend(flow: Flow, lang: Lang) -> list[tuple[str, str]]:
    """Colours and what they stand for."""
    used = {node.kind for node in flow.nodes}
    entries = [(_COLOURS[kind], _KINDS[kind].to(lang)) for kind in CourseKind if kind in used]
    return [*entries, (_GATE, Text(zh="流程锁", en="gate").to(lang))]


def _legend_row(legend: list[tuple[str, str]], y: float) -> Iterator[str]:
    x = _MARGIN
    for colour, word in legend:
        yield f'<rect x="{x:.1f}" y="{y - 9:.1f}" width="10" height="10" rx="3" fill="{colour}"/>'
        yield f'<text class="line" x="{x + 16:.1f}" y="{y:.1f}">{escape(word)}</text>'
        x += text_width(word, 12) + 40
