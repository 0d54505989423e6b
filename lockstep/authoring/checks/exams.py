"""Exams: they can be passed, they can be sat, and there is an end to them."""

from collections.abc import Iterator
from datetime import timedelta

from lockstep.authoring.checks.base import exams, probation_days
from lockstep.authoring.problems import Problem, Sentence, Severity
from lockstep.core.policy.policy import Policy

ATTEMPTS = Sentence(
    "exam.attempts",
    "课程 {course} 的考试次数是 {attempts}；应为 1 以上，或 until_passed（直至合格）",
    "Course {course} allows {attempts} attempts; write 1 or more, or until_passed",
)
PASS_MARK = Sentence(
    "exam.pass_mark",
    "课程 {course} 的合格线是 {mark} 分；应大于 0，不超过 100",
    "The pass mark of course {course} is {mark}; it must be above 0 and at most 100",
)
QUESTIONS = Sentence(
    "exam.questions",
    "课程 {course} 每次抽 {count} 题；至少要 1 题",
    "Course {course} draws {count} questions; it must be 1 at least",
)
TIME_LIMIT = Sentence(
    "exam.time_limit",
    "课程 {course} 的考试限时应大于 0",
    "The time limit of course {course}'s exam must be above 0",
)
ENDLESS = Sentence(
    "exam.endless",
    "课程 {course} 可以无限补考，试用期却有尽头，而 probation.options 没有给出任何处理办法；"
    "请写明到期时由人怎样决定",
    "Course {course} may be retaken for ever, the probation ends, and probation.options leaves nothing "
    "to decide; "
    "say what a human may answer then",
)
NO_END = Sentence(
    "exam.no_end",
    "课程 {course} 可以无限补考，又没有试用期期限；一直不合格的人会永远停在这里",
    "Course {course} may be retaken for ever and there is no probation; who never passes stays here for good",
    Severity.WARNING,
)
NOBODY_ASKED = Sentence(
    "exam.nobody_asked",
    "课程 {course} 的考试次数会用完，但没有写 exhausted；请写明由谁、怎样决定",
    "The attempts of course {course} can run out, and exhausted is not given; say who decides and how",
)
WAIT_BEYOND_PROBATION = Sentence(
    "exam.wait_beyond_probation",
    "课程 {course} 把 {attempts} 次考试之间的等待加起来要 {days} 天，比试用期（{probation} 天）还长",
    "The waiting between the {attempts} attempts of course {course} adds up to {days} days, longer than the "
    "probation ({probation} days)",
)
WAIT_BEYOND_DEADLINE = Sentence(
    "exam.wait_beyond_deadline",
    "课程 {course} 补考前要等 {wait}，而期限只有 {days} 天；第一次不合格就一定会逾期",
    "A retake of course {course} waits {wait}, its deadline is {days} days: one failure is always overdue",
    Severity.WARNING,
)


def numbers_make_sense(policy: Policy) -> Iterator[Problem]:
    """Marks, attempts, questions and time."""
    for course, exam in exams(policy):
        place = f"courses.{course.id}.exam"
        if exam.attempts != "until_passed" and exam.attempts < 1:
            yield ATTEMPTS.at(f"{place}.attempts", course=course.id, attempts=exam.attempts)
        if not 0 < exam.pass_mark <= 100:
            yield PASS_MARK.at(f"{place}.pass_mark", course=course.id, mark=exam.pass_mark)
        if exam.questions < 1:
            yield QUESTIONS.at(f"{place}.questions", course=course.id, count=exam.questions)
        if exam.time_limit <= timedelta(0):
            yield TIME_LIMIT.at(f"{place}.time_limit", course=course.id)


def retakes_end(policy: Policy) -> Iterator[Problem]:
    """However often somebody fails, in the end a human decides."""
    for course, exam in exams(policy):
        place = f"courses.{course.id}.exam.attempts"
        if exam.attempts == "until_passed":
            if policy.probation is None:
                yield NO_END.at(place, course=course.id)
            elif not policy.probation.options:
                yield ENDLESS.at(place, course=course.id)
        elif policy.exhausted is None:
            yield NOBODY_ASKED.at(place, course=course.id)


def waiting_fits(policy: Policy) -> Iterator[Problem]:
    """The waits between attempts fit into the probation, and one into the deadline."""
    probation = probation_days(policy)
    for course, exam in exams(policy):
        place = f"courses.{course.id}.exam.wait"
        if exam.attempts != "until_passed" and exam.attempts > 1 and probation is not None:
            days = exam.wait / timedelta(days=1) * (exam.attempts - 1)
            if days > probation:
                yield WAIT_BEYOND_PROBATION.at(
                    place, course=course.id, attempts=exam.attempts, days=round(days), probation=probation
                )
        if course.deadline is not None and exam.wait > timedelta(days=max(0, course.deadline.days)):
            yield WAIT_BEYOND_DEADLINE.at(place, course=course.id, wait=exam.wait, days=course.deadline.days)
