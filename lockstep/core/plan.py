"""What a stage rests on, when each course is assigned and due, and how long a pass counts."""

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from lockstep.core.calendar import local_date, next_working, nth_day, start_of
from lockstep.core.policy.courses import Choice, Course, Stage
from lockstep.core.policy.policy import Policy
from lockstep.core.state import State, Status, Track
from lockstep.core.zones import zone

_ONE_DAY = timedelta(days=1)


def courses_of(policy: Policy, stage: Stage) -> tuple[str, ...]:
    """All courses a stage rests on, those of its choices included."""
    found: list[str] = []
    for required in stage.requires:
        choice = policy.choice_by_id.get(required)
        found.extend(choice.courses if choice else (required,))
    return tuple(dict.fromkeys(found))


def months_later(at: datetime, months: int, tz: str = "UTC") -> datetime:
    """The same day in `tz` `months` later, or the last day of that month if there is no such day."""
    local = at.astimezone(zone(tz))
    year, month = divmod(local.year * 12 + local.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    later = local.replace(year=year, month=month + 1, day=min(local.day, last))
    return later.astimezone(UTC)


def valid_until(course: Course, earned_at: datetime, tz: str) -> datetime | None:
    """When a pass lapses, by the hire's calendar; None: never."""
    return months_later(earned_at, course.validity.months, tz) if course.validity else None


def due(state: State, track: Track) -> datetime | None:
    """The instant a track's deadline passes; None without one, or while a leave keeps it open."""
    rule = track.course.deadline
    if rule is None or track.assigned_at is None or state.snapshot is None:
        return None
    calendar, tz = state.snapshot.calendar, state.hire.tz
    day = nth_day(
        calendar, local_date(track.assigned_at, tz), rule.days, working=rule.working, away=state.away
    )
    if day is not None and not rule.working and rule.roll:
        day = next_working(calendar, day, state.away)
    return None if day is None else start_of(day + _ONE_DAY, tz)


def unlock(state: State) -> State:
    """Release what nothing needs any more; assign every locked track whose prerequisites are earned."""
    state = _release(state)
    for track in tuple(state.tracks.values()):
        if track.status is Status.LOCKED and all(state.tracks[c].earned_at for c in track.course.after):
            assigned = replace(track, status=Status.LEARNING, assigned_at=max(state.start, state.at))
            state = state.with_track(replace(assigned, deadline=due(state, assigned)))
    return state


def _release(state: State) -> State:
    """Alternatives nobody needs are released; one that is needed again comes back."""
    for track in state.tracks.values():
        spare = track.earned_at is None and _is_spare(state, track.course.id)
        if spare != (track.status is Status.RELEASED):
            status = Status.RELEASED if spare else Status.LOCKED
            changed = replace(track, status=status, assigned_at=None, deadline=None)
            return _release(state.with_track(changed))  # others may hang on it
    return state


def _is_spare(state: State, course: str) -> bool:
    """Whether all choices it is in are satisfied and neither a stage nor another course needs it."""
    choices = [choice for choice in state.policy.choices if course in choice.courses]
    needed_by = (t for t in state.tracks.values() if course in t.course.after)
    return (
        bool(choices)
        and all(_is_satisfied(state, choice) for choice in choices)
        and not any(course in stage.requires for stage in state.policy.stages)
        and all(t.earned_at is not None or t.status is Status.RELEASED for t in needed_by)
    )


def _is_satisfied(state: State, choice: Choice) -> bool:
    return sum(state.tracks[c].earned_at is not None for c in choice.courses) >= choice.any_of


def redate(state: State) -> State:
    """Deadlines anew, after a leave began or ended. They only ever move later.

    A pass that is being renewed stays due when it lapses: leave does not make it last longer.
    """
    for track in tuple(state.tracks.values()):
        if track.is_unfinished and not track.is_renewing:
            state = state.with_track(replace(track, deadline=due(state, track)))
    return state
