"""What a pay rule owes, and on what it rests: the stage earned or missed, the scores."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from lockstep.core.base import Why
from lockstep.core.periods import Period
from lockstep.core.plan import courses_of
from lockstep.core.policy.pay import AttemptUsed, Pay, PayKind, PayRule, ScoreUsed
from lockstep.core.state import EarnedBy, State, Status, Track
from lockstep.core.steps import PayLine


def stage_tracks(state: State, stage: str) -> tuple[Track, ...]:
    """The tracks a stage rests on; released alternatives left out."""
    found = next((s for s in state.policy.stages if s.id == stage), None)
    if found is None:
        return ()
    tracks = (state.tracks[c] for c in courses_of(state.policy, found))
    return tuple(t for t in tracks if t.status is not Status.RELEASED)


def stage_earned_at(state: State, stage: str) -> datetime | None:
    """When the last of the stage's courses was earned; None while one is missing."""
    times = [t.earned_at for t in stage_tracks(state, stage)]
    known = [at for at in times if at is not None]
    return max(known) if known and len(known) == len(times) else None


def earned_lines(state: State, pay: Pay, rule: PayRule, period: Period) -> Iterator[PayLine]:
    """What an earned stage pays. A waived course opens the gate but earns no money."""
    tracks = stage_tracks(state, rule.stage)
    if any(t.earned_by is EarnedBy.WAIVER for t in tracks):
        return
    if rule.kind is PayKind.ALLOWANCE:
        yield _line(rule, period, tracks, rule.percent)
    elif rule.kind is PayKind.AWARD and pay.score is ScoreUsed.EACH:
        scored = [(t, s) for t in tracks if (s := score_of(t, pay.attempt)) is not None]
        for i, (track, score) in enumerate(scored):
            if rule.min_score is None or score >= rule.min_score:
                yield _line(
                    rule,
                    period,
                    (track,),
                    rule.percent,
                    score=score,
                    part=(i, len(scored)),
                    course=track.course.id,
                )
    else:
        score_used = score_for(tracks, pay)
        if score_used is not None:
            yield from _scored(rule, period, tracks, score_used)


def _scored(rule: PayRule, period: Period, tracks: tuple[Track, ...], score: Decimal) -> Iterator[PayLine]:
    if rule.kind is PayKind.AWARD and (rule.min_score is None or score >= rule.min_score):
        yield _line(rule, period, tracks, rule.percent, score=score)
    if rule.kind is PayKind.FACTOR:
        reached = [band for band in rule.bands if score >= band.min_score]
        if reached:
            factor = max(reached, key=lambda band: band.min_score).factor
            yield _line(rule, period, tracks, Decimal(0), score=score, factor=factor)


def adverse_line(state: State, rule: PayRule, period: Period) -> PayLine:
    """The month's bonus not earned (or the wage deduction)."""
    return _line(rule, period, stage_tracks(state, rule.stage), -rule.percent)


def score_of(track: Track, used: AttemptUsed) -> Decimal | None:
    """The score of a track that counts for pay."""
    scores = [a.score for a in track.attempts if a.score is not None]
    if not scores:
        return None
    return {AttemptUsed.BEST: max(scores), AttemptUsed.FIRST: scores[0], AttemptUsed.LAST: scores[-1]}[used]


def score_for(tracks: tuple[Track, ...], pay: Pay) -> Decimal | None:
    """The one score of a stage: the least, or the (weighted) mean."""
    scored = [(s, t.course.weight) for t in tracks if (s := score_of(t, pay.attempt)) is not None]
    if not scored:
        return None
    if pay.score is ScoreUsed.MIN:
        return min(score for score, _ in scored)
    weights = [weight if pay.score is ScoreUsed.WEIGHTED else Decimal(1) for _, weight in scored]
    total = sum(weights, Decimal(0))
    return (
        sum((s * w for (s, _), w in zip(scored, weights, strict=True)), Decimal(0)) / total if total else None
    )


def _line(  # noqa: PLR0913 - the parts of one line
    rule: PayRule,
    period: Period,
    tracks: tuple[Track, ...],
    percent: Decimal,
    *,
    score: Decimal | None = None,
    part: tuple[int, int] = (0, 1),
    factor: Decimal | None = None,
    course: str = "",
) -> PayLine:
    args = {"rule": rule.id, "period": str(period), "percent": str(percent)}
    if score is not None:
        args["score"] = str(score)
    facts = tuple(fact for track in tracks for fact in track.rests_on[-1:])
    why = Why(rule=f"pay_{rule.kind}", policy_path=f"pay.rules.{rule.id}", facts=facts, args=args)
    key = f"{period}/{rule.id}/{course}" if course else f"{period}/{rule.id}"
    return PayLine(
        key=key,
        period=str(period),
        rule=rule.id,
        kind=rule.kind,
        course=course,
        percent=percent,
        part=part,
        factor=factor,
        why=why,
    )
