"""What every check is given besides the policy, and the few questions many of them ask of it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lockstep.authoring.content import Content
from lockstep.authoring.problems import Problem
from lockstep.core.policy.courses import Course, Exam, Stage
from lockstep.core.policy.policy import Policy

PROBATION_MONTH_DAYS = 28  # the shortest month: what fits into it fits into every probation


@dataclass(frozen=True)
class Neighbour:
    """Another policy that is checked in the same run, before this one."""

    file: str
    policy: Policy


@dataclass(frozen=True)
class Context:
    """The surroundings of a policy: what it may refer to.

    `missing_templates` names the message templates a policy needs and that are not there.
    """

    content: Content
    certificates: frozenset[str]
    channels: frozenset[str]
    calendars: frozenset[str]
    missing_templates: Callable[[Policy], Iterable[str]]
    neighbours: tuple[Neighbour, ...] = ()


PolicyCheck = Callable[[Policy], Iterable[Problem]]
ContextCheck = Callable[[Policy, Context], Iterable[Problem]]


def exams(policy: Policy) -> Iterator[tuple[Course, Exam]]:
    """The courses that end in an exam."""
    return ((course, course.exam) for course in policy.courses if course.exam is not None)


def stage_courses(policy: Policy, stage: Stage) -> list[Course]:
    """The courses a stage asks for, those of its choices included; names nobody knows are left out."""
    found: list[str] = []
    for required in stage.requires:
        choice = policy.choice_by_id.get(required)
        found += choice.courses if choice else (required,)
    return [policy.course_by_id[course] for course in found if course in policy.course_by_id]


def needed_courses(policy: Policy) -> set[str]:
    """The courses some gate waits for: required by a stage, or a prerequisite of such a course."""
    waiting = [course.id for stage in policy.stages for course in stage_courses(policy, stage)]
    needed: set[str] = set()
    while waiting:
        course = policy.course_by_id.get(waiting.pop())
        if course is not None and course.id not in needed:
            needed.add(course.id)
            waiting += course.after
    return needed


def probation_days(policy: Policy) -> int | None:
    """The least number of days the probation lasts; None without one."""
    return policy.probation.months * PROBATION_MONTH_DAYS if policy.probation else None
