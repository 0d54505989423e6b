"""What the policy does not allow. One rule for both uses: an update's validator and the folding of facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lockstep.core.facts import (
    AppealDecided,
    Appealed,
    AttemptGranted,
    CourseCompleted,
    Decided,
    Decider,
    ExamGraded,
    ExamOpened,
    Known,
    LeaveEnded,
    LeaveStarted,
    Left,
    Waived,
)
from lockstep.core.policy.pay import ADVERSE
from lockstep.core.policy.people import AppealRule, DecisionRule, Outcome
from lockstep.core.rules.questions import is_moot
from lockstep.core.state import State, Status, Track


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why not: a key of `words.PROBLEMS` and what to put into its sentence."""

    problem: str
    args: Mapping[str, str]


def _no(problem: str, **args: object) -> Refusal:
    return Refusal(problem, {name: str(value) for name, value in args.items()})


def refusal(state: State, fact: Known) -> Refusal | None:
    """Why `fact` does not count in `state`; None when it does."""
    if state.closed:
        return _no("journey_closed", reason=state.closed)
    match fact:
        case CourseCompleted() | ExamOpened() | ExamGraded() | Waived() | AttemptGranted():
            return _about_course(state, fact)
        case Appealed():
            return _appeal(state, fact)
        case AppealDecided():
            return _verdict(state, fact)
        case Decided():
            return _answer(state, fact)
        case LeaveStarted() if fact.leave in state.leaves:
            return _no("leave_known", leave=fact.leave)
        case LeaveEnded() if fact.leave not in state.leaves:
            return _no("leave_unknown", leave=fact.leave)
        case Left() if state.left is not None:
            return _no("already_left")
        case _:
            return None


def _about_course(
    state: State, fact: CourseCompleted | ExamOpened | ExamGraded | Waived | AttemptGranted
) -> Refusal | None:
    if state.snapshot is None:
        return _no("no_plan")
    track = state.tracks.get(fact.course)
    if track is None:
        return _no("unknown_course", course=fact.course)
    match fact:
        case Waived():
            return _waiver(state, track, fact)
        case AttemptGranted():
            return _extra_attempt(state, track, fact)
        case _:
            return _learning(state, track, fact)


def _learning(state: State, track: Track, fact: CourseCompleted | ExamOpened | ExamGraded) -> Refusal | None:
    course = track.course.id
    if state.left is not None:
        return _no("already_left")
    if track.is_done:
        return _no("already_earned", course=course)
    if track.status is Status.LOCKED:
        missing = [c for c in track.course.after if state.tracks[c].earned_at is None]
        return _no("prerequisite_open", course=course, missing=", ".join(missing))
    match fact:
        case CourseCompleted():
            return _completion(track, fact)
        case ExamOpened():
            return _sitting(track) or _identity(state, fact)
        case _:
            return _grade(track, fact)


def _completion(track: Track, fact: CourseCompleted) -> Refusal | None:
    if fact.content_hash and track.content_hash and fact.content_hash != track.content_hash:
        return _no("other_content", course=fact.course)
    return None


def _sitting(track: Track) -> Refusal | None:
    course = track.course.id
    if track.course.exam is None:
        return _no("no_exam", course=course)
    if track.status is Status.EXHAUSTED:
        return _no("no_attempts_left", course=course, attempts=len(track.attempts))
    if track.status is Status.LEARNING:
        if track.sections:
            return _no("relearn_sections", course=course, sections=", ".join(track.sections))
        return _no("relearn_first" if track.attempts else "course_before_exam", course=course)
    if track.status is Status.SITTING:
        return _no("exam_open_already", course=course, attempt=len(track.attempts))
    return None


def _identity(state: State, fact: ExamOpened) -> Refusal | None:
    rule = state.policy.identity.exam
    if rule is not None and fact.assurance.rank < rule.level.rank:
        return _no("identity_too_weak", course=fact.course, level=rule.level, given=fact.assurance)
    track = state.tracks[fact.course]
    if track.exam_from is not None and fact.at < track.exam_from:
        return _no("wait_first", course=fact.course, until=track.exam_from.isoformat())
    return None


def _grade(track: Track, fact: ExamGraded) -> Refusal | None:
    if fact.attempt is None:
        return _sitting(track)
    if track.status is not Status.SITTING or track.attempts[-1].number != fact.attempt:
        return _no("no_such_sitting", course=fact.course, attempt=fact.attempt)
    return None


def _may(rule: DecisionRule | AppealRule | None, by: Decider, what: str) -> Refusal | None:
    if rule is None:
        return _no("not_in_policy", what=what)
    if by.role not in rule.by:
        return _no("wrong_role", what=what, role=by.role, roles=", ".join(rule.by))
    return None


def _signed(state: State, matter: str, by: Decider) -> Refusal | None:
    if any(signer.id == by.id for signer in state.signatures.get(matter, ())):
        return _no("signed_already", by=by.id)
    return None


def _waiver(state: State, track: Track, fact: Waived) -> Refusal | None:
    if refused := _may(state.policy.decisions.waiver, fact.by, "waiver"):
        return refused
    if track.is_done:
        return _no("already_earned", course=fact.course)
    return _signed(state, f"waive/{fact.course}", fact.by)


def _extra_attempt(state: State, track: Track, fact: AttemptGranted) -> Refusal | None:
    if refused := _may(state.policy.decisions.extra_attempt, fact.by, "extra_attempt"):
        return refused
    if track.attempts_allowed is None or track.is_done:
        return _no("attempts_not_limited", course=fact.course)
    return _signed(state, f"grant/{fact.course}", fact.by)


def _appeal(state: State, fact: Appealed) -> Refusal | None:
    if state.snapshot is None:
        return _no("no_plan")
    rule = state.policy.decisions.appeal
    if rule is None:
        return _no("not_in_policy", what="appeal")
    track = state.course(fact.course)
    if track is None:
        return _no("unknown_course", course=fact.course)
    if fact.appeal in state.appeals:
        return _no("appeal_known", appeal=fact.appeal)
    if any(a.upheld is None and a.opened.course == fact.course for a in state.appeals.values()):
        return _no("appeal_open", course=fact.course)
    graded = [a.graded_at for a in track.attempts if a.graded_at is not None]
    ground = max((*graded, *_adverse_pay(state, fact.course)), default=None)
    if ground is None:
        return _no("nothing_to_appeal", course=fact.course)
    if fact.at > ground + rule.within:
        return _no("appeal_late", course=fact.course, until=(ground + rule.within).isoformat())
    return None


def _adverse_pay(state: State, course: str) -> list[datetime]:
    """When adverse adjustments that rest on the course were set going."""
    return [
        state.effects[paid.effect].begun_at
        for paid in state.paid.values()
        if paid.line.kind in ADVERSE and course in paid.courses
    ]


def _verdict(state: State, fact: AppealDecided) -> Refusal | None:
    appeal = state.appeals.get(fact.appeal)
    if appeal is None:
        return _no("appeal_unknown", appeal=fact.appeal)
    if appeal.upheld is not None:
        return _no("appeal_closed", appeal=fact.appeal)
    matter = f"appeal/{fact.appeal}/{fact.upheld}"
    return _may(appeal.rule, fact.by, "appeal") or _signed(state, matter, fact.by)


def _answer(state: State, fact: Decided) -> Refusal | None:
    question = state.questions.get(fact.question)
    if question is None:
        return _no("question_unknown", question=fact.question)
    if question.answer:
        return _no("question_closed", question=fact.question, answer=question.answer)
    if is_moot(state, question):
        return _no("question_moot", question=fact.question)
    if fact.by.role != question.step.to:
        return _no("wrong_role", what="question", role=fact.by.role, roles=question.step.to)
    if fact.outcome not in question.step.options:
        return _no("not_an_option", outcome=fact.outcome, options=", ".join(question.step.options))
    if fact.outcome is Outcome.EXTEND and fact.until is None:
        return _no("extension_needs_date")
    return None
