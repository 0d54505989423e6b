"""提醒: one digest a person, in waking hours, on working days, never while away, so many a week at most."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from lockstep.core.base import Why
from lockstep.core.due import Due, Quiet, message
from lockstep.core.policy.people import Reminders
from lockstep.core.state import State, Status, Track
from lockstep.core.steps import Remind

_WEEK = timedelta(days=7)


def reminders(state: State) -> Iterator[Due]:
    """The next round, over all that is open by then."""
    rule = state.policy.reminders
    todo = [(since, track) for track in state.tracks.values() if (since := _since(track)) is not None]
    if rule is None or not todo:
        return
    quiet = Quiet.of(state)
    at = quiet.next(_next_round(state, rule, min(since for since, _ in todo)))
    if at is None:
        return
    open_by_then = [track for since, track in todo if since <= at]
    deadlines = [track.deadline for track in open_by_then if track.deadline is not None]
    due = min(deadlines, default=None)
    number = len(state.reminded) + 1
    step = Remind(
        key=f"remind/{number}",
        round=number,
        courses=tuple(track.course.id for track in open_by_then),
        due=due,
        overdue=due is not None and due <= at,
        why=Why(rule="reminder_due", policy_path="reminders", facts=(), args={"round": str(number)}),
    )
    yield from message(at, step, quiet)


def _since(track: Track) -> datetime | None:
    """From when the hire can do something about the track; None: nothing to do, or doing it right now."""
    if not track.is_open or track.status is Status.SITTING or track.assigned_at is None:
        return None
    waiting = track.exam_from if track.status is Status.EXAM else None
    return max(track.assigned_at, waiting) if waiting else track.assigned_at


def _next_round(state: State, rule: Reminders, since: datetime) -> datetime:
    at = since + rule.first
    if state.reminded:
        at = max(at, state.reminded[-1] + rule.every)
    if len(state.reminded) >= rule.max_per_week:
        at = max(at, state.reminded[-rule.max_per_week] + _WEEK)
    return at
