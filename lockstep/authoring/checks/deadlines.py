"""Deadlines and validity: they lie in the future, on days people work, inside the probation."""

from collections.abc import Iterator
from datetime import timedelta

from lockstep.authoring.checks.base import needed_courses, probation_days
from lockstep.authoring.problems import Problem, Sentence, Severity
from lockstep.core.policy.policy import Policy

LONGEST_DAYS = 3650

DAYS = Sentence(
    "deadline.days",
    "课程 {course} 的期限是 {days} 天；应在 1 到 {most} 天之间",
    "The deadline of course {course} is {days} days; it must be from 1 to {most}",
)
DAY_OFF = Sentence(
    "deadline.on_day_off",
    "课程 {course} 的期限可能落在周末或节假日（working 和 roll 都关了）；请打开其中一个",
    "The deadline of course {course} may fall on a weekend or holiday (working and roll are both off); "
    "switch one of them on",
    Severity.WARNING,
)
NONE = Sentence(
    "deadline.none",
    "课程 {course} 是某个环节的条件，却没有期限；它永远不会逾期，也不会升级提醒",
    "A gate waits for course {course}, and it has no deadline: it is never overdue and never escalated",
    Severity.WARNING,
)
BEYOND_PROBATION = Sentence(
    "deadline.beyond_probation",
    "课程 {course} 的期限是 {days} 天，晚于试用期结束（{probation} 天）",
    "The deadline of course {course} is {days} days, after the end of the probation ({probation} days)",
    Severity.WARNING,
)
VALIDITY = Sentence(
    "validity.months",
    "课程 {course} 的有效期是 {months} 个月；应为 1 到 120",
    "A pass of course {course} is valid for {months} months; it must be from 1 to 120",
)
RECERTIFY = Sentence(
    "validity.recertify",
    "课程 {course} 提前 {before} 天复训，而有效期只有 {days} 天；刚合格就要复训",
    "Course {course} is given again {before} days before its end and valid for {days} days only: it "
    "would never rest",
)


def deadlines_make_sense(policy: Policy) -> Iterator[Problem]:
    """A deadline has days, and they end on a day somebody works."""
    probation = probation_days(policy)
    for course in policy.courses:
        place, deadline = f"courses.{course.id}.deadline", course.deadline
        if deadline is None:
            continue
        if not 0 < deadline.days <= LONGEST_DAYS:
            yield DAYS.at(f"{place}.days", course=course.id, days=deadline.days, most=LONGEST_DAYS)
        if not deadline.working and not deadline.roll:
            yield DAY_OFF.at(place, course=course.id)
        if probation is not None and deadline.days > probation:
            yield BEYOND_PROBATION.at(place, course=course.id, days=deadline.days, probation=probation)


def needed_courses_have_one(policy: Policy) -> Iterator[Problem]:
    """What a gate waits for is due some day."""
    needed = needed_courses(policy)
    for course in policy.courses:
        if course.deadline is None and course.id in needed:
            yield NONE.at(f"courses.{course.id}.deadline", course=course.id)


def validity_makes_sense(policy: Policy) -> Iterator[Problem]:
    """A pass is valid for longer than the time in which it is renewed."""
    for course in policy.courses:
        validity = course.validity
        if validity is None:
            continue
        place, days = f"courses.{course.id}.validity", validity.months * 28
        if not 1 <= validity.months <= 120:
            yield VALIDITY.at(f"{place}.months", course=course.id, months=validity.months)
        elif validity.recertify >= timedelta(days=days):
            before = validity.recertify.days
            yield RECERTIFY.at(f"{place}.recertify", course=course.id, before=before, days=days)
