"""Time alone changes something: a sitting runs out, a pass or a waiver lapses."""

from collections.abc import Iterator

from lockstep.core.base import Why
from lockstep.core.due import Due
from lockstep.core.state import EarnedBy, State, Status
from lockstep.core.steps import ExpireAttempt, Reopen


def expired_sittings(state: State) -> Iterator[Due]:
    """A sitting ends with the exam's time limit."""
    for track in state.tracks.values():
        exam, sitting = track.course.exam, track.attempts[-1] if track.attempts else None
        if track.status is Status.SITTING and exam is not None and sitting and sitting.opened_at:
            course = track.course.id
            why = Why(
                rule="time_limit",
                policy_path=f"courses.{course}.exam",
                facts=(sitting.fact,),
                args={"course": course, "minutes": str(int(exam.time_limit.total_seconds() // 60))},
            )
            yield Due(
                sitting.opened_at + exam.time_limit,
                ExpireAttempt(course=course, attempt=sitting.number, why=why),
            )


def lapses(state: State) -> Iterator[Due]:
    """A pass is to be renewed some time before it lapses; a waiver ends when it ends."""
    for track in state.tracks.values():
        if track.status is not Status.EARNED or track.valid_until is None:
            continue
        course = track.course.id
        args = {"course": course, "until": track.valid_until.isoformat()}
        if track.earned_by is EarnedBy.WAIVER:
            why = Why(
                rule="waiver_ended", policy_path="decisions.waiver", facts=track.rests_on[-1:], args=args
            )
            yield Due(track.valid_until, Reopen(course=course, cause="waiver_ended", why=why))
        else:
            validity = track.course.validity
            assert validity is not None, "a pass lapses by its course's term"  # noqa: S101
            why = Why(
                rule="recertify",
                policy_path=f"courses.{course}.validity",
                facts=track.rests_on[-1:],
                args=args,
            )
            at = max(state.at, track.valid_until - validity.recertify)
            yield Due(at, Reopen(course=course, cause="recertify", why=why))
