"""Hires who live through whatever happens: each question is repeated until somebody answers it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from temporalio.client import WorkflowExecutionStatus, WorkflowUpdateRPCTimeoutOrCancelledError
from temporalio.service import RPCError

from lockstep.core.progress import Progress
from tests.support.world import SALARY_FEN, World, eventually
from tests.support.world_diary import NewHire, begun, contract
from workflows.onboarding import OnboardingWorkflow

Answer = TypeVar("Answer")
COURSES = ("culture", "manners", "skills")
_PATIENCE = 120.0
_ONE_TRY = 40.0


async def insist(ask: Callable[[], Awaitable[Answer]]) -> Answer:
    """Ask again until there is an answer, as every system that must be sure does."""
    deadline = asyncio.get_running_loop().time() + _PATIENCE
    while True:
        try:
            return await asyncio.wait_for(ask(), _ONE_TRY)
        except (RPCError, WorkflowUpdateRPCTimeoutOrCancelledError, TimeoutError):
            if asyncio.get_running_loop().time() > deadline:
                raise
            await asyncio.sleep(0.2)


class Steadfast(NewHire):
    """A hire whose portal repeats every request under the same id."""

    _requests = count(1)

    async def tells(self, signal: str, event_id: str = "", **facts: Any) -> None:
        self._events += 1
        fact = {"event_id": event_id or f"event-{self._events}", **facts}
        await insist(lambda: self.handle.signal(signal, fact))

    async def asks(self, update: str, **request: Any) -> dict[str, Any]:
        name = f"{update}-{next(self._requests)}"
        return dict(await insist(lambda: self.handle.execute_update(update, request, id=name)))

    async def progress(self) -> Progress:
        shown: Progress = await insist(lambda: self.handle.query(OnboardingWorkflow.progress))
        return shown

    async def until(self, day: date | str, at: str = "12:00", *, settled: bool = True) -> None:
        assert isinstance(day, date)
        then = datetime.combine(day, time.fromisoformat(at), ZoneInfo(self.tz))

        async def there() -> None:
            now = await self.world.clock.now(self.handle)
            if now < then and not await self._is_over():
                await self.world.clock.sleep(self.handle, then - now)

        await insist(there)
        if settled:
            await self.settled()

    async def day_by_day(self, last: int) -> None:
        """Let time pass until that day, at noon of each day waiting for what was begun in it.

        The server's virtual clock does not wait for an activity that is to be tried again.
        """
        now = (await insist(lambda: self.world.clock.now(self.handle))).astimezone(ZoneInfo(self.tz))
        for number in range((now.date() - self.first_day).days + 2, last + 1):
            await self.day(number)

    async def _is_over(self) -> bool:
        return (await self.handle.describe()).status is not WorkflowExecutionStatus.RUNNING

    async def settled(self) -> None:
        async def quiet() -> bool:
            return all(effect.outcome != "under_way" for effect in (await self.progress()).outside)

        await eventually(quiet, within=_PATIENCE)

    async def planned(self) -> None:
        """Wait until there is a plan."""

        async def is_planned() -> bool:
            return (await self.progress()).stage != "planning"

        await eventually(is_planned, within=_PATIENCE)


def first_day() -> date:
    """A Monday that is not here yet: all that counts happens from then on, on every run at the same time."""
    today = datetime.now(UTC).date() + timedelta(days=2)
    return today + timedelta(days=-today.weekday() % 7)


async def diligent(hire: Steadfast) -> None:
    """Passes at once, with distinction."""
    await hire.passes(*COURSES, score=95)


async def late(hire: Steadfast) -> None:
    """Is reminded and escalated, then passes."""
    await hire.day_by_day(9)
    await hire.passes(*COURSES, score=85)


async def fails(hire: Steadfast) -> None:
    """Fails once, learns again, passes."""
    await hire.learns("culture")
    await hire.sits("culture", 40)
    await hire.passes(*COURSES, score=81)


async def leaves(hire: Steadfast) -> None:
    """Passes one course and resigns."""
    await hire.passes("culture")
    await hire.day_by_day(3)
    await hire.tells("employee_left", reason="resigned")


LIVES = (diligent, late, fails, leaves, diligent, late)


async def live(world: World, number: int, first: date) -> Steadfast:
    """One life, from the contract to the second pay day."""
    employee = world.newcomer(employee_id=f"E{number}", salary=None)
    world.salary(employee, SALARY_FEN, since=date(2020, 1, 1))
    signed = contract(world, "designer", on=first, employee_id=employee)
    workflow_id = f"onboarding/ACME/{employee}/{first}"
    hire = Steadfast(world, employee, world.handle(workflow_id), first, "Asia/Shanghai")
    await insist(lambda: begun(world, workflow_id, "hired", signed))
    await hire.planned()
    await hire.day(1, "10:00")
    await LIVES[number](hire)
    await hire.day(45)
    return hire
