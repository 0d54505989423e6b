"""YAML text to a tree of plain words with the line of each.

Nothing is guessed: `80`, `on` and `21:00` stay as HR wrote them, and the model decides what they mean; so no
number is a float and no hour becomes 1260.
"""

from dataclasses import dataclass, field

import yaml

from lockstep.authoring import yaml_sentences as say
from lockstep.authoring.problems import Problem

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_NODES = 20_000
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Node = dict[str, "Node"] | list["Node"] | str | None
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Tree:
    """What the text says; `root` is None when it cannot be read. `lines` knows every node by its raw path."""

    root: Node = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class _Stop(Exception):  # noqa: N818 - the end of reading, not an error
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read(raw: bytes) -> Tree:
    """The tree of a file's bytes, or the sentence why there is none. Never raises."""
    builder, text = _Builder(), ""
    try:
        text = _decode(raw)
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            builder.take(event)
    except _Stop as stop:
        return Tree(problems=(*builder.problems, stop.problem))
    except yaml.YAMLError as broken:
        return Tree(problems=(*builder.problems, say.syntax_problem(broken, text)))
    return Tree(builder.root, builder.lines, tuple(builder.problems))


def _decode(raw: bytes) -> str:
    if len(raw) > MAX_BYTES:
        raise _Stop(say.TOO_BIG.at(limit=MAX_BYTES // 1024))
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _Stop(say.UTF16.at())
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        raise _Stop(_encoding_problem(raw, bad.start)) from None
    for number, line in enumerate(text.split("\n"), 1):
        if any(char < " " and char not in "\t\r" for char in line):
            raise _Stop(say.CONTROL_CHARACTER.at(line=number))
    return text


def _encoding_problem(raw: bytes, start: int) -> Problem:
    line = raw.count(b"\n", 0, start) + 1
    try:
        raw.decode("gb18030")
    except UnicodeDecodeError:
        return say.NOT_TEXT.at(line=line)
    return say.GBK.at(line=line)


@dataclass
class _Frame:
    """A mapping or list being filled. `key` is the mapping key whose value comes next."""

    node: dict[str, Node] | list[Node]
    path: Path
    key: str | None = None
    repeated: bool = False

    @property
    def wants_key(self) -> bool:
        return isinstance(self.node, dict) and self.key is None

    @property
    def next_path(self) -> Path:
        return (*self.path, len(self.node) if isinstance(self.node, list) else self.key or "")


class _Builder:
    """Parser events in, tree out; no recursion, so that depth costs nothing."""

    def __init__(self) -> None:
        self.root: Node = None
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []
        self._stack: list[_Frame] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """Build on by one parser event."""
        line = event.start_mark.line + 1 if event.start_mark else 1
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise _Stop(say.SECOND_DOCUMENT.at(line=line))
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._refuse_tricks(event, line)
                self._open({} if isinstance(event, yaml.MappingStartEvent) else [], line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._put(self._stack.pop().node)
            case yaml.ScalarEvent():
                self._refuse_tricks(event, line)
                plain_null = event.implicit[0] and event.value in _NULLS
                self._scalar(event.value, line, null=plain_null)
            case yaml.AliasEvent():
                raise _Stop(say.ANCHOR.at(line=line))

    def _refuse_tricks(self, event: yaml.NodeEvent, line: int) -> None:
        self._nodes += 1
        tag = getattr(event, "tag", None)
        if self._nodes > MAX_NODES:
            raise _Stop(say.TOO_MANY.at(line=line, limit=MAX_NODES))
        if event.anchor is not None:
            raise _Stop(say.ANCHOR.at(line=line))
        if tag is not None:
            raise _Stop(say.TAG.at(line=line, tag=tag))

    def _open(self, node: dict[str, Node] | list[Node], line: int) -> None:
        top = self._stack[-1] if self._stack else None
        if len(self._stack) >= MAX_DEPTH:
            raise _Stop(say.TOO_DEEP.at(line=line, limit=MAX_DEPTH))
        if top is not None and top.wants_key:
            raise _Stop(say.KEY_NOT_A_WORD.at(line=line))
        path = top.next_path if top else ()
        self.lines.setdefault(path, line)
        self._stack.append(_Frame(node, path))

    def _scalar(self, value: str, line: int, *, null: bool) -> None:
        top = self._stack[-1] if self._stack else None
        if top is not None and top.wants_key:
            self._key(top, value, line)
            return
        self.lines.setdefault(top.next_path if top else (), line)
        self._put(None if null else value)

    def _key(self, top: _Frame, key: str, line: int) -> None:
        top.key, top.repeated = key, key in top.node
        if top.repeated:
            first = self.lines[top.next_path]
            self.problems.append(say.DUPLICATE_KEY.at(line=line, key=key, first=first))
        self.lines.setdefault(top.next_path, line)

    def _put(self, value: Node) -> None:
        if not self._stack:
            self.root = value
            return
        top = self._stack[-1]
        if isinstance(top.node, list):
            top.node.append(value)
            return
        if not top.repeated:
            top.node[top.key or ""] = value
        top.key, top.repeated = None, False
