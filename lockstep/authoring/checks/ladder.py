"""The order of learning: no circles, no dead ends, no course nobody waits for."""

from collections.abc import Iterator

from lockstep.authoring.checks.base import needed_courses
from lockstep.authoring.problems import Problem, Sentence, Severity
from lockstep.core.policy.policy import Policy

CYCLE = Sentence(
    "course.cycle",
    "先修关系绕成了圈：{cycle}；请去掉其中一个 after",
    "The prerequisites form a circle: {cycle}; remove one of these after lines",
)
UNREACHABLE = Sentence(
    "course.unreachable",
    "课程 {course} 永远无法开始：它的先修 {blocked} 本身就无法完成",
    "Course {course} can never begin: its prerequisite {blocked} can never be finished",
)
OPTIONAL = Sentence(
    "course.optional",
    "没有任何环节要求课程 {course}，它会被推送和提醒，但不影响流程锁；请加入某个环节或删掉",
    "No stage waits for course {course}: it is assigned and reminded of, but opens no gate; require or "
    "remove it",
    Severity.WARNING,
)
AFTER_ALTERNATIVE = Sentence(
    "course.after_alternative",
    "课程 {course} 要求先修 {option}，而它只是选修组 {choice} 的选项之一；这样它就变成必修了",
    "Course {course} comes after {option}, one of the alternatives of {choice}: that makes it compulsory",
    Severity.WARNING,
)
ANY_OF = Sentence(
    "choice.any_of",
    "选修组 {choice} 要求任选 {any_of} 门，但列出了 {count} 门；any_of 应在 1 到 {count} 之间",
    "Choice {choice} asks for any {any_of} of {count} courses; any_of must be from 1 to {count}",
)
UNUSED_CHOICE = Sentence(
    "choice.unused",
    "没有任何环节要求选修组 {choice}；请写进某个环节的 requires，或删掉",
    "No stage requires the choice {choice}; put it into a stage's requires, or remove it",
    Severity.WARNING,
)


def no_circles(policy: Policy) -> Iterator[Problem]:
    """Each circle once, then what hangs behind it or behind a course nobody knows."""
    stuck = _stuck(policy)
    told: set[str] = set()
    for course in policy.courses:
        if course.id not in stuck or course.id in told:
            continue
        circle = _circle(policy, course.id, stuck)
        if circle is not None and course.id in circle:
            told.update(circle)
            shown = " → ".join((*circle, circle[0]))
            yield CYCLE.at(f"courses.{course.id}.after", cycle=shown)
    for course in policy.courses:
        blocked = next((name for name in course.after if name in stuck), None)
        if course.id in stuck and course.id not in told and blocked is not None:
            yield UNREACHABLE.at(f"courses.{course.id}.after", course=course.id, blocked=blocked)


def _stuck(policy: Policy) -> set[str]:
    """The courses that can never begin: what is left when all that can be finished is taken away."""
    waiting = {course.id: set(course.after) for course in policy.courses}
    free = [name for name, after in waiting.items() if not after]
    followers: dict[str, set[str]] = {}
    for course in policy.courses:
        for name in course.after:
            followers.setdefault(name, set()).add(course.id)
    while free:
        done = free.pop()
        waiting.pop(done, None)
        for follower in waiting.keys() & followers.get(done, set()):
            waiting[follower].discard(done)
            if not waiting[follower]:
                free.append(follower)
    return set(waiting)


def _circle(policy: Policy, start: str, stuck: set[str]) -> list[str] | None:
    """Follow stuck prerequisites from `start` until one comes again; None at a course nobody knows."""
    walk: list[str] = []
    at = start
    while at not in walk:
        walk.append(at)
        before = [name for name in policy.course_by_id[at].after if name in stuck]
        if not before:
            return None
        at = start if start in before else before[0]
    return walk[walk.index(at) :]


def every_course_needed(policy: Policy) -> Iterator[Problem]:
    """A course that opens nothing costs the hire time and messages."""
    needed = needed_courses(policy)
    for course in policy.courses:
        if course.id not in needed:
            yield OPTIONAL.at(f"courses.{course.id}", course=course.id)


def choices_choose(policy: Policy) -> Iterator[Problem]:
    """A choice leaves something to choose, and somebody asks for it."""
    required = {name for stage in policy.stages for name in stage.requires}
    for choice in policy.choices:
        count = len(set(choice.courses))
        if not 1 <= choice.any_of <= count:
            yield ANY_OF.at(
                f"choices.{choice.id}.any_of", choice=choice.id, any_of=choice.any_of, count=count
            )
        if choice.id not in required:
            yield UNUSED_CHOICE.at(f"choices.{choice.id}", choice=choice.id)


def alternatives_stay_open(policy: Policy) -> Iterator[Problem]:
    """A prerequisite that is one of several alternatives is no alternative any more."""
    required = {name for stage in policy.stages for name in stage.requires}
    option_of = {
        name: choice.id
        for choice in policy.choices
        if choice.any_of < len(choice.courses)
        for name in choice.courses
        if name not in required
    }
    for course in policy.courses:
        for option in course.after:
            choice = option_of.get(option)
            if choice is not None and option_of.get(course.id) != choice:
                yield AFTER_ALTERNATIVE.at(
                    f"courses.{course.id}.after", course=course.id, option=option, choice=choice
                )
