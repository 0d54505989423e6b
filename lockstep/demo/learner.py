"""A scripted learner: speaks to their own workflow as a portal would, and lets virtual days pass.

The dev server's own time skipping moves the hire's clock; every activity on the way runs for real.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.service import RPCError
from temporalio.testing import TimeSkipper

from lockstep.core.progress import Progress, TrackProgress
from lockstep.core.state import Status
from workflows.onboarding import OnboardingWorkflow

_OPEN = (Status.LEARNING, Status.EXAM)
_PROOF = "active_challenge"


@dataclass
class Learner:
    """One hire, driven from outside."""

    client: Client
    skipper: TimeSkipper
    workflow_id: str
    life: str
    note: str = "signed"
    seen: Progress | None = None
    clock: datetime | None = None
    over: bool = False
    _sent: int = field(default=0, repr=False)

    @property
    def handle(self) -> WorkflowHandle[Any, Any]:
        """The workflow."""
        return self.client.get_workflow_handle(self.workflow_id)

    async def look(self) -> Progress:
        """Ask where I stand."""
        self.seen = await self.handle.query(OnboardingWorkflow.progress)
        return self.seen

    async def days(self, number: float, note: str = "") -> None:
        """Let so many days pass; reminders, deadlines and pay days come as they fall due."""
        self.note = note or self.note
        if not self.over:
            self.over = not await self.skipper.fast_forward(self.handle, timedelta(days=number))
        if not self.over:
            self.clock = await self.skipper.get_current_time(self.handle)
        await self.look()

    async def tell(self, signal: str, **facts: object) -> None:
        """State a fact, as another system would."""
        self._sent += 1
        self.note = signal
        await self.handle.signal(signal, {"event_id": f"{self.life}-{self._sent}", **facts})

    async def ask(self, update: str, **request: object) -> dict[str, Any] | None:
        """Ask for something; None when it is refused, with the reason in the note."""
        try:
            answer: dict[str, Any] = await self.handle.execute_update(update, request)
        except WorkflowUpdateFailedError as refused:
            self.note = f"{update}: {getattr(refused.cause, 'message', refused.cause)}"
            return None
        except RPCError:
            self.over = True
            return None
        return answer

    async def todo(self) -> list[TrackProgress]:
        """The courses I can do something about now."""
        now = await self.look()
        return [] if now.closed else [track for track in now.tracks if track.status in _OPEN]

    async def learn(self, track: TrackProgress) -> None:
        """Learn a course to its end, if that is what it waits for."""
        if track.status is Status.LEARNING:
            await self.tell("course_completed", course=track.course)

    async def sit(self, course: str, score: int, sections: tuple[str, ...] = ()) -> bool:
        """Sit the exam; False when it may not be opened now."""
        sitting = await self.ask("open_exam", course=course, assurance=_PROOF)
        if sitting is None:
            return False
        result = await self.ask(
            "submit_exam", course=course, attempt=sitting["attempt"], score=score, failed_sections=sections
        )
        self.note = f"{course}: {score}"
        return bool(result and result["passed"])

    async def study(self, score: int, *, most: int = 99) -> int:
        """Learn and sit whatever is open, at most so many courses. Returns how many were tried."""
        tracks = (await self.todo())[:most]
        for track in tracks:
            await self.learn(track)
            if (await self.look()).tracks and await self._wants_exam(track.course):
                await self.sit(track.course, score)
        await self.look()
        return len(tracks)

    async def _wants_exam(self, course: str) -> bool:
        now = await self.look()
        return any(t.course == course and t.status is Status.EXAM for t in now.tracks)

    async def study_on(self, score: int, *, a_day: int = 2, days: int = 25) -> None:
        """Study day after day until nothing is open."""
        for _ in range(days):
            if self.over or not await self.study(score, most=a_day):
                return
            await self.days(1)
