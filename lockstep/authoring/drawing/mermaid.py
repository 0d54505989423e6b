"""The flow as Mermaid text, for wikis and Markdown pages."""

from lockstep.authoring.drawing.flow import Node, Shape, flow_of
from lockstep.core.base import Lang
from lockstep.core.policy.policy import Policy

_FRAMES = {
    Shape.START: ('(["', '"])'),
    Shape.COURSE: ('["', '"]'),
    Shape.CHOICE: ('{{"', '"}}'),
    Shape.GATE: ('[/"', '"\\]'),
}
_ENTITIES = str.maketrans({"#": "#35;", '"': "#quot;", "<": "#lt;", ">": "#gt;"})


def mermaid(policy: Policy, lang: Lang) -> str:
    """A flowchart from left to right."""
    flow = flow_of(policy)
    names = {node.id: f"n{index}" for index, node in enumerate(flow.nodes)}
    lines = ["flowchart LR"]
    lines += [f"    {names[node.id]}{_framed(node, lang)}" for node in flow.nodes]
    lines += [f"    {names[begin]} --> {names[end]}" for begin, end in flow.arrows]
    gates = [names[node.id] for node in flow.nodes if node.shape is Shape.GATE]
    if gates:
        lines += [
            "    classDef gate fill:#1f2937,color:#ffffff,stroke:#1f2937",
            f"    class {','.join(gates)} gate",
        ]
    return "\n".join(lines) + "\n"


def _framed(node: Node, lang: Lang) -> str:
    before, after = _FRAMES[node.shape]
    words = [node.title.to(lang), *(line.to(lang) for line in node.lines)]
    return before + "<br/>".join(map(_escaped, words)) + after


def _escaped(text: str) -> str:
    """Mermaid reads entity codes, which begin with #; a bare quote would end the label."""
    return " ".join(text.translate(_ENTITIES).split())
