"""Course, exam, relearning, retake: how a track moves from assigned to earned."""

from dataclasses import replace
from datetime import datetime

from lockstep.core.facts import AttemptExpired, CourseCompleted, ExamGraded, ExamOpened
from lockstep.core.plan import unlock, valid_until
from lockstep.core.policy.courses import Relearn
from lockstep.core.state import Attempt, EarnedBy, State, Status, Track


def earn(state: State, track: Track, by: EarnedBy, at: datetime, until: datetime | None) -> State:
    """The course is earned: what hung on it unlocks."""
    passed = None if by is EarnedBy.WAIVER else at
    earned = replace(
        track, status=Status.EARNED, earned_at=at, earned_by=by, passed_at=passed, valid_until=until
    )
    return unlock(state.with_track(earned))


def course_completed(state: State, fact: CourseCompleted) -> State:
    """Learned: an exam may open, or without one the course is earned."""
    track = state.tracks[fact.course].resting_on(fact.id)
    if track.status is not Status.LEARNING:
        return state.with_track(track)
    learned = replace(track, learned_at=fact.at, sections=())
    if track.course.exam is None:
        return earn(state, learned, EarnedBy.PASS, fact.at, valid_until(track.course, fact.at, state.hire.tz))
    return state.with_track(replace(learned, status=Status.EXAM))


def exam_opened(state: State, fact: ExamOpened) -> State:
    """A sitting begins."""
    track = state.tracks[fact.course].resting_on(fact.id)
    attempt = Attempt(number=len(track.attempts) + 1, fact=fact.id, opened_at=fact.at)
    return state.with_track(replace(track, status=Status.SITTING, attempts=(*track.attempts, attempt)))


def exam_graded(state: State, fact: ExamGraded) -> State:
    """A sitting ends with a score: earned, or learn again, or no attempts left."""
    track = state.tracks[fact.course].resting_on(fact.id)
    exam = track.course.exam
    assert exam is not None, "refused before: a course without exam is not graded"  # noqa: S101
    sat = track.attempts[-1] if track.status is Status.SITTING else None
    attempt = Attempt(
        number=sat.number if sat else len(track.attempts) + 1,
        fact=fact.id,
        opened_at=sat.opened_at if sat else None,
        graded_at=fact.at,
        score=fact.score,
        passed=fact.score >= exam.pass_mark,
        failed_sections=fact.failed_sections,
    )
    earlier = track.attempts[:-1] if sat else track.attempts
    track = replace(track, attempts=(*earlier, attempt))
    if attempt.passed:
        return earn(state, track, EarnedBy.PASS, fact.at, valid_until(track.course, fact.at, state.hire.tz))
    return state.with_track(after_failure(track, fact.at, fact.failed_sections))


def attempt_expired(state: State, fact: AttemptExpired) -> State:
    """The sitting's time ran out: it counts as failed, without a score."""
    track = state.tracks.get(fact.course)
    if track is None or track.status is not Status.SITTING or track.attempts[-1].number != fact.attempt:
        return state
    spent = replace(track.attempts[-1], graded_at=fact.at)
    track = replace(track.resting_on(fact.id), attempts=(*track.attempts[:-1], spent))
    return state.with_track(after_failure(track, fact.at, ()))


def resume(track: Track, at: datetime) -> Track:
    """An exhausted track that may be sat again goes on where its last failure left it."""
    allowed = track.attempts_allowed
    if track.status is not Status.EXHAUSTED or (allowed is not None and len(track.attempts) >= allowed):
        return track
    last = track.attempts[-1]
    return after_failure(track, last.graded_at or at, last.failed_sections)


def after_failure(track: Track, at: datetime, sections: tuple[str, ...]) -> Track:
    """Where a failed sitting leaves the track: relearn, wait, or exhausted."""
    exam = track.course.exam
    assert exam is not None, "only exams are failed"  # noqa: S101
    allowed = track.attempts_allowed
    if allowed is not None and len(track.attempts) >= allowed:
        return replace(track, status=Status.EXHAUSTED, exam_from=at + exam.wait)
    if exam.relearn is Relearn.NONE:
        return replace(track, status=Status.EXAM, exam_from=at + exam.wait)
    again = sections if exam.relearn is Relearn.FAILED_SECTIONS else ()
    return replace(track, status=Status.LEARNING, learned_at=None, sections=again, exam_from=at + exam.wait)
