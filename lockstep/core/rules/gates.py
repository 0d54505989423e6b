"""流程锁: a gate opens when all it requires is earned, and shuts when that no longer holds."""

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from itertools import takewhile

from lockstep.core.base import Why
from lockstep.core.due import Due
from lockstep.core.plan import courses_of
from lockstep.core.policy.courses import Stage
from lockstep.core.state import EarnedBy, State
from lockstep.core.steps import GateStep

_NEVER = datetime.max.replace(tzinfo=UTC)


def missing(state: State, stage: Stage) -> tuple[str, ...]:
    """What a stage still lacks at `state.at`: course and choice ids, "hours:<level>", "stage:<earlier>"."""
    open_items = [r for r in stage.requires if _lapse(state, r) is None]
    open_hours = [f"hours:{level}" for level, n in stage.hours.items() if hours(state, level) < n]
    return (*open_items, *open_hours, *(f"stage:{s}" for s in _earlier(state, stage) if s not in state.gates))


def hours(state: State, level: str) -> Decimal:
    """Training hours on the ledger for a level: of courses really learned, never of waived ones."""
    learned = (EarnedBy.PASS, EarnedBy.CREDIT)
    return sum(
        (t.course.hours for t in state.tracks.values() if t.course.level == level and t.earned_by in learned),
        Decimal(0),
    )


def gate_steps(state: State) -> Iterator[Due]:
    """Open what is earned; shut what is not, or the moment it lapses."""
    for stage in state.policy.stages:
        open_items = missing(state, stage)
        if stage.id not in state.gates:
            if not open_items:
                yield Due(state.at, GateStep(stage=stage.id, opens=True, why=_earned(state, stage)))
            continue
        own = [item for item in open_items if not item.startswith("stage:")]
        if own:
            yield Due(state.at, GateStep(stage=stage.id, opens=False, why=_lost(stage, own)))
        else:
            lapsing = min(((_lapse(state, r) or _NEVER, r) for r in stage.requires), default=(_NEVER, ""))
            if lapsing[0] < _NEVER:
                step = GateStep(stage=stage.id, opens=False, why=_lost(stage, [lapsing[1]]))
                yield Due(lapsing[0], step)


def _lapse(state: State, required: str) -> datetime | None:
    """Until when a required course or choice is earned (`_NEVER`: for good); None: it is not."""
    choice = state.policy.choice_by_id.get(required)
    courses, needed = (choice.courses, choice.any_of) if choice else ((required,), 1)
    ends = sorted(
        (state.tracks[c].valid_until or _NEVER for c in courses if state.tracks[c].holds(state.at)),
        reverse=True,
    )
    return ends[needed - 1] if len(ends) >= needed else None


def _earlier(state: State, stage: Stage) -> Iterator[str]:
    ids = (other.id for other in state.policy.stages)
    return takewhile(lambda name: name != stage.id, ids)


def _earned(state: State, stage: Stage) -> Why:
    facts = tuple(f for c in courses_of(state.policy, stage) for f in state.tracks[c].rests_on[-1:])
    return Why(rule="all_earned", policy_path=f"stages.{stage.id}", facts=facts, args={"stage": stage.id})


def _lost(stage: Stage, items: list[str]) -> Why:
    args = {"stage": stage.id, "missing": ", ".join(items)}
    return Why(rule="no_longer_earned", policy_path=f"stages.{stage.id}", args=args)
