"""Human decisions: waivers, extra attempts, appeals, answers, by as many people as the policy says."""

from dataclasses import replace
from datetime import datetime

from lockstep.core.calendar import start_of
from lockstep.core.exams import earn, resume
from lockstep.core.facts import AppealDecided, Appealed, AttemptGranted, Decided, Decider, Waived
from lockstep.core.plan import due, valid_until
from lockstep.core.policy.people import Outcome
from lockstep.core.state import Appeal, EarnedBy, Question, State, Status, Track


def _sign(state: State, matter: str, by: Decider, people: int) -> tuple[State, bool]:
    """Add a signature; True when it was the last one needed, and the list starts anew."""
    signers = (*state.signatures.get(matter, ()), by)
    done = len(signers) >= people
    return replace(state, signatures={**state.signatures, matter: () if done else signers}), done


def waived(state: State, fact: Waived) -> State:
    """Enough signatures: the course counts as earned, as long as the policy lets a waiver hold."""
    rule = state.policy.decisions.waiver
    assert rule is not None, "refused before"  # noqa: S101
    track = state.tracks[fact.course].resting_on(fact.id)
    state, done = _sign(state.with_track(track), f"waive/{fact.course}", fact.by, rule.people)
    if not done:
        return state
    until = fact.at + rule.expires if rule.expires else None
    return earn(state, track, EarnedBy.WAIVER, fact.at, until)


def attempt_granted(state: State, fact: AttemptGranted) -> State:
    """Enough signatures: one more sitting."""
    rule = state.policy.decisions.extra_attempt
    assert rule is not None, "refused before"  # noqa: S101
    track = state.tracks[fact.course].resting_on(fact.id)
    state, done = _sign(state.with_track(track), f"grant/{fact.course}", fact.by, rule.people)
    return state.with_track(one_more(track, fact.at)) if done else state


def one_more(track: Track, at: datetime) -> Track:
    """The track with one more sitting allowed; an exhausted one goes on where its last failure left it."""
    return resume(replace(track, granted=track.granted + 1), at)


def appealed(state: State, fact: Appealed) -> State:
    """An appeal is under way."""
    rule = state.policy.decisions.appeal
    assert rule is not None, "refused before"  # noqa: S101
    appeals = {**state.appeals, fact.appeal: Appeal(opened=fact, rule=rule)}
    return replace(state, appeals=appeals)


def appeal_decided(state: State, fact: AppealDecided) -> State:
    """Enough signatures: an upheld appeal supersedes the score, or cancels the sitting."""
    appeal = state.appeals[fact.appeal]
    state, done = _sign(state, f"appeal/{fact.appeal}/{fact.upheld}", fact.by, appeal.rule.people)
    if not done:
        return state
    decided_ = replace(appeal, upheld=fact.upheld, decided_at=fact.at)
    state = replace(state, appeals={**state.appeals, fact.appeal: decided_})
    track = state.tracks.get(appeal.opened.course)
    if not fact.upheld or track is None:
        return state
    return _supersede(state, track.resting_on(fact.id), fact, appeal.opened.at)


def _supersede(state: State, track: Track, fact: AppealDecided, appealed_at: datetime) -> State:
    """A corrected score replaces the disputed one; without one that sitting does not count.

    The disputed sitting is the last one graded before the appeal. Nobody is worse off for having appealed.
    """
    exam = track.course.exam
    graded = [a for a in track.attempts if a.graded_at is not None and a.graded_at <= appealed_at]
    if exam is None or not graded:
        return state.with_track(track)
    if fact.score is None:
        return state.with_track(track if track.is_done else one_more(track, fact.at))
    disputed = graded[-1]
    score = max(fact.score, disputed.score or fact.score)
    corrected = replace(disputed, score=score, passed=score >= exam.pass_mark)
    attempts = tuple(corrected if a is disputed else a for a in track.attempts)
    track = replace(track, attempts=attempts)
    if corrected.passed and not track.is_done:
        return earn(state, track, EarnedBy.PASS, fact.at, valid_until(track.course, fact.at, state.hire.tz))
    return state.with_track(track)


def decided(state: State, fact: Decided) -> State:
    """A human answered a question of ours."""
    question = state.questions[fact.question]
    answered = replace(question, answer=str(fact.outcome))
    state = replace(state, questions={**state.questions, fact.question: answered})
    match fact.outcome:
        case Outcome.EXTRA_ATTEMPT:
            for track in _asked_about(state, answered):
                state = state.with_track(one_more(track.resting_on(fact.id), fact.at))
        case Outcome.TARGETED_TRAINING:
            for track in _asked_about(state, answered):
                state = state.with_track(_from_the_start(state, track.resting_on(fact.id), fact.at))
        case Outcome.EXTEND:
            assert fact.until is not None, "refused before"  # noqa: S101
            state = replace(state, probation_ask_at=start_of(fact.until, state.hire.tz))
        case Outcome.END_ONBOARDING:
            state = replace(state, ended=fact.question)
        case _:  # a transfer comes as a fact of its own; a deduction asks for its answer
            pass
    return state


def _asked_about(state: State, question: Question) -> list[Track]:
    """The course a question is about; one about no course is about all that are not done."""
    course = question.step.course
    return [t for t in state.tracks.values() if t.is_unfinished and course in ("", t.course.id)]


def _from_the_start(state: State, track: Track, at: datetime) -> Track:
    """Learn the whole course again, with a new deadline and one more sitting."""
    again = replace(
        one_more(track, at),
        status=Status.LEARNING,
        cycle=track.cycle + 1,
        learned_at=None,
        sections=(),
        exam_from=None,
        assigned_at=at,
        rungs=0,
    )
    return replace(again, deadline=due(state, again))
