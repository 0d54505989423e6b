"""Human decisions: waivers, extra attempts, appeals, answers, by as many people as the policy says."""

from dataclasses import replace
from datetime import datetime

from lockstep.core.calendar import start_of
from lockstep.core.exams import earn, resume
from lockstep.core.facts import AppealDecided, Appealed, AttemptGranted, Decided, Decider, Waived
from lockstep.core.plan import due, valid_until
from lockstep.core.policy.people import Outcome
from lockstep.core.state import Appeal, EarnedBy, State, Status, Track


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
    track = state.tracks[fact.course].resting_on(fact.id)
    return replace(state.with_track(track), appeals={**state.appeals, fact.appeal: Appeal(opened=fact)})


def appeal_decided(state: State, fact: AppealDecided) -> State:
    """Enough signatures: an upheld appeal supersedes the score, or cancels the sitting."""
    rule = state.policy.decisions.appeal
    assert rule is not None, "refused before"  # noqa: S101
    state, done = _sign(state, f"appeal/{fact.appeal}/{fact.upheld}", fact.by, rule.people)
    if not done:
        return state
    appeal = replace(state.appeals[fact.appeal], upheld=fact.upheld, decided_at=fact.at)
    state = replace(state, appeals={**state.appeals, fact.appeal: appeal})
    track = state.tracks.get(appeal.opened.course)
    if not fact.upheld or track is None:
        return state
    return _supersede(state, track.resting_on(fact.id), fact)


def _supersede(state: State, track: Track, fact: AppealDecided) -> State:
    """A corrected score replaces the last graded one; without one the sitting does not count."""
    exam = track.course.exam
    if exam is None or track.earned_at is not None or not track.attempts:
        return state.with_track(track)
    if fact.score is None:
        return state.with_track(one_more(track, fact.at))
    last = replace(track.attempts[-1], score=fact.score, passed=fact.score >= exam.pass_mark)
    track = replace(track, attempts=(*track.attempts[:-1], last))
    if last.passed:
        return earn(state, track, EarnedBy.PASS, fact.at, valid_until(track.course, fact.at))
    return state.with_track(track)


def decided(state: State, fact: Decided) -> State:
    """A human answered a question of ours."""
    question = state.questions[fact.question]
    answered = replace(question, answer=str(fact.outcome))
    state = replace(state, questions={**state.questions, fact.question: answered})
    track = state.tracks.get(question.step.course)
    match fact.outcome:
        case Outcome.EXTRA_ATTEMPT if track is not None:
            return state.with_track(one_more(track.resting_on(fact.id), fact.at))
        case Outcome.TARGETED_TRAINING if track is not None:
            return state.with_track(_from_the_start(state, track.resting_on(fact.id), fact.at))
        case Outcome.EXTEND:
            day = fact.until
            return replace(state, probation_ask_at=start_of(day, state.hire.tz) if day else None)
        case Outcome.END_ONBOARDING:
            return replace(state, ended=fact.question)
        case _:
            return state


def _from_the_start(state: State, track: Track, at: datetime) -> Track:
    """Learn the whole course again, with a new deadline and one more sitting."""
    again = replace(
        one_more(track, at),
        status=Status.LEARNING,
        learned_at=None,
        sections=(),
        exam_from=None,
        assigned_at=at,
        rungs=0,
    )
    return replace(again, deadline=due(state, again))
