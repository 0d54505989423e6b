"""Statutory safety training: enough hours, at three levels, and again after a transfer or a long absence."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from lockstep.authoring.checks.base import needed_courses
from lockstep.authoring.problems import Problem, Sentence, Severity
from lockstep.core.policy.courses import Course, CourseKind
from lockstep.core.policy.policy import Policy, Risk

LONGEST_ABSENCE = timedelta(days=365)

TOO_FEW = Sentence(
    "training.hours",
    "必修的安全课程合计 {given} 学时，低于法定 {least} 学时（生产经营单位安全培训规定第13条）",
    "The required safety courses give {given} hours, under the statutory {least} (Provisions on Safety "
    "Training art. 13)",
)
GATE_ASKS_LESS = Sentence(
    "training.gate_hours",
    "环节里要求的学时合计 {asked}，低于法定 {least}；请在上岗环节写明 hours",
    "The stages ask for {asked} hours in all, under the statutory {least}; give hours on the stage "
    "before duty",
)
LEVELS = Sentence(
    "training.levels",
    "安全课程只有 {count} 级；法规要求厂、车间、班组三级（第12条）",
    "The safety courses have {count} levels; the law asks for three: company, workshop, team (art. 12)",
    Severity.WARNING,
)
NO_REDO = Sentence(
    "training.redo_on_transfer",
    "没有一门安全课程在转岗后重学；转岗须重新接受车间和班组级培训（第17条）",
    "No safety course is repeated on transfer; workshop and team training must be (art. 17)",
    Severity.WARNING,
)
NO_RETURN = Sentence(
    "training.redo_after_absence",
    "没有一门安全课程在离岗一年以上后重学；离岗一年须重新接受车间和班组级培训（第17条）",
    "No safety course is repeated after a year away; workshop and team training must be (art. 17)",
    Severity.WARNING,
)
NO_RISK = Sentence(
    "training.no_risk",
    "课程 {course} 是安全培训，但 risk 是 none，法定学时不会检查；请写 general 或 high_risk",
    "Course {course} is safety training and risk is none, so statutory hours are not checked; write "
    "general or high_risk",
    Severity.WARNING,
)


def statutory_hours(policy: Policy) -> Iterator[Problem]:
    """24 hours before duty, 72 in high-risk trades: given by the courses and asked for at a gate."""
    least = policy.risk.hours
    if policy.risk is Risk.NONE:
        for course in _safety(policy):
            yield NO_RISK.at(f"courses.{course.id}.kind", course=course.id)
        return
    needed = needed_courses(policy)
    given = sum((c.hours for c in _safety(policy) if c.id in needed), Decimal(0))
    asked = sum((sum(stage.hours.values(), Decimal(0)) for stage in policy.stages), Decimal(0))
    if given < least:
        yield TOO_FEW.at("risk", given=given, least=least)
    if asked < least:
        yield GATE_ASKS_LESS.at("stages", asked=asked, least=least)


def three_levels(policy: Policy) -> Iterator[Problem]:
    """Company, workshop, team; the lower two again after a transfer or a year away."""
    if policy.risk is Risk.NONE:
        return
    safety = _safety(policy)
    count = len({course.level for course in safety if course.level is not None})
    if count < 3:
        yield LEVELS.at("courses", count=count)
    if not any(course.redo_on_transfer for course in safety):
        yield NO_REDO.at("courses")
    absences = [course.redo_after_absence for course in safety]
    if not any(span is not None and span <= LONGEST_ABSENCE for span in absences):
        yield NO_RETURN.at("courses")


def _safety(policy: Policy) -> list[Course]:
    return [course for course in policy.courses if course.kind is CourseKind.SAFETY]
