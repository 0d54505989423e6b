"""A shell for tests: lives through a journey like the workflow does, with an outside that answers at once."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, Self, assert_never
from zoneinfo import ZoneInfo

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.hire import Hire
from lockstep.core.journey import Journey, advance, begin, next_step
from lockstep.core.policy.policy import Snapshot
from lockstep.core.state import State, Status, Track

TICK = timedelta(microseconds=1)
MOST_STEPS_AT_ONCE = 500

Answer = Callable[[s.Effect], f.EffectOutcome | None]


def done(_: s.Effect) -> f.EffectOutcome | None:
    """The outside does whatever it is asked."""
    return f.EffectOutcome.DONE


class Livelock(AssertionError):  # noqa: N818 - what happened, not an error of ours
    """Steps without end while time stands still."""


class Diary:
    """One hire's days. Times are local, as "2026-11-02 09:00" or "2026-11-02"."""

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        opened: str = "2026-11-02 09:00",
        answer: Answer = done,
        credits_: tuple[f.Credit, ...] = (),
        **hire: Any,
    ) -> None:
        fields = {"employee_id": "E1", "entity": "A", "post": "dev", "hire_date": date(2026, 11, 2), **hire}
        self.hire = Hire(**fields)
        self.now = self.local(opened)
        self.journey: Journey = begin(self.hire, self.now)
        self.snapshot, self.credits, self.answer = snapshot, credits_, answer
        self.steps: list[tuple[datetime, s.Step]] = []
        self.told = 0
        self.settle()

    def local(self, when: str | datetime) -> datetime:
        if isinstance(when, datetime):
            return when
        return datetime.fromisoformat(when).replace(tzinfo=ZoneInfo(self.hire.tz))

    @property
    def state(self) -> State:
        return self.journey.state

    def track(self, course: str) -> Track:
        return self.state.tracks[course]

    def settle(self) -> Self:
        """Do everything that is due now."""
        for _ in range(MOST_STEPS_AT_ONCE):
            step = next_step(self.journey, self.now)
            if isinstance(step, s.WaitUntil):
                return self
            self.do(step)
        raise Livelock(f"more than {MOST_STEPS_AT_ONCE} steps at {self.now}: {self.steps[-3:]}")

    def at(self, when: str | datetime) -> Self:
        """Live on until then, doing what falls due on the way."""
        until = self.local(when)
        while self.now < until:
            step = next_step(self.journey, self.now)
            assert isinstance(step, s.WaitUntil), f"settled before: {step}"
            assert step.at is None or step.at > self.now, "a wait leads into the future"
            self.now = until if step.at is None else min(step.at, until)
            self.settle()
        return self

    def later(self, **span: float) -> Self:
        return self.at(self.now + timedelta(**span))

    def do(self, step: s.Step) -> None:
        """What the workflow does with a step."""
        self.steps.append((self.now, step))
        at, count = self.journey.stamp(self.now), len(self.journey.facts)
        match step:
            case s.WaitUntil():
                raise AssertionError("waiting is not done")
            case s.GateStep():
                self.take(f.GateMoved(id=f"gate/{count}", at=at, step=step))
            case s.ExpireAttempt(course=course, attempt=attempt):
                self.take(f.AttemptExpired(id=f"expired/{count}", at=at, course=course, attempt=attempt))
            case s.Reopen(course=course, cause=cause):
                self.take(f.Reopened(id=f"reopened/{count}", at=at, course=course, cause=cause))
            case s.Close(reason=reason):
                self.take(f.Closed(id="closed", at=at, reason=reason))
            case s.MakePlan():
                self.begin(step)
                self.end(step.key, f.EffectOutcome.DONE)
                self.plan(step)
            case (
                s.Remind() | s.Escalate() | s.AskDecision() | s.Notify() | s.IssueCertificate()
                | s.FileRecord() | s.MarkAttendance() | s.Settle() | s.Reverse()
            ):  # fmt: skip
                self.begin(step)
                outcome = self.answer(step)
                if outcome is not None:
                    self.end(step.key, outcome)
            case unreachable:
                assert_never(unreachable)

    def begin(self, step: s.Effect) -> None:
        self.take(f.EffectBegun(id=f"begun/{step.key}", at=self.journey.stamp(self.now), step=step))

    def end(self, key: str, outcome: f.EffectOutcome = f.EffectOutcome.DONE, ref: str = "") -> None:
        at = self.journey.stamp(self.now)
        self.take(f.EffectEnded(id=f"ended/{key}", at=at, key=key, outcome=outcome, ref=ref))

    def plan(self, step: s.MakePlan) -> None:
        at = step.since if step.cause == "hired" else step.since + TICK
        cause = f.PlanCause(step.cause)
        made = f.PlanMade(
            id=f"made/{step.key}", at=at, cause=cause, snapshot=self.snapshot, credits=self.credits
        )
        self.take(made)

    def take(self, fact: f.Known) -> None:
        self.journey = advance(self.journey, fact)

    def tell(self, kind: type[f.Fact], *, at: str | datetime | None = None, **fields: Any) -> Self:
        """Something happens now (or happened at `at`, and is told only now)."""
        self.told += 1
        when = self.journey.stamp(self.now) if at is None else self.local(at)
        fact = kind.model_validate({"id": f"told/{self.told}", "at": when, **fields})
        self.take(fact)  # type: ignore[arg-type]  # every kind told is a Known
        return self.settle()

    def adopt(self, snapshot: Snapshot) -> Self:
        return self.tell(f.PlanMade, cause="adopted", snapshot=snapshot)

    def transfer(self, post: str, snapshot: Snapshot, **fields: Any) -> Self:
        self.snapshot = snapshot
        return self.tell(f.Transferred, post=post, **fields)

    def learns(self, course: str) -> Self:
        return self.tell(f.CourseCompleted, course=course)

    def opens(self, course: str) -> Self:
        return self.tell(f.ExamOpened, course=course)

    def scores(self, course: str, score: float, **fields: Any) -> Self:
        """Learns if need be, sits the exam and is graded."""
        if self.track(course).status is Status.LEARNING:
            self.learns(course)
        self.opens(course)
        number = self.track(course).attempts[-1].number
        return self.tell(f.ExamGraded, course=course, score=score, attempt=number, **fields)

    def passes(self, *courses: str, score: float = 95) -> Self:
        for course in courses:
            self.scores(course, score)
        return self

    def waives(self, course: str, by: str = "H1", role: str = "hr") -> Self:
        return self.tell(f.Waived, course=course, by={"id": by, "role": role}, reason="knows it")

    def grants(self, course: str, by: str = "H1", role: str = "hr") -> Self:
        return self.tell(f.AttemptGranted, course=course, by={"id": by, "role": role}, reason="fair")

    def appeals(self, course: str, name: str = "AP1") -> Self:
        return self.tell(f.Appealed, course=course, appeal=name, reason="unfair")

    def judges(self, name: str = "AP1", by: str = "H1", role: str = "hr", **fields: Any) -> Self:
        return self.tell(f.AppealDecided, appeal=name, by={"id": by, "role": role}, reason="seen", **fields)

    def answers(self, question: str, outcome: str, role: str = "hr", **fields: Any) -> Self:
        by = {"id": "H1", "role": role}
        return self.tell(f.Decided, question=question, outcome=outcome, by=by, reason="so be it", **fields)

    def leaves_for(self, name: str = "leave") -> Self:
        return self.tell(f.LeaveStarted, leave=name)

    def returns(self, name: str = "leave") -> Self:
        return self.tell(f.LeaveEnded, leave=name)

    @property
    def problem(self) -> str:
        """Why the last fact told did not count, "" when it did."""
        last = self.state.refused[-1] if self.state.refused else None
        return last.problem if last is not None and last.fact == f"told/{self.told}" else ""

    def keys(self, prefix: str = "") -> list[str]:
        """The effects begun, in order."""
        return [key for key in self.state.effects if key.startswith(prefix)]

    def done(self, kind: type[s.Step]) -> list[Any]:
        """The steps of a kind that were done, in order."""
        return [step for _, step in self.steps if isinstance(step, kind)]

    def when(self, kind: type[s.Step]) -> list[str]:
        """The local times at which steps of a kind were done."""
        zone = ZoneInfo(self.hire.tz)
        return [f"{at.astimezone(zone):%Y-%m-%d %H:%M}" for at, step in self.steps if isinstance(step, kind)]

    def day(self, at: datetime | None) -> str:
        """An instant as local time, "" for none."""
        return "" if at is None else f"{at.astimezone(ZoneInfo(self.hire.tz)):%Y-%m-%d %H:%M}"
