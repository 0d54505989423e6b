"""How fast core decides, in one process without Temporal.

A decision is one call of `next_step(journey, now)`. The calls measured are the very ones a hire's happy path
makes, in their order, over and over. What makes a decision cheap is that `advance` prepares the agenda after
each fact: so the facts a second are measured too, or the first figure would hide the work.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.calendar import start_of
from lockstep.core.hire import Hire
from lockstep.core.journey import Journey, advance, begin, next_step
from lockstep.core.policy.parts import Assurance
from lockstep.core.policy.policy import Snapshot

_ARRIVES_AT = timedelta(hours=10)
_ROUNDS = 5


@dataclass(frozen=True)
class Pace:
    """Calls of `next_step` a second, and facts taken in by `advance` a second."""

    decisions_per_s: float
    facts_per_s: float


class Life:
    """One hire's happy path through core alone, with an outside that does at once whatever it is asked."""

    def __init__(self, snapshot: Snapshot, signed_at: datetime, hire: Hire) -> None:
        self._snapshot = snapshot
        self._now = signed_at
        self._journey = begin(hire, signed_at)
        self.asked: list[tuple[Journey, datetime]] = []
        self.told: list[tuple[Journey, f.Known]] = []

    def to_the_end(self) -> "Life":
        """Sign, learn and pass every course on the first day, be settled."""
        self._live_until(start_of(self._journey.record.hire.first_day, self._journey.record.hire.tz))
        self._live_until(self._now + _ARRIVES_AT)
        for course in self._snapshot.policy.courses:
            self._take(f.CourseCompleted, id=f"lms-{course.id}", course=course.id)
            self._take(f.ExamOpened, id=f"opened-{course.id}", course=course.id, assurance=self._assurance)
            self._take(f.ExamGraded, id=f"graded-{course.id}", course=course.id, attempt=1, score=95)
        self._live_until(None)
        return self

    @property
    def outcome(self) -> str:
        """How it ended, "" if it did not."""
        return self._journey.state.closed

    @property
    def _assurance(self) -> Assurance:
        exam = self._snapshot.policy.identity.exam
        return exam.level if exam else Assurance.NONE

    def _live_until(self, until: datetime | None) -> None:
        while not self.outcome:
            self.asked.append((self._journey, self._now))
            step = next_step(self._journey, self._now)
            if not isinstance(step, s.WaitUntil):
                self._do(step)
            elif step.at is None or (until is not None and step.at > until):
                break
            else:
                self._now = step.at
        self._now = until or self._now

    def _do(self, step: s.Step) -> None:
        match step:
            case s.GateStep():
                self._take(f.GateMoved, id=f"gate/{len(self._journey.facts)}", step=step)
            case s.Close(reason=reason):
                self._take(f.Closed, id="closed", reason=reason)
            case s.WaitUntil() | s.ExpireAttempt() | s.Reopen():
                raise RuntimeError(f"{step} is not on a happy path")
            case _:
                self._take(f.EffectBegun, id=f"begun/{step.key}", step=step)
                self._take(f.EffectEnded, id=f"ended/{step.key}", key=step.key, outcome=f.EffectOutcome.DONE)
                if isinstance(step, s.MakePlan):
                    made = {"cause": step.cause, "snapshot": self._snapshot}
                    self._take(f.PlanMade, id=f"made/{step.key}", **made)

    def _take(self, kind: type[f.Known], **fields: Any) -> None:  # noqa: ANN401 - each kind has its own
        fact = kind.model_validate({"at": self._journey.stamp(self._now), **fields})
        self.told.append((self._journey, fact))
        self._journey = advance(self._journey, fact)


def pace(snapshot: Snapshot, signed_at: datetime, hire: Hire, seconds: float) -> Pace:
    """Measure both for so many seconds each: the median of five rounds."""
    life = Life(snapshot, signed_at, hire).to_the_end()
    if not life.outcome:
        raise RuntimeError("The happy path did not end: there is nothing to measure")

    def decide() -> int:
        for journey, now in life.asked:
            next_step(journey, now)
        return len(life.asked)

    def take_in() -> int:
        for journey, fact in life.told:
            advance(journey, fact)
        return len(life.told)

    return Pace(_rate(decide, seconds), _rate(take_in, seconds))


def _rate(batch: Callable[[], int], seconds: float) -> float:
    rates = []
    for _ in range(_ROUNDS):
        calls, began = 0, time.perf_counter()
        while (took := time.perf_counter() - began) < seconds / _ROUNDS:
            calls += batch()
        rates.append(calls / took)
    return median(rates)
