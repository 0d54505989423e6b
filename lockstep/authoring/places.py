"""Names for places in a policy: `courses.culture.exam.pass_mark`, not `courses[0].exam.pass_mark`."""

from collections import Counter
from dataclasses import dataclass

from lockstep.authoring.yaml_text import Node, Path, Tree


@dataclass(frozen=True)
class Places:
    """The named path and the line of every node of a tree."""

    names: dict[Path, str]
    lines: dict[str, int]

    @classmethod
    def of(cls, tree: Tree) -> "Places":
        """All places of a tree. A list item with an `id` is called by it; a repeated id gets `#2`, `#3`."""
        names: dict[Path, str] = {(): ""}
        _name(tree.root, (), names)
        return cls(names, {name: tree.lines[path] for path, name in names.items() if path in tree.lines})

    def name(self, path: Path) -> str:
        """The name of a raw path; parts the tree does not have keep their own words."""
        known = len(path)
        while path[:known] not in self.names:
            known -= 1
        return ".".join(filter(None, (self.names[path[:known]], *map(str, path[known:]))))


def _name(node: Node, path: Path, names: dict[Path, str]) -> None:
    if isinstance(node, dict):
        parts: list[tuple[str | int, str, Node]] = [(key, key, value) for key, value in node.items()]
    elif isinstance(node, list):
        parts = [(i, label, item) for i, (label, item) in enumerate(zip(_labels(node), node, strict=True))]
    else:
        return
    for key, label, child in parts:
        names[(*path, key)] = f"{names[path]}.{label}" if names[path] else label
        _name(child, (*path, key), names)


def _labels(items: list[Node]) -> list[str]:
    seen: Counter[str] = Counter()
    labels = []
    for index, item in enumerate(items):
        own = item.get("id") if isinstance(item, dict) else None
        if not isinstance(own, str) or not own:
            labels.append(str(index))
            continue
        seen[own] += 1
        labels.append(own if seen[own] == 1 else f"{own}#{seen[own]}")
    return labels
