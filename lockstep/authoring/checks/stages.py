"""Stages: every gate can open, and none stands open from the start."""

from collections.abc import Iterator
from decimal import Decimal

from lockstep.authoring.problems import Problem, Sentence, Severity
from lockstep.core.policy.policy import Policy

NO_STAGES = Sentence(
    "stage.none",
    "制度里没有任何环节，流程锁什么也锁不住；请至少写一个环节",
    "The policy has no stage, so the process lock holds nothing; write one at least",
)
NO_COURSES = Sentence(
    "course.none",
    "制度里没有任何课程；请至少写一门",
    "The policy has no course; write one at least",
)
NO_REQUIREMENT = Sentence(
    "stage.no_requirement",
    "没有任何课程通向环节 {stage}：它不要求课程也不要求学时，新员工一来就开着",
    "Nothing leads to the gate of stage {stage}: it requires no course and no hours, so it is open from "
    "the start",
)
NOTHING_OPENS = Sentence(
    "stage.nothing_opens",
    "环节 {stage} 要求 {level} 级学时 {hours}，但没有课程属于这一级；流程锁永远打不开",
    "Stage {stage} asks for {hours} hours of level {level}, which no course gives; its gate could never open",
)
HOURS_PROMISED = Sentence(
    "stage.hours_promised",
    "环节 {stage} 要求 {level} 级 {hours} 学时，课程合计只有 {given}；流程锁永远打不开",
    "Stage {stage} asks for {hours} hours of level {level}, the courses give {given}; its gate could "
    "never open",
)
HOURS_WITHOUT_LEVEL = Sentence(
    "course.hours_without_level",
    "课程 {course} 写了 {hours} 学时但没有 level，不会计入任何一级的学时",
    "Course {course} gives {hours} hours but names no level, so no level counts them",
    Severity.WARNING,
)
NEGATIVE_HOURS = Sentence(
    "course.hours", "课程 {course} 的学时不能小于 0", "The hours of course {course} cannot be below 0"
)
MINUTES = Sentence(
    "course.minutes",
    "课程 {course} 的时长应大于 0 分钟",
    "Course {course} must take more than 0 minutes",
)


def something_to_do(policy: Policy) -> Iterator[Problem]:
    """A policy has stages and courses."""
    if not policy.stages:
        yield NO_STAGES.at("stages")
    if not policy.courses:
        yield NO_COURSES.at("courses")


def gates_are_guarded(policy: Policy) -> Iterator[Problem]:
    """A gate nothing leads to is no gate."""
    for stage in policy.stages:
        if not stage.requires and not any(stage.hours.values()):
            yield NO_REQUIREMENT.at(f"stages.{stage.id}.requires", stage=stage.id)


def hours_can_be_reached(policy: Policy) -> Iterator[Problem]:
    """The hours a gate asks for are given by courses of that level."""
    for stage in policy.stages:
        for level, hours in stage.hours.items():
            given = sum((c.hours for c in policy.courses if c.level == level), Decimal(0))
            known = any(course.level == level for course in policy.courses)
            if hours > given:
                sentence = HOURS_PROMISED if known else NOTHING_OPENS
                place = f"stages.{stage.id}.hours.{level}"
                yield sentence.at(place, stage=stage.id, level=level, hours=hours, given=given)


def lengths_make_sense(policy: Policy) -> Iterator[Problem]:
    """Times are positive, and hours count for a level."""
    for course in policy.courses:
        if course.minutes <= 0:
            yield MINUTES.at(f"courses.{course.id}.minutes", course=course.id)
        if course.hours < 0:
            yield NEGATIVE_HOURS.at(f"courses.{course.id}.hours", course=course.id)
        if course.hours > 0 and course.level is None:
            place = f"courses.{course.id}.hours"
            yield HOURS_WITHOUT_LEVEL.at(place, course=course.id, hours=course.hours)
