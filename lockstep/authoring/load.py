"""A policy file to a policy: everything wrong with the file at once, or a snapshot to pin to hires."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

import rfc8785
from pydantic import ValidationError

from lockstep.authoring.content import Content
from lockstep.authoring.draft import draft_of
from lockstep.authoring.places import Places
from lockstep.authoring.problems import Problem, Sentence, UnusablePolicyError
from lockstep.authoring.sentences import problems_of
from lockstep.authoring.yaml_text import MAX_BYTES, read
from lockstep.core.calendar import Calendar
from lockstep.core.policy.policy import Policy, Snapshot

UNREADABLE = Sentence("file.unreadable", "打不开文件（{reason}）", "The file cannot be opened ({reason})")
EMPTY = Sentence(
    "file.empty",
    "文件是空的；可以从 policies/README.md 的例子开始",
    "The file is empty; start from the example in policies/README.md",
)
NOT_A_POLICY = Sentence(
    "file.not_policy",
    "文件最外层应当是“字段: 值”，如 id: tech",
    "The file must be made of `key: value` lines, such as id: tech",
)
NO_CONTENT = Sentence(
    "content.missing",
    "课程 {course}：内容文件夹 {folder} 不存在；请在 content/ 下建立它，或改正名称",
    "Course {course}: there is no content folder {folder}; create it under content/ or correct the name",
)


@dataclass(frozen=True)
class Loaded:
    """What a file gave. `policy` is None when it has errors.

    `draft` is then what could be read of it all the same, so that its other faults are found too;
    `broken` are the paths the draft lacks or made up.
    """

    file: str
    policy: Policy | None = None
    draft: Policy | None = None
    lines: dict[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    broken: tuple[str, ...] = ()

    @property
    def readable(self) -> Policy | None:
        """The policy, or as much of it as could be read."""
        return self.policy or self.draft


def load(path: Path) -> Loaded:
    """Read one policy file. Never raises for what is in it."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as failed:
        reason = failed.strerror or type(failed).__name__
        return Loaded(str(path), problems=(UNREADABLE.at(reason=reason).placed({}, str(path)),))
    return load_bytes(raw, str(path))


def load_bytes(raw: bytes, file: str) -> Loaded:
    """Read a policy from the bytes of the file called `file`."""
    tree = read(raw)
    places = Places.of(tree)
    found = [problem.placed(places.lines, file) for problem in tree.problems]
    if tree.root is None or not isinstance(tree.root, dict):
        if not found:
            found = [(EMPTY if tree.root is None else NOT_A_POLICY).at().placed({}, file)]
        return Loaded(file, problems=tuple(found))
    try:
        policy = Policy.model_validate(tree.root, extra="forbid")
    except ValidationError as refused:
        errors = refused.errors(include_url=False)
        found.extend(p.placed(places.lines, file) for p in problems_of(errors, tree.root, places, Policy))
        draft, broken = draft_of(tree.root, errors)
        return Loaded(file, None, draft, places.lines, tuple(found), tuple(map(places.name, broken)))
    if found:
        return Loaded(file, None, policy, places.lines, tuple(found))
    return Loaded(file, policy, lines=places.lines)


def snapshot(policy_file: Path, content_dir: Path, calendar: Calendar) -> Snapshot:
    """The policy of a file as it is pinned to a hire. Raises UnusablePolicyError with all its problems.

    Only the file itself is judged here, and that its content is there; `lint` says whether it is lawful.
    """
    loaded = load(policy_file)
    if loaded.policy is None:
        raise UnusablePolicyError(loaded.problems)
    return pin(loaded.policy, loaded, Content(content_dir), calendar)


def pin(policy: Policy, loaded: Loaded, content: Content, calendar: Calendar) -> Snapshot:
    """The snapshot of a policy read without errors. Raises UnusablePolicyError when content is missing."""
    hashes, missing = {}, []
    for course in policy.courses:
        if content.folder(course.content) is None:
            gap = NO_CONTENT.at(f"courses.{course.id}.content", course=course.id, folder=course.content)
            missing.append(gap.placed(loaded.lines, loaded.file))
        else:
            hashes[course.content] = content.digest(course.content)
    if missing:
        raise UnusablePolicyError(tuple(missing))
    return Snapshot(
        policy=policy,
        hash=policy_hash(policy, hashes),
        content=hashes,
        file=loaded.file,
        lines=loaded.lines,
        calendar=calendar,
    )


def policy_hash(policy: Policy, content: dict[str, str]) -> str:
    """SHA-256 (hex) of the canonical JSON (RFC 8785) of a policy and its content's hashes."""
    return hashlib.sha256(
        rfc8785.dumps({"policy": policy.model_dump(mode="json"), "content": content})
    ).hexdigest()
