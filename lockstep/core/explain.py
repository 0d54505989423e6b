"""Why: every decision about a hire with its rule, policy line and facts, in plain Chinese or English."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from lockstep.core import facts as f
from lockstep.core import words
from lockstep.core.base import Frozen, Lang, Why
from lockstep.core.deeds import Deed, of_fact, of_step
from lockstep.core.journey import Journey
from lockstep.core.policy.policy import Policy, Snapshot
from lockstep.core.progress import Adjustment, adjustment
from lockstep.core.refusal import Refusal
from lockstep.core.todo import of_hire, of_stage
from lockstep.core.words import Names


class PolicyRef(Frozen):
    """The policy a decision was made under. `hash` is what was pinned to the hire."""

    id: str
    version: str
    hash: str


class Reason(Frozen):
    """Why: a sentence, the key of the rule, the place in the policy's file, the facts it rests on."""

    sentence: str
    rule: str = ""
    policy: PolicyRef | None = None
    path: str = ""
    file: str = ""
    line: int = 0
    facts: tuple[str, ...] = ()


class Made(Frozen):
    """A decision taken. `outcome` is what became of it outside, "" when nothing was to be done there."""

    at: datetime
    fact: str
    what: str
    reason: Reason
    outcome: str = ""
    detail: str = ""


class Lacking(Frozen):
    """Something a locked stage still requires, and what the hire must do about it."""

    item: str
    title: str
    to_do: str


class StageNow(Frozen):
    """A stage: open since when, or locked and why."""

    stage: str
    title: str
    open_since: datetime | None = None
    missing: tuple[Lacking, ...] = ()


class Coming(Frozen):
    """What is due if nothing else happens. `at` in the past: now."""

    at: datetime
    what: str
    reason: Reason


class NotTaken(Frozen):
    """A message that did not count, and why."""

    at: datetime
    fact: str
    kind: str
    reason: str


class AdjustmentNow(Frozen):
    """A pay adjustment, its basis, and why it was taken back if it was."""

    adjustment: Adjustment
    basis: Reason
    taken_back: Reason | None = None


class Explanation(Frozen):
    """All of it, in one language."""

    employee_id: str
    lang: Lang
    at: datetime
    policy: PolicyRef | None
    next_step: str
    stages: tuple[StageNow, ...]
    decisions: tuple[Made, ...]
    coming: tuple[Coming, ...]
    refused: tuple[NotTaken, ...]
    adjustments: tuple[AdjustmentNow, ...]


def explain(journey: Journey, now: datetime, lang: Lang) -> Explanation:
    """Why everything is as it is at `now`."""
    state, telling = journey.state, _Telling.of(journey, lang)
    to_do = of_hire(state, now)
    return Explanation(
        employee_id=state.hire.employee_id,
        lang=lang,
        at=now,
        policy=_ref(state.snapshot),
        next_step=words.to_do(to_do.key, to_do.args, lang, telling.names),
        stages=tuple(telling.stages(now)),
        decisions=tuple(telling.decisions()),
        coming=tuple(telling.coming()),
        refused=tuple(sorted(telling.refused(), key=lambda r: r.at)),
        adjustments=tuple(telling.adjustments()),
    )


def problem_text(journey: Journey, refused: Refusal, lang: Lang) -> str:
    """Why something is refused, and what to do instead."""
    return words.problem(refused.problem, refused.args, lang, names_of(journey))


def reason_text(journey: Journey, why: Why, lang: Lang) -> str:
    """Why something was or will be done."""
    return words.reason(why, lang, names_of(journey))


def names_of(journey: Journey) -> Names:
    """What ids are called in all policies the hire has been under."""
    return Names.of(_policies(journey), journey.record.hire.tz)


def _policies(journey: Journey) -> Iterator[Policy]:
    return (fact.snapshot.policy for fact in journey.facts if isinstance(fact, f.PlanMade))


def _ref(snapshot: Snapshot | None) -> PolicyRef | None:
    if snapshot is None:
        return None
    return PolicyRef(id=snapshot.policy.id, version=snapshot.policy.version, hash=snapshot.hash)


def _line(snapshot: Snapshot, path: str) -> int:
    """The line of a place in the policy's file, or of the nearest part around it; 0 when unknown."""
    while path and path not in snapshot.lines:
        path = path.rpartition(".")[0]
    return snapshot.lines.get(path, 0)


@dataclass(frozen=True, slots=True)
class _Telling:
    """A journey told in one language. `under` is the policy in force at each fact."""

    journey: Journey
    lang: Lang
    names: Names
    under: Mapping[str, Snapshot | None]

    @classmethod
    def of(cls, journey: Journey, lang: Lang) -> "_Telling":
        under: dict[str, Snapshot | None] = {}
        snapshot: Snapshot | None = None
        for fact in journey.facts:
            snapshot = fact.snapshot if isinstance(fact, f.PlanMade) else snapshot
            under[fact.id] = snapshot
        return cls(journey, lang, names_of(journey), under)

    def stages(self, now: datetime) -> Iterator[StageNow]:
        state = self.journey.state
        for stage in state.policy.stages if state.snapshot else ():
            opened = state.gates.get(stage.id)
            lacking = () if opened else of_stage(state, stage, now)
            yield StageNow(
                stage=stage.id,
                title=stage.title.to(self.lang),
                open_since=opened,
                missing=tuple(
                    Lacking(
                        item=missing.item,
                        title=self.names.title(missing.item, self.lang),
                        to_do=words.to_do(missing.to_do.key, missing.to_do.args, self.lang, self.names),
                    )
                    for missing in lacking
                ),
            )

    def decisions(self) -> Iterator[Made]:
        refused = {note.fact for note in self.journey.state.refused}
        for fact in self.journey.facts:
            deed = None if fact.id in refused else of_fact(fact)
            if deed is None:
                continue
            effect = self.journey.state.effects[fact.step.key] if isinstance(fact, f.EffectBegun) else None
            yield Made(
                at=fact.at,
                fact=fact.id,
                what=self.what(deed),
                reason=self.reason(deed.why, self.under[fact.id], deed.said),
                outcome="" if effect is None else str(effect.outcome or "under_way"),
                detail="" if effect is None else effect.detail,
            )

    def coming(self) -> Iterator[Coming]:
        for due in self.journey.agenda:
            deed = of_step(due.step)
            reason = self.reason(deed.why, self.journey.state.snapshot)
            yield Coming(at=due.at, what=self.what(deed), reason=reason)

    def refused(self) -> Iterator[NotTaken]:
        for note in self.journey.state.refused:
            text = words.problem(note.problem, note.args, self.lang, self.names)
            yield NotTaken(at=note.at, fact=note.fact, kind=note.kind, reason=text)
        for fact in self.journey.facts:
            if isinstance(fact, f.Disregarded):
                text = words.problem(fact.problem, {}, self.lang, self.names)
                yield NotTaken(at=fact.at, fact=fact.about, kind=fact.kind, reason=text)

    def adjustments(self) -> Iterator[AdjustmentNow]:
        state = self.journey.state
        begun = {fact.step.key: fact for fact in self.journey.facts if isinstance(fact, f.EffectBegun)}
        for paid in state.paid.values():
            back = begun.get(paid.reversed_by)
            yield AdjustmentNow(
                adjustment=adjustment(state, paid),
                basis=self.reason(paid.line.why, self.under[begun[paid.effect].id]),
                taken_back=None if back is None else self.reason(back.step.why, self.under[back.id]),
            )

    def what(self, deed: Deed) -> str:
        return words.deed(deed.key, deed.args, self.lang, self.names)

    def reason(self, why: Why, snapshot: Snapshot | None, said: str = "") -> Reason:
        return Reason(
            sentence=said or words.reason(why, self.lang, self.names),
            rule=why.rule,
            policy=_ref(snapshot),
            path=why.policy_path,
            file=snapshot.file if snapshot else "",
            line=_line(snapshot, why.policy_path) if snapshot else 0,
            facts=why.facts,
        )
