"""A hire's diary: what a test writes down, day by day, in the words of the policy."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from temporalio.client import WorkflowHandle, WorkflowUpdateFailedError
from temporalio.exceptions import ApplicationError

from lockstep.core.explain import Explanation
from lockstep.core.progress import Progress, TrackProgress
from tests.support.world import MONDAY, Sent, World, eventually
from workflows import ids
from workflows.onboarding import OnboardingWorkflow

PROOF = "active_challenge"
Contract = dict[str, Any]


@dataclass
class NewHire:
    """One hire, spoken to from outside like an LMS, a portal and HR's system would."""

    world: World
    employee_id: str
    handle: WorkflowHandle[Any, Any]
    first_day: date
    tz: str
    _events: int = field(default=0, repr=False)

    async def day(self, number: int, at: str = "12:00") -> None:
        """Let time pass until that day of the onboarding (1 is the first one at work)."""
        await self.until(self.first_day + timedelta(days=number - 1), at)

    async def until(self, day: date | str, at: str = "12:00", *, settled: bool = True) -> None:
        """Let time pass until a local date and hour, and what is begun there come to its end."""
        day = date.fromisoformat(day) if isinstance(day, str) else day
        then = datetime.combine(day, time.fromisoformat(at), ZoneInfo(self.tz))
        now = await self.world.clock.now(self.handle)
        assert then > now, f"{then} is over: it is {now.astimezone(ZoneInfo(self.tz))}"
        await self.world.clock.sleep(self.handle, then - now)
        if settled:
            await self.settled()

    async def settled(self) -> None:
        """Wait until nothing outside is under way."""

        async def quiet() -> bool:
            outside = (await self.progress()).outside
            return all(effect.outcome != "under_way" for effect in outside)

        await eventually(quiet)

    async def has_a_plan(self) -> None:
        """Wait until the policy is chosen."""

        async def planned() -> bool:
            return (await self.progress()).stage != "planning"

        await eventually(planned)

    async def tells(self, signal: str, event_id: str = "", **facts: Any) -> None:
        """A fact from another system."""
        self._events += 1
        await self.handle.signal(signal, {"event_id": event_id or f"event-{self._events}", **facts})

    async def asks(self, update: str, **request: Any) -> dict[str, Any]:
        """A request, granted."""
        answer: dict[str, Any] = await self.handle.execute_update(update, request)
        return answer

    async def refused(self, update: str, **request: Any) -> tuple[str, str]:
        """A request, refused: its type and its sentence."""
        try:
            answer = await self.handle.execute_update(update, request)
        except WorkflowUpdateFailedError as error:
            cause = error.cause
            assert isinstance(cause, ApplicationError), cause
            return str(cause.type), cause.message
        raise AssertionError(f"{update} was granted: {answer}")

    async def learns(self, *courses: str) -> None:
        """Learns courses to their end."""
        for course in courses:
            await self.tells("course_completed", course=course)

    async def sits(self, course: str, score: float, failed: tuple[str, ...] = ()) -> dict[str, Any]:
        """Sits an exam; the result."""
        sitting = await self.asks("open_exam", course=course, assurance=PROOF)
        return await self.asks(
            "submit_exam",
            course=course,
            attempt=sitting["attempt"],
            score=score,
            failed_sections=failed,
        )

    async def passes(self, *courses: str, score: float = 85) -> None:
        """Learns and passes courses."""
        for course in courses:
            await self.learns(course)
            result = await self.sits(course, score)
            assert result["passed"], result

    async def progress(self) -> Progress:
        """Where the hire stands."""
        shown: Progress = await self.handle.query(OnboardingWorkflow.progress)
        return shown

    async def explanation(self, lang: str = "zh") -> Explanation:
        """Why."""
        why: Explanation = await self.handle.query("explanation", {"lang": lang}, result_type=Explanation)
        return why

    async def track(self, course: str) -> TrackProgress:
        """One course of the progress."""
        return next(track for track in (await self.progress()).tracks if track.course == course)

    async def statuses(self) -> Mapping[str, str]:
        """Every course and its status."""
        return {track.course: str(track.status) for track in (await self.progress()).tracks}

    async def gates(self) -> Mapping[str, bool]:
        """Every stage and whether it is open."""
        return {gate.stage: gate.open_since is not None for gate in (await self.progress()).gates}

    async def problems(self) -> list[tuple[str, str]]:
        """Facts that did not count, with the reason."""
        return [(refused.fact, refused.problem) for refused in (await self.progress()).refused]

    async def ended(self) -> str:
        """The outcome of the journey, once it is over; time does not move for it."""
        shown = await self.progress()
        assert shown.closed, "the journey goes on"
        return shown.closed

    def sent(self, *events: str) -> list[Sent]:
        """The messages about this hire, only those `events` if any are named."""
        return [sent for sent in self.world.sent(self.handle.id) if not events or sent.event in events]

    def events(self) -> list[str]:
        """What was said, in order: the days are left to `sent`."""
        return [sent.event for sent in self.sent()]

    def log(self, *events: str) -> list[str]:
        """The same with day, hour, channel and reader: "03-08 09:00 wecom E1 remind"."""
        return [f"{self.local(s.at)} {s.channel} {s.to} {s.event}" for s in self.sent(*events)]

    async def columns(self) -> dict[str, Any]:
        """The hire's row in the Temporal UI's list, as the workflow has written it."""
        row: dict[str, Any] = {}
        for event in (await self.handle.fetch_history()).events:
            written = event.upsert_workflow_search_attributes_event_attributes.search_attributes
            for name, payload in written.indexed_fields.items():
                row[name] = json.loads(payload.data) if payload.data else None
        return row

    async def decisions(self, *rules: str) -> list[str]:
        """What was decided and why ("03-09 12:00 放行“试用期考核”: ..."), only by those `rules` if named."""
        return [
            f"{self.local(made.at)} {made.what}: {made.reason.sentence}"
            for made in (await self.explanation()).decisions
            if not rules or made.reason.rule in rules
        ]

    def local(self, at: datetime) -> str:
        """A time as the hire's watch shows it."""
        return at.astimezone(ZoneInfo(self.tz)).strftime("%m-%d %H:%M")

    def booked(self) -> list[tuple[str, str, int]]:
        """Ledger entries: (rule, month, fen)."""
        return [(rule, month, fen) for rule, month, fen, _ in self.world.booked(self.employee_id)]

    def marks(self) -> list[tuple[str, str]]:
        """Attendance marks: (day, mark)."""
        return [(day.strftime("%m-%d"), mark) for day, mark in self.world.marks(self.employee_id)]


def contract(world: World, post: str, *, on: date = MONDAY, employee_id: str = "", **given: Any) -> Contract:
    """What HR's system sends when somebody has signed."""
    employee_id = employee_id or world.newcomer()
    fields = {"employee_id": employee_id, "entity": "ACME", "post": post, "hire_date": str(on), **given}
    return {"event_id": "contract-1", **fields}


def newcomer(world: World, signed: Contract) -> NewHire:
    """The hire of a contract, before anything was sent."""
    workflow_id = f"onboarding/{signed['entity']}/{signed['employee_id']}/{signed['hire_date']}"
    first = date.fromisoformat(signed.get("start_date") or signed["hire_date"])
    zone = signed.get("tz", "Asia/Shanghai")
    return NewHire(world, signed["employee_id"], world.handle(workflow_id), first, zone)


async def begun(world: World, workflow_id: str, signal: str, *arguments: Any, carried: Any = None) -> None:
    """Signal with start."""
    await world.client.start_workflow(
        "OnboardingWorkflow",
        *([] if carried is None else [carried]),
        id=workflow_id,
        task_queue=ids.TASK_QUEUE,
        start_signal=signal,
        start_signal_args=arguments,
    )


async def hired(
    world: World, post: str, *, planned: bool = True, carried: Any = None, **given: Any
) -> NewHire:
    """Somebody signed a contract for ACME, by default from Monday on, and has a plan."""
    signed = contract(world, post, **given)
    hire = newcomer(world, signed)
    await begun(world, hire.handle.id, "hired", signed, carried=carried)
    if planned:
        await hire.has_a_plan()
    return hire
