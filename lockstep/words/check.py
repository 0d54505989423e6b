"""What is wrong with a template: logic beyond `if` and `for`, or a fact its message does not have."""

from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes

from lockstep.words.facts import Facts, PayLine

_PLAIN = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const),
    *(nodes.If, nodes.For, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
)
_LOOP = frozenset({"first", "last", "index"})


def problems(source: str, facts: type[Facts]) -> list[str]:
    """Sentences, each with its line; empty when the template is sound."""
    try:
        tree = Environment(autoescape=False).parse(source)  # noqa: S701  # parsed only, and not for HTML
    except TemplateSyntaxError as error:
        return [f"line {error.lineno}: {error.message}"]
    loops = {target.name for loop in tree.find_all(nodes.For) for target in _names(loop.target)}
    known = {*facts.model_fields, *loops, "loop"}
    return [f"line {node.lineno}: {said}" for node in _all(tree) if (said := _problem(node, known))]


def _problem(node: nodes.Node, known: set[str]) -> str:
    match node:
        case nodes.Name(name=name):
            return "" if name in known else f"this message has no fact {name!r}"
        case nodes.Getattr(node=nodes.Name(name="loop"), attr=attr):
            return "" if attr in _LOOP else f"loop has no {attr!r} here"
        case nodes.Getattr(attr=attr):
            return "" if attr in PayLine.model_fields else f"no fact has a part {attr!r}"
        case nodes.Test(name="none"):
            return ""
        case _ if isinstance(node, _PLAIN):
            return ""
    return f"{type(node).__name__.lower()} is not allowed: only facts, if and for"


def _names(target: nodes.Node) -> Iterator[nodes.Name]:
    if isinstance(target, nodes.Name):
        yield target
    yield from target.find_all(nodes.Name)


def _all(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _all(child)
