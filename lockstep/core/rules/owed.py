"""What a pay rule owes, and on what it rests: the stage earned or missed, the scores."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from lockstep.core.base import Why
from lockstep.core.periods import Period
from lockstep.core.policy.pay import AttemptUsed, Pay, PayKind, PayRule, ScoreUsed
from lockstep.core.state import EarnedBy, State, Status, Track
from lockstep.core.steps import PayLine


@dataclass(frozen=True, slots=True)
class Requirement:
    """A course, or a choice of which `needed` are enough; released alternatives left out."""

    tracks: tuple[Track, ...]
    needed: int

    @property
    def counting(self) -> tuple[Track, ...]:
        """The tracks that earned it first; all of them while it is not earned."""
        earned = sorted((t.earned_at, i) for i, t in enumerate(self.tracks) if t.earned_at is not None)
        if len(earned) < self.needed:
            return self.tracks
        first = {i for _, i in earned[: self.needed]}
        return tuple(t for i, t in enumerate(self.tracks) if i in first)

    def earned_by(self, at: datetime) -> bool:
        """Whether enough had been earned at that instant."""
        return sum(t.earned_at is not None and t.earned_at <= at for t in self.tracks) >= self.needed

    def overdue_at(self, at: datetime) -> bool:
        """Whether at that instant it was not earned and a deadline was behind."""
        return not self.earned_by(at) and any(
            t.deadline is not None and t.deadline <= at and (t.earned_at is None or t.earned_at > at)
            for t in self.tracks
        )


def requirements(state: State, stage: str) -> tuple[Requirement, ...]:
    """What decides whether a stage is passed; nothing for a stage the policy does not have."""
    found = next((s for s in state.policy.stages if s.id == stage), None)
    choices = state.policy.choice_by_id
    return tuple(
        Requirement(
            tracks=tuple(t for c in courses if (t := state.tracks[c]).status is not Status.RELEASED),
            needed=needed,
        )
        for item in (found.requires if found else ())
        for courses, needed in [
            (choices[item].courses, choices[item].any_of) if item in choices else ((item,), 1)
        ]
    )


def stage_tracks(state: State, stage: str) -> tuple[Track, ...]:
    """The tracks that count for a stage."""
    tracks = (t for requirement in requirements(state, stage) for t in requirement.counting)
    return tuple({t.course.id: t for t in tracks}.values())


def stage_earned_at(state: State, stage: str) -> datetime | None:
    """When the last of the stage's courses was earned; None while one is missing."""
    times = [t.earned_at for t in stage_tracks(state, stage)]
    known = [at for at in times if at is not None]
    return max(known) if known and len(known) == len(times) else None


def overdue_at(state: State, stage: str, at: datetime) -> bool:
    """Whether at that instant a course of the stage was overdue."""
    return any(requirement.overdue_at(at) for requirement in requirements(state, stage))


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
    if factor is not None:
        args["factor"] = str(factor)
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
