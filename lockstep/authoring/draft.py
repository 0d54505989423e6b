"""As much of a faulty policy as can be read, so that one mistyped value does not hide the other faults."""

import copy
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pydantic import ValidationError

from lockstep.authoring.sentences import place_of
from lockstep.authoring.yaml_text import Node, Path
from lockstep.core.policy.policy import Policy

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_ROUNDS = 4
# what stands in for a required value that is missing or unreadable; its own place is not judged further
_STAND_IN: dict[str, Node] = {
    "title": {"zh": "?"},
    "zh": "?",
    "content": "?",
    "bank": "?",
    "pass_mark": "60",
    "version": "?",
}
# items others refer to: leaving one out would make up faults elsewhere
_REFERRED = frozenset({"courses", "stages", "choices", "rules"})


def draft_of(root: Node, errors: Iterable["ErrorDetails"]) -> tuple[Policy | None, tuple[Path, ...]]:
    """The readable part of a policy and the places that were left out; (None, ...) when too much is wrong."""
    rest, broken = copy.deepcopy(root), []
    for _ in range(_ROUNDS):
        wrong = {place_of(d, rest): d["type"] for d in errors if d["type"] != "extra_forbidden"}
        for path, kind in wrong.items():
            place = _mend(rest, path, kind)
            if place is None:
                return None, ()
            broken.append(place)
        try:
            return Policy.model_validate(rest, extra="ignore"), tuple(broken)
        except ValidationError as refused:
            errors = refused.errors(include_url=False)
    return None, ()


def _mend(rest: Node, path: Path, kind: str) -> Path | None:
    """Put a stand-in where a value is unreadable, or leave its section out. None: it cannot be left out."""
    if not path or not isinstance(path[-1], str):
        return None
    parent, key = _node(rest, path[:-1]), path[-1]
    if isinstance(parent, dict):
        stand_in = _stand_in(path, parent.get(key), kind)
        if stand_in is not None:
            parent[key] = stand_in
            return path
    gone = path[:-1] if kind == "missing" else path
    holder = _node(rest, gone[:-1])
    if gone and isinstance(gone[-1], str) and gone[-1] not in _REFERRED and isinstance(holder, dict):
        holder.pop(gone[-1], None)
        return gone
    return None


def _stand_in(path: Path, written: Node, kind: str) -> Node:
    if kind == "tuple_type" and isinstance(written, str):
        return [written]
    if path == ("id",):
        return "unnamed"
    return copy.deepcopy(_STAND_IN.get(str(path[-1])))


def _node(root: Node, path: Path) -> Node:
    node = root
    for part in path:
        if isinstance(node, dict) and isinstance(part, str):
            node = node.get(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            return None
    return node
