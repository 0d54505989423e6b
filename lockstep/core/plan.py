"""Which courses a policy gives a hire, what earlier passes count, and when each course is due."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from lockstep.core.calendar import local_date, next_working, nth_day, start_of
from lockstep.core.facts import Credit, PlanCause, PlanMade
from lockstep.core.policy.courses import Course, Stage
from lockstep.core.policy.policy import Policy
from lockstep.core.state import EarnedBy, State, Status, Track

_ONE_DAY = timedelta(days=1)


def courses_of(policy: Policy, stage: Stage) -> tuple[str, ...]:
    """All courses a stage rests on, those of its choices included."""
    found: list[str] = []
    for required in stage.requires:
        choice = policy.choice_by_id.get(required)
        found.extend(choice.courses if choice else (required,))
    return tuple(found)


def months_later(at: datetime, months: int) -> datetime:
    """The same day `months` later, or the last day of that month if there is no such day."""
    index = at.year * 12 + at.month - 1 + months
    year, month = divmod(index, 12)
    for day in (at.day, 30, 29, 28):
        try:
            return at.replace(year=year, month=month + 1, day=min(day, at.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def valid_until(course: Course, earned_at: datetime) -> datetime | None:
    """When a pass lapses; None: never."""
    return months_later(earned_at, course.validity.months) if course.validity else None


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


def make_tracks(state: State, fact: PlanMade) -> dict[str, Track]:
    """The tracks of a new plan: what is known of a course stays, what was passed elsewhere is credited."""
    credits = {credit.content_hash: credit.passed_at for credit in fact.credits} | dict(state.shelf)
    tracks = {}
    for course in fact.snapshot.policy.courses:
        content = fact.snapshot.content.get(course.content, "")
        old = state.tracks.get(course.id)
        if old is not None and not (fact.cause is PlanCause.TRANSFERRED and course.redo_on_transfer):
            tracks[course.id] = replace(old, course=course, content_hash=content)
        else:
            fresh = Track(course=course, content_hash=content, cycle=old.cycle + 1 if old else 0)
            tracks[course.id] = _credited(fresh, fact, credits)
    return tracks


def _credited(track: Track, fact: PlanMade, credits: Mapping[str, datetime]) -> Track:
    """The track as passed earlier, if the same content was and not too long ago."""
    course = track.course
    passed_at = credits.get(track.content_hash)
    if passed_at is None or (fact.cause is PlanCause.TRANSFERRED and course.redo_on_transfer):
        return track
    oldest = course.credit_max_age or fact.snapshot.policy.credit_max_age
    ends = valid_until(course, passed_at)
    if (oldest is not None and fact.at - passed_at > oldest) or (ends is not None and ends <= fact.at):
        return track
    return replace(
        track,
        status=Status.EARNED,
        earned_at=fact.at,
        earned_by=EarnedBy.CREDIT,
        valid_until=ends,
        learned_at=passed_at,
        rests_on=(fact.id,),
    )


def shelve(state: State, fact: PlanMade) -> dict[str, datetime]:
    """Passes of courses that the new plan no longer has: they may count again some day."""
    kept = {course.id for course in fact.snapshot.policy.courses}
    gone = (t for t in state.tracks.values() if t.course.id not in kept and t.earned_by is EarnedBy.PASS)
    return dict(state.shelf) | {t.content_hash: t.earned_at for t in gone if t.content_hash and t.earned_at}


def unlock(state: State) -> State:
    """Assign every locked track whose prerequisites are earned; release choices that are satisfied."""
    for track in tuple(state.tracks.values()):
        if track.status is Status.LOCKED and all(state.tracks[c].earned_at for c in track.course.after):
            assigned = replace(track, status=Status.LEARNING, assigned_at=max(state.start, state.at))
            state = state.with_track(replace(assigned, deadline=due(state, assigned)))
    return _release(state)


def _release(state: State) -> State:
    for choice in state.policy.choices:
        tracks = [state.tracks[c] for c in choice.courses]
        if sum(t.earned_at is not None for t in tracks) >= choice.any_of:
            for track in tracks:
                if track.earned_at is None and not _needed_elsewhere(state, track.course.id, choice.id):
                    state = state.with_track(replace(track, status=Status.RELEASED, deadline=None))
    return state


def _needed_elsewhere(state: State, course: str, choice: str) -> bool:
    required = {r for stage in state.policy.stages for r in stage.requires}
    others = (c for c in state.policy.choices if c.id != choice and c.id in required)
    return (
        course in required
        or any(course in c.courses for c in others)
        or any(course in t.course.after and t.earned_at is None for t in state.tracks.values())
    )


def redate(state: State) -> State:
    """Deadlines anew, after a leave began or ended. They only ever move later."""
    for track in tuple(state.tracks.values()):
        if track.is_open:
            state = state.with_track(replace(track, deadline=due(state, track)))
    return state
