"""One hire's happy path, driven from outside as an LMS and a portal would; the same calls for both sides."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from temporalio.client import Client, WorkflowHandle
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from lockstep.core.calendar import next_working, start_of
from lockstep.core.hire import Hire
from lockstep.core.policy.parts import Assurance
from lockstep.core.policy.policy import Snapshot
from workflows import ids

_ARRIVES_AT = timedelta(hours=10)
_UNTIL_SETTLED = timedelta(days=60)
_TZ = "Asia/Shanghai"
_SCORE = 95


@dataclass(frozen=True)
class Side:
    """Who is asked: a workflow and its task queue."""

    workflow: str
    queue: str


@dataclass(frozen=True)
class Road:
    """What the driver does for each hire; virtual days are skipped by the dev server itself."""

    client: Client
    snapshot: Snapshot
    first_day: date
    assurance: Assurance

    @classmethod
    def of(cls, client: Client, snapshot: Snapshot, now: datetime) -> "Road":
        """The road of hires who sign now and begin on the next working day."""
        day = next_working(snapshot.calendar, (now + timedelta(days=1)).date())
        assert day is not None, "nobody is on leave"  # noqa: S101
        exam = snapshot.policy.identity.exam
        return cls(client, snapshot, day, exam.level if exam else Assurance.NONE)

    def hire(self, number: str) -> Hire:
        """Who begins on the first day at the first post of the policy."""
        post = self.snapshot.policy.selects.posts[0]
        return Hire(employee_id=number, entity="bench", post=post, hire_date=self.first_day)

    async def sign(self, side: Side, number: str) -> WorkflowHandle[Any, Any]:
        """The contract is signed: the workflow starts with its first signal."""
        hire = self.hire(number)
        return await self._skipper.client.start_workflow(
            side.workflow,
            id=f"{side.queue}/{ids.onboarding(hire)}"
            if side.queue != ids.TASK_QUEUE
            else ids.onboarding(hire),
            task_queue=side.queue,
            start_signal="hired",
            start_signal_args=[hire.model_dump(mode="json", exclude_defaults=True) | {"event_id": "hired"}],
        )

    async def travel(self, side: Side, number: str) -> WorkflowHandle[Any, Any]:
        """From signature to the end: learn and pass every course on the first day, then be settled."""
        handle = await self.sign(side, number)
        arrives = start_of(self.first_day, _TZ) + _ARRIVES_AT
        await self._skipper.fast_forward(handle, arrives - datetime.now(arrives.tzinfo))
        for course in self.snapshot.policy.courses:
            await self.learn(handle, course.id)
        if await self._skipper.fast_forward(handle, _UNTIL_SETTLED):
            raise RuntimeError(f"{handle.id} is not over after {_UNTIL_SETTLED.days} days")
        return handle

    async def learn(self, handle: WorkflowHandle[Any, Any], course: str) -> None:
        """One course: learned, examined, passed."""
        await handle.signal("course_completed", {"event_id": f"lms-{course}", "course": course})
        await handle.execute_update("open_exam", {"course": course, "assurance": self.assurance})
        await handle.execute_update("submit_exam", {"course": course, "attempt": 1, "score": _SCORE})

    @property
    def _skipper(self) -> TimeSkipper:
        return TimeSkipper(self.client, config=TimeSkippingConfig(enabled=False))
