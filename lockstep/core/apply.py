"""Taking a fact in: `apply(state, fact)` is the state after it. Never decides, never refuses, never fails."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from lockstep.core import facts as f
from lockstep.core.apply_people import (
    appeal_decided,
    appealed,
    attempt_granted,
    decided,
    waived,
)
from lockstep.core.base import Why
from lockstep.core.calendar import Away, local_date
from lockstep.core.exams import attempt_expired, course_completed, exam_graded, exam_opened
from lockstep.core.plan import months_later, redate, unlock
from lockstep.core.policy.people import Outcome
from lockstep.core.replan import replan
from lockstep.core.rules.settlement import booking
from lockstep.core.state import EffectState, Question, State, Status
from lockstep.core.steps import AskDecision, Escalate, MakePlan, MarkAttendance, Remind, Reverse, Settle


def apply(state: State, fact: f.Known) -> State:
    """The state after `fact`."""
    return _APPLY[type(fact)](state, fact)


def _plan_made(state: State, fact: f.PlanMade) -> State:
    stages = {stage.id for stage in fact.snapshot.policy.stages}
    state = replace(
        replan(state, fact),
        snapshot=fact.snapshot,
        gates={stage: at for stage, at in state.gates.items() if stage in stages},
        probation_ask_at=_probation_ask_at(state, fact),
    )
    return unlock(redate(state))


def _probation_ask_at(state: State, fact: f.PlanMade) -> datetime | None:
    """When HR is asked about a locked hire: as the plan says, unless a human has set another day."""
    if any(question.answer == Outcome.EXTEND for question in state.questions.values()):
        return state.probation_ask_at
    probation = fact.snapshot.policy.probation
    if probation is None:
        return None
    return months_later(state.start, probation.months, state.hire.tz) - probation.ask_before


def _leave_started(state: State, fact: f.LeaveStarted) -> State:
    away = Away(first=local_date(fact.at, state.hire.tz))
    state = replace(state, leaves={**state.leaves, fact.leave: away})
    return redate(state) if state.snapshot else state


def _leave_ended(state: State, fact: f.LeaveEnded) -> State:
    leave = state.leaves[fact.leave]
    back = max(leave.first, local_date(fact.at, state.hire.tz))
    others = {name: away for name, away in state.leaves.items() if name != fact.leave}
    over = Away(first=leave.first, back=back)  # its name is free again: some senders have but one
    state = replace(state, leaves={**others, f"{fact.leave} until {fact.id}": over})
    if state.snapshot is None:
        return state
    absent = timedelta(days=(back - leave.first).days)
    for track in tuple(state.tracks.values()):
        limit = track.course.redo_after_absence
        if limit is not None and absent > limit and track.earned_at is not None:
            state = reopen(state, track.course.id, fact.id)
    return unlock(redate(state))


def reopen(state: State, course: str, because: str) -> State:
    """Give a course again from the start: what was earned no longer holds."""
    track = state.tracks[course]
    again = type(track)(
        course=track.course, content_hash=track.content_hash, cycle=track.cycle + 1, rests_on=(because,)
    )
    return state.with_track(again)


def _reopened(state: State, fact: f.Reopened) -> State:
    track = state.tracks.get(fact.course)
    if track is None or track.status is not Status.EARNED:
        return state
    lapses = track.valid_until
    state = reopen(state, fact.course, fact.id)
    if fact.cause == "recertify":
        again = replace(
            state.tracks[fact.course],
            status=Status.LEARNING,
            assigned_at=fact.at,
            deadline=lapses,
            earned_at=track.earned_at,
            earned_by=track.earned_by,
            passed_at=track.passed_at,
            valid_until=lapses,
        )
        return state.with_track(again)
    return unlock(state)


def _transferred(state: State, fact: f.Transferred) -> State:
    wanted = MakePlan(
        key=f"plan/{fact.id}",
        why=Why(rule="plan_for_transfer", facts=(fact.id,), args={"post": fact.post}),
        cause="transferred",
        since=fact.at,
    )
    return replace(
        state,
        post=fact.post,
        entity=fact.entity or state.entity,
        jurisdiction=fact.jurisdiction or state.jurisdiction,
        plan_wanted=wanted,
    )


def _salary_changed(state: State, fact: f.SalaryChanged) -> State:
    since = fact.effective_from.strftime("%Y-%m")
    paid = {
        key: replace(paid, stale=True) if paid.line.period >= since and not paid.reversed_by else paid
        for key, paid in state.paid.items()
    }
    return replace(state, paid=paid)


def _gate_moved(state: State, fact: f.GateMoved) -> State:
    stage, gates = fact.step.stage, dict(state.gates)
    if not fact.step.opens:
        gates.pop(stage, None)
        return replace(state, gates=gates)
    openings = {**state.openings, stage: state.openings.get(stage, 0) + 1}
    return replace(state, gates={**gates, stage: fact.at}, openings=openings)


def _effect_begun(state: State, fact: f.EffectBegun) -> State:
    step = fact.step
    state = replace(state, effects={**state.effects, step.key: EffectState(step=step, begun_at=fact.at)})
    match step:
        case Remind():
            return replace(state, reminded=(*state.reminded, fact.at))
        case Escalate(courses=courses):
            for course in courses:
                track = state.tracks.get(course)
                if track is not None:
                    state = state.with_track(replace(track, rungs=step.rung))
            return state
        case AskDecision(question=question):
            asked = Question(step=step, asked_at=fact.at)
            return replace(state, questions={**state.questions, question: asked})
        case MarkAttendance(mark=mark):
            return replace(state, marked=mark, marks=state.marks + 1)
        case Settle(lines=lines):
            booked = {line.key: booking(state, line, step.key) for line in lines}
            return replace(state, paid={**state.paid, **booked})
        case Reverse(line=line):
            taken_back = replace(state.paid[line.key], reversed_by=step.key)
            return replace(state, paid={**state.paid, line.key: taken_back})
        case _:
            return state


def _effect_ended(state: State, fact: f.EffectEnded) -> State:
    begun = state.effects.get(fact.key)
    if begun is None:
        return state
    ended = replace(begun, ended_at=fact.at, outcome=fact.outcome, ref=fact.ref, detail=fact.detail)
    return replace(state, effects={**state.effects, fact.key: ended})


def _left(state: State, fact: f.Left) -> State:
    return replace(state, left=fact)


def _closed(state: State, fact: f.Closed) -> State:
    return replace(state, closed=fact.reason)


def _unchanged(state: State, fact: f.Disregarded) -> State:  # noqa: ARG001 - as all of _APPLY
    return state


_APPLY: dict[type[f.Fact], Callable[[State, Any], State]] = {
    f.CourseCompleted: course_completed,
    f.ExamOpened: exam_opened,
    f.ExamGraded: exam_graded,
    f.AttemptExpired: attempt_expired,
    f.LeaveStarted: _leave_started,
    f.LeaveEnded: _leave_ended,
    f.Transferred: _transferred,
    f.Left: _left,
    f.SalaryChanged: _salary_changed,
    f.Waived: waived,
    f.AttemptGranted: attempt_granted,
    f.Appealed: appealed,
    f.AppealDecided: appeal_decided,
    f.Decided: decided,
    f.PlanMade: _plan_made,
    f.Reopened: _reopened,
    f.GateMoved: _gate_moved,
    f.EffectBegun: _effect_begun,
    f.EffectEnded: _effect_ended,
    f.Disregarded: _unchanged,
    f.Closed: _closed,
}
