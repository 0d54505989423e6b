"""Live the lives on the time-skipping server and keep their histories (README.md says when).

.venv/bin/python -m tests.replay.record [life ...]
"""

import asyncio
import sys
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from temporalio.client import WorkflowHistory
from temporalio.worker import Worker

from tests.replay.kept import keep
from tests.replay.lives import LIVES, Life
from tests.replay.parcel import NAME, ParcelBefore
from tests.support.world import MONDAY, TestWiring, World, histories, settings_in, unharmed, working
from tests.support.world_server import GlobalClock, one_clock


async def lived(life: Life) -> list[WorkflowHistory]:
    """The histories of a life, run by run; it has been lived as its test says."""
    with TemporaryDirectory() as folder:
        wiring = TestWiring(settings_in(Path(folder)))
        async with one_clock() as env:
            morning = datetime.combine(MONDAY, time(8), ZoneInfo("Asia/Shanghai"))
            await env.sleep(morning - await env.get_current_time())
            world = World(env.client, GlobalClock(env), wiring)
            async with working(env.client, wiring):
                await life(world)
                for hire in world.hires:
                    await unharmed(world.client, hire)
                found = [reversed(await histories(world.client, hire)) for hire in world.hires]
        wiring.engine.dispose()
    return [history for runs in found for history in runs]


async def parcel() -> list[WorkflowHistory]:
    """The small workflow of the deliberate pair, as it was before its change."""
    async with (
        one_clock() as env,
        Worker(env.client, task_queue=NAME, workflows=[ParcelBefore]),
    ):
        handle = await env.client.start_workflow(NAME, id=NAME, task_queue=NAME)
        await env.sleep(timedelta(days=2))
        await handle.result()
        return [await handle.fetch_history()]


async def record(names: list[str]) -> None:
    """Keep the histories of these lives."""
    for name in names:
        keep(name, await (parcel() if name == NAME else lived(LIVES[name])))
        print(name, flush=True)  # noqa: T201 - run by hand


if __name__ == "__main__":
    asyncio.run(record(sys.argv[1:] or [NAME, *LIVES]))
