"""The flow of a policy as nodes and arrows, without arrows that others imply."""

from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise

from lockstep.authoring.saying.phrases import number, plural, span
from lockstep.core.base import Frozen, Text
from lockstep.core.policy.courses import Choice, Course, CourseKind, ExamKind, Stage
from lockstep.core.policy.policy import Policy


class Shape(StrEnum):
    """What a node is."""

    START = "start"
    COURSE = "course"
    CHOICE = "choice"
    GATE = "gate"


class Node(Frozen):
    """A box: its title, small lines below it, and what colours it."""

    id: str
    shape: Shape
    title: Text
    lines: tuple[Text, ...] = ()
    kind: CourseKind | None = None
    certificate: bool = False


class Flow(Frozen):
    """All nodes, and the arrows between their ids."""

    nodes: tuple[Node, ...]
    arrows: tuple[tuple[str, str], ...]


START = "start"


def flow_of(policy: Policy) -> Flow:
    """The flow of a policy without errors (its prerequisites form no circle)."""
    nodes = (
        Node(id=START, shape=Shape.START, title=Text(zh="入职", en="Hired")),
        *(_course(course) for course in policy.courses),
        *(_choice(choice) for choice in policy.choices),
        *(_gate(stage) for stage in policy.stages),
    )
    return Flow(nodes=nodes, arrows=_reduced(dict.fromkeys(_arrows(policy))))


def _course(course: Course) -> Node:
    return Node(
        id=f"course:{course.id}",
        shape=Shape.COURSE,
        title=course.title,
        lines=tuple(_facts(course)),
        kind=course.kind,
    )


def _facts(course: Course) -> Iterator[Text]:
    if course.deadline is not None:
        unit_zh, unit_en = ("个工作日", "working day") if course.deadline.working else ("天", "day")
        due = Text(
            zh=f"期限 {course.deadline.days} {unit_zh}", en=f"due in {plural(course.deadline.days, unit_en)}"
        )
        hours = Text(zh="", en="")
        if course.hours:
            hours = Text(zh=f" · {number(course.hours)} 学时", en=f" · {plural(course.hours, 'hour')}")
        yield Text(zh=due.zh + hours.zh, en=due.en + hours.en)
    if course.exam is not None:
        what = Text(zh="考试", en="exam")
        if course.exam.kind is ExamKind.SCENARIO:
            what = Text(zh="情景考试", en="scenario")
        mark, tries = number(course.exam.pass_mark), Text(zh="直至合格", en="until passed")
        if course.exam.attempts != "until_passed":
            count = course.exam.attempts
            tries = Text(zh=f"最多 {count} 次", en=plural(count, "attempt"))
        yield Text(zh=f"{what.zh} {mark} 分 · {tries.zh}", en=f"{what.en} {mark} · {tries.en}")
    if course.validity is not None:
        months = course.validity.months
        before = span(course.validity.recertify)
        yield Text(
            zh=f"有效 {months} 个月，提前 {before.zh}复训",
            en=f"valid {plural(months, 'month')}, renewed {before.en} before",
        )


def _choice(choice: Choice) -> Node:
    return Node(
        id=f"choice:{choice.id}",
        shape=Shape.CHOICE,
        title=choice.title,
        lines=(Text(zh=f"任选 {choice.any_of} 门", en=f"any {choice.any_of} of {len(choice.courses)}"),),
    )


def _gate(stage: Stage) -> Node:
    hours = sum(stage.hours.values())
    lines = (
        [Text(zh=f"须满 {number(hours)} 学时", en=f"{number(hours)} hours on the ledger")] if hours else []
    )
    if stage.certificate is not None:
        lines.append(stage.certificate.title)
    return Node(
        id=f"gate:{stage.id}",
        shape=Shape.GATE,
        title=stage.title,
        lines=tuple(lines),
        certificate=stage.certificate is not None,
    )


def _arrows(policy: Policy) -> Iterator[tuple[str, str]]:
    for course in policy.courses:
        for before in course.after or (None,):
            yield (f"course:{before}" if before else START, f"course:{course.id}")
    for choice in policy.choices:
        for option in choice.courses:
            yield f"course:{option}", f"choice:{choice.id}"
    for stage in policy.stages:
        for required in stage.requires:
            prefix = "choice" if required in policy.choice_by_id else "course"
            yield f"{prefix}:{required}", f"gate:{stage.id}"
    for earlier, later in pairwise(policy.stages):
        yield f"gate:{earlier.id}", f"gate:{later.id}"


def _reduced(arrows: dict[tuple[str, str], None]) -> tuple[tuple[str, str], ...]:
    """Without the arrows that a longer way implies."""
    ways: dict[str, list[str]] = {}
    for begin, end in arrows:
        ways.setdefault(begin, []).append(end)
    return tuple((begin, end) for begin, end in arrows if not _detour(ways, begin, end))


def _detour(ways: dict[str, list[str]], begin: str, end: str) -> bool:
    waiting, seen = [step for step in ways[begin] if step != end], set()
    while waiting:
        at = waiting.pop()
        if at == end:
            return True
        if at not in seen:
            seen.add(at)
            waiting += ways.get(at, [])
    return False
