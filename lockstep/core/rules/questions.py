"""Where the policy's road ends a human decides: attempts used up, or probation about to end."""

from collections.abc import Iterator

from lockstep.core.base import Why
from lockstep.core.calendar import local_date
from lockstep.core.due import Due, Quiet, message
from lockstep.core.state import Question, State, Status
from lockstep.core.steps import AskDecision

_PROBATION = "probation/"


def questions(state: State) -> Iterator[Due]:
    """The questions to be put."""
    yield from _exhausted(state)
    yield from _probation(state)


def _exhausted(state: State) -> Iterator[Due]:
    ending = state.policy.exhausted
    for track in state.tracks.values():
        if ending is None or track.status is not Status.EXHAUSTED:
            continue
        course, used = track.course.id, len(track.attempts)
        question = f"exhausted/{course}/{track.cycle}.{used}"
        why = Why(
            rule="attempts_exhausted",
            policy_path=f"courses.{course}.exam",
            facts=track.rests_on[-1:],
            args={"course": course, "attempts": str(used)},
        )
        step = AskDecision(
            key=f"ask/{question}",
            question=question,
            to=ending.ask,
            options=ending.options,
            course=course,
            why=why,
        )
        yield from message(state.at, step, Quiet.of_staff(state))


def is_moot(state: State, question: Question) -> bool:
    """Whether time has answered it: the course is no longer exhausted, or the last gate is open."""
    course = question.step.course
    if course:
        track = state.tracks.get(course)
        return track is None or track.status is not Status.EXHAUSTED
    return question.step.question.startswith(_PROBATION) and not _locked(state)


def _locked(state: State) -> list[str]:
    return [stage.id for stage in state.policy.stages if stage.id not in state.gates]


def _probation(state: State) -> Iterator[Due]:
    rule, at = state.policy.probation, state.probation_ask_at
    locked = _locked(state)
    if rule is None or at is None or not locked:
        return
    question = f"{_PROBATION}{local_date(at, state.hire.tz).isoformat()}"
    why = Why(rule="probation_ending", policy_path="probation", args={"stage": locked[0]})
    step = AskDecision(key=f"ask/{question}", question=question, to=rule.ask, options=rule.options, why=why)
    yield from message(at, step, Quiet.of_staff(state))
