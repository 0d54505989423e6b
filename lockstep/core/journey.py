"""The journey of one hire: its facts, what they amount to, and what to do next. Pure.

begin ──► advance(journey, fact) ──► next_step(journey, now) ──► the shell does it ──► a new fact ──► ...
"""

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from lockstep.core.agenda import agenda
from lockstep.core.apply import apply
from lockstep.core.base import Frozen, Why
from lockstep.core.due import Due
from lockstep.core.facts import AnyFact, Disregarded, Known
from lockstep.core.hire import Hire
from lockstep.core.refusal import refusal
from lockstep.core.state import Refused, State, initial
from lockstep.core.steps import Step, WaitUntil

_TICK = timedelta(microseconds=1)
_NOTHING = WaitUntil(at=None, why=Why(rule="nothing_due"))
_ORDER = {"plan_made": 0, "course_completed": 1, "exam_opened": 2, "exam_graded": 3}


class Record(Frozen):
    """A journey as it is carried from run to run: the hire and the facts. Everything else is derived."""

    hire: Hire
    opened_at: datetime
    facts: tuple[AnyFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Journey:
    """One hire's whole path."""

    record: Record
    state: State
    agenda: tuple[Due, ...]

    @property
    def facts(self) -> tuple[Known, ...]:
        """All facts in the order they happened."""
        return self.record.facts

    def knows(self, fact_id: str) -> bool:
        """Whether a fact of that id was taken in."""
        return any(fact.id == fact_id for fact in self.facts)

    def stamp(self, now: datetime) -> datetime:
        """An instant for a fact that happens now: after every fact there is."""
        return max(now, self.state.at + _TICK)


def begin(hire: Hire, opened_at: datetime) -> Journey:
    """The journey of a hire nothing has happened to yet."""
    return restore(Record(hire=hire, opened_at=opened_at))


def restore(record: Record) -> Journey:
    """The journey a record tells of."""
    state = initial(record.hire, record.opened_at)
    for fact in record.facts:
        state = _fold(state, fact)
    return Journey(record, state, agenda(state))


def advance(journey: Journey, fact: Known) -> Journey:
    """Take a fact in. A fact known already changes nothing; one that happened earlier is put in its place."""
    known = next((f for f in journey.facts if f.id == fact.id), None)
    if known is not None:
        return journey if known == fact else _disregard(journey, fact)
    facts = journey.facts
    place = bisect_right(facts, _order(fact), key=_order)
    record = journey.record.model_copy(update={"facts": (*facts[:place], fact, *facts[place:])})
    if place < len(facts):
        return restore(record)
    state = _fold(journey.state, fact)
    return Journey(record, state, agenda(state))


def next_step(journey: Journey, now: datetime) -> Step:
    """The first thing that is due at `now`, else how long to wait for the next one."""
    now = max(now, journey.state.at)  # facts of one instant are stamped a tick apart
    wait: Due | None = None
    for due in journey.agenda:
        at = due.at if due.at > now else due.allowed(now)
        if at is not None and at <= now:
            return due.step
        if at is not None and (wait is None or at < wait.at):
            wait = due if at == due.at else due.moved(at)
    return _NOTHING if wait is None else WaitUntil(at=wait.at, why=wait.step.why)


def _disregard(journey: Journey, fact: Known) -> Journey:
    """Remember that an id came back with other content: the first one counts."""
    if any(isinstance(note, Disregarded) and note.about == fact.id for note in journey.facts):
        return journey
    number = next(n for n in count(len(journey.facts)) if not journey.knows(f"conflict/{n}"))
    note = Disregarded(
        id=f"conflict/{number}",
        at=journey.stamp(journey.state.at),
        about=fact.id,
        problem="same_id_other_content",
    )
    return advance(journey, note)


def _order(fact: Known) -> tuple[datetime, int, str]:
    return fact.at, _ORDER.get(fact.kind, 9), fact.id


def _fold(state: State, fact: Known) -> State:
    refused = refusal(state, fact)
    state = replace(state, at=max(state.at, fact.at))
    if refused is None:
        return apply(state, fact)
    note = Refused(fact.id, fact.kind, refused.problem, refused.args, fact.at)
    return replace(state, refused=(*state.refused, note))
