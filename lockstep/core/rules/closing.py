"""When a journey is over: everything earned and settled, or the person gone. Nothing begun is left behind."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from lockstep.core.base import Why
from lockstep.core.due import Due
from lockstep.core.rules.questions import is_moot
from lockstep.core.state import State
from lockstep.core.steps import Close, FileRecord

_FILE = "file_record"
_LINGER = timedelta(days=30)
"""So long after the last gate a transfer, a correction or a late fact still finds its journey."""


def natural_end(state: State) -> Iterator[Due]:
    """All gates open, nothing to renew, nobody asked or away, and the time to appeal is over."""
    unfinished = (
        any(stage.id not in state.gates for stage in state.policy.stages)
        or any(track.is_open or track.valid_until is not None for track in state.tracks.values())
        or _appeal_open(state)
        or any(not q.answer and not is_moot(state, q) for q in state.questions.values())
        or any(away.back is None for away in state.away)
    )
    if not unfinished:
        opened = max(state.gates.values(), default=state.at)
        yield from _end(state, max(opened + _LINGER, _appealable_until(state)), "completed")


def farewell(state: State) -> Iterator[Due]:
    """The person left, never came, or HR ended the onboarding."""
    reason = state.left.reason if state.left is not None else "ended"
    if not _appeal_open(state):
        yield from _end(state, state.at, str(reason))


def _appeal_open(state: State) -> bool:
    return any(appeal.upheld is None for appeal in state.appeals.values())


def _end(state: State, at: datetime, reason: str) -> Iterator[Due]:
    if any(effect.outcome is None for effect in state.effects.values()):
        return
    why = Why(rule="journey_over", args={"reason": reason})
    if _FILE not in state.effects and state.snapshot is not None:
        yield Due(at, FileRecord(key=_FILE, why=why))
    else:
        yield Due(at, Close(reason=reason, why=why))


def _appealable_until(state: State) -> datetime:
    """Until when the last result or adjustment may be appealed."""
    rule = state.policy.decisions.appeal
    graded = (a.graded_at for t in state.tracks.values() for a in t.attempts if a.graded_at and not a.passed)
    booked = (state.effects[p.effect].begun_at for p in state.paid.values() if p.line.percent < 0)
    grounds = (*graded, *booked)
    return max(grounds) + rule.within if rule is not None and grounds else state.at
