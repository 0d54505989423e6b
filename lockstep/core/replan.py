"""From one plan to the next: what moves along, what is credited, what is put on the shelf."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from lockstep.core.exams import resume
from lockstep.core.facts import PlanCause, PlanMade
from lockstep.core.plan import valid_until
from lockstep.core.policy.courses import Course
from lockstep.core.state import EarnedBy, State, Status, Track

_NEEDS_AN_EXAM = (Status.EXAM, Status.SITTING, Status.EXHAUSTED)


def replan(state: State, fact: PlanMade) -> State:
    """The state with the tracks of a new plan; `former` keeps those it has no use for."""
    tracks: dict[str, Track] = {}
    former, shelf = dict(state.former), dict(state.shelf)
    for old in state.tracks.values():
        if not _moves_along(old, fact):
            former[old.course.id] = old
            if old.passed_at is not None and old.content_hash:
                shelf[old.content_hash] = old.passed_at
    tz = state.hire.tz
    passes = {credit.content_hash: credit.passed_at for credit in fact.credits} | shelf
    for course in fact.snapshot.policy.courses:
        content = fact.snapshot.content.get(course.content, "")
        kept = state.tracks.get(course.id)
        if kept is not None and _moves_along(kept, fact):
            tracks[course.id] = _fitted(kept, course, content, fact.at, tz)
        else:
            before = former.get(course.id)
            fresh = Track(course=course, content_hash=content, cycle=before.cycle + 1 if before else 0)
            tracks[course.id] = _credited(fresh, fact, passes, tz)
    return replace(state, tracks=tracks, former=former, shelf=shelf)


def _moves_along(track: Track, fact: PlanMade) -> bool:
    """Whether the track goes on under the new plan.

    Adopting a policy takes nothing away. Another post may mean something else by the same name: there the
    content has to be the same, and a pass not too old.
    """
    course = fact.snapshot.policy.course_by_id.get(track.course.id)
    if course is None:
        return False
    if fact.cause is PlanCause.ADOPTED:
        return True
    same = fact.snapshot.content.get(course.content, "") == track.content_hash
    passed = track.passed_at
    return same and not course.redo_on_transfer and (passed is None or not _is_too_old(course, passed, fact))


def _is_too_old(course: Course, passed: datetime, fact: PlanMade) -> bool:
    oldest = course.credit_max_age or fact.snapshot.policy.credit_max_age
    return oldest is not None and fact.at - passed > oldest


def _fitted(track: Track, course: Course, content: str, at: datetime, tz: str) -> Track:
    """The track under its course's new wording: nothing earned is lost, nobody left without a way on."""
    until = _term(track, course, tz)
    if track.is_renewing and until != track.valid_until:
        track = replace(track, status=Status.EARNED)
    track = replace(track, course=course, content_hash=content, valid_until=until)
    if track.status is Status.RELEASED:
        return replace(track, status=Status.LOCKED)
    if course.exam is None and track.status in _NEEDS_AN_EXAM:
        until = valid_until(course, at, tz)
        return replace(
            track,
            status=Status.EARNED,
            earned_at=at,
            earned_by=EarnedBy.PASS,
            passed_at=at,
            valid_until=until,
        )
    return resume(track, at)


def _term(track: Track, course: Course, tz: str) -> datetime | None:
    """Until when the pass counts: the later of the old and the new term. A waiver keeps its own end."""
    if track.valid_until is None or track.passed_at is None:
        return track.valid_until
    newer = valid_until(course, track.passed_at, tz)
    return None if newer is None else max(track.valid_until, newer)


def _credited(track: Track, fact: PlanMade, passes: Mapping[str, datetime], tz: str) -> Track:
    """The track as passed earlier, if the same content was and not too long ago."""
    course = track.course
    passed = passes.get(track.content_hash) if track.content_hash else None
    if passed is None or (fact.cause is PlanCause.TRANSFERRED and course.redo_on_transfer):
        return track
    ends = valid_until(course, passed, tz)
    if _is_too_old(course, passed, fact) or (ends is not None and ends <= fact.at):
        return track
    return replace(
        track,
        status=Status.EARNED,
        earned_at=fact.at,
        earned_by=EarnedBy.CREDIT,
        passed_at=passed,
        valid_until=ends,
        learned_at=passed,
        rests_on=(fact.id,),
    )
