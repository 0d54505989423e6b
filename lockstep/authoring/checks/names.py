"""Names: each is given once, and whatever is named elsewhere exists."""

from collections.abc import Iterable, Iterator

from lockstep.authoring.problems import Problem, Sentence
from lockstep.core.policy.policy import Policy

REPEATED = Sentence(
    "id.repeated",
    "编号 {id} 用了两次；课程、选修组、环节、工资规则的编号各自不能重复",
    "The id {id} is used twice; give each course, choice, stage and pay rule its own",
)
UNKNOWN_PREREQUISITE = Sentence(
    "course.unknown_prerequisite",
    "课程 {course} 的先修课程 {missing} 不存在；请改正，或在 courses 中加上它",
    "Course {course} comes after {missing}, which is no course; correct it or add it to courses",
)
AFTER_CHOICE = Sentence(
    "course.after_choice",
    "课程 {course} 的 after 只能写课程，{missing} 是选修组；请写出具体课程",
    "Course {course}: after takes courses, and {missing} is a choice; name the courses",
)
UNKNOWN_REQUIREMENT = Sentence(
    "stage.unknown_requirement",
    "环节 {stage} 要求的 {missing} 既不是课程也不是选修组，流程锁永远打不开",
    "Stage {stage} requires {missing}, which is no course or choice; its gate could never open",
)
UNKNOWN_OPTION = Sentence(
    "choice.unknown_course",
    "选修组 {choice} 里的 {missing} 不是课程；请改正",
    "Choice {choice} offers {missing}, which is no course; correct it",
)
UNKNOWN_PAY_STAGE = Sentence(
    "pay.unknown_stage",
    "工资规则 {rule} 引用的环节 {missing} 不存在；可用的有：{known}",
    "Pay rule {rule} names the stage {missing}, which does not exist; there are: {known}",
)
UNKNOWN_ATTENDANCE_STAGE = Sentence(
    "attendance.unknown_stage",
    "考勤的 qualified_stage 引用的环节 {missing} 不存在；可用的有：{known}",
    "attendance.qualified_stage names the stage {missing}, which does not exist; there are: {known}",
)


def repeated_ids(policy: Policy) -> Iterator[Problem]:
    """An id names one thing; courses and choices share one list of names, since stages require both."""
    items = [course.id for course in policy.courses]
    yield from _repeated(items, "courses")
    yield from _repeated([choice.id for choice in policy.choices], "choices")
    yield from _repeated([stage.id for stage in policy.stages], "stages")
    yield from _repeated([rule.id for rule in policy.pay.rules] if policy.pay else (), "pay.rules")
    for choice in policy.choices:
        if choice.id in items:
            yield REPEATED.at(f"choices.{choice.id}", id=choice.id)


def _repeated(ids: Iterable[str], section: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for name in ids:
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            yield REPEATED.at(f"{section}.{name}#{seen[name]}", id=name)


def prerequisites_exist(policy: Policy) -> Iterator[Problem]:
    """`after` names courses."""
    for course in policy.courses:
        for name in course.after:
            if name not in policy.course_by_id:
                sentence = AFTER_CHOICE if name in policy.choice_by_id else UNKNOWN_PREREQUISITE
                yield sentence.at(f"courses.{course.id}.after", course=course.id, missing=name)


def requirements_exist(policy: Policy) -> Iterator[Problem]:
    """`requires` names courses and choices, a choice names courses."""
    for stage in policy.stages:
        for name in stage.requires:
            if name not in policy.course_by_id and name not in policy.choice_by_id:
                yield UNKNOWN_REQUIREMENT.at(f"stages.{stage.id}.requires", stage=stage.id, missing=name)
    for choice in policy.choices:
        for name in choice.courses:
            if name not in policy.course_by_id:
                yield UNKNOWN_OPTION.at(f"choices.{choice.id}.courses", choice=choice.id, missing=name)


def named_stages_exist(policy: Policy) -> Iterator[Problem]:
    """Pay and attendance hang on stages that exist."""
    stages = [stage.id for stage in policy.stages]
    known = ", ".join(stages)
    for rule in policy.pay.rules if policy.pay else ():
        if rule.stage not in stages:
            yield UNKNOWN_PAY_STAGE.at(
                f"pay.rules.{rule.id}.stage", rule=rule.id, missing=rule.stage, known=known
            )
    qualified = policy.attendance.qualified_stage
    if qualified is not None and qualified not in stages:
        yield UNKNOWN_ATTENDANCE_STAGE.at("attendance.qualified_stage", missing=qualified, known=known)
