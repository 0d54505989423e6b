"""A house whose Temporal server, worker and store are processes of their own and can be killed one by one."""

import asyncio
import random
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from temporalio.service import RPCError
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from lockstep.embedded import arguments, binary
from lockstep.ports import Unavailable
from lockstep.settings import Settings
from lockstep.store.database import open_database
from lockstep.wiring import Wiring
from tests.support.live import ROOT, Live, stopped
from tests.support.postgres import PostgresServer
from tests.support.world import World, eventually, settings_in
from tests.support.world_server import OwnClock

_KILLS = 3


@dataclass
class House:
    """What runs, and how each part of it is killed and started again."""

    live: Live
    postgres: PostgresServer | None = None
    running: dict[str, asyncio.subprocess.Process] = field(default_factory=dict)

    async def start(self, part: str) -> None:
        """Start it and wait until it is up."""
        await {"server": self._start_server, "worker": self._start_worker, "store": self._start_store}[part]()

    async def kill(self, part: str) -> None:
        """SIGKILL: nobody is asked, nothing is tidied up."""
        if part == "store":
            assert self.postgres is not None
            await asyncio.to_thread(self.postgres.kill)
        else:
            await stopped(self.running.pop(part), signal.SIGKILL)

    async def havoc(
        self, parts: tuple[str, ...], lives: Sequence[asyncio.Task[Any]], chance: random.Random
    ) -> list[int]:
        """Kill the parts and start them again, at moments nobody chose; how many lives it hit each time."""
        hit = []
        for _ in range(_KILLS if parts else 0):
            await asyncio.sleep(chance.uniform(0.5, 3.0))
            hit.append(sum(not life.done() for life in lives))
            for part in parts:
                await self.kill(part)
            await asyncio.sleep(chance.uniform(0.1, 1.0))
            for part in parts:
                await self.start(part)
        return hit

    async def world(self) -> World:
        """The people and the adapters, seen from outside the worker."""
        client = await self.live.client()
        store = self.live.extra.get("LOCKSTEP_DATABASE_URL", "")
        settings = Settings(home=self.live.home, database_url=store)
        skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False))
        return World(skipper.client, OwnClock(skipper), Wiring(settings))

    async def _start_server(self) -> None:
        home, (port, ui_port) = self.live.home, self.live.ports
        with (home / "temporal.log").open("ab") as log:
            self.running["server"] = await asyncio.create_subprocess_exec(
                str(binary()), *arguments(home, port, ui_port, time_skipping=True),
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        await eventually(self._answers, within=60)

    async def _answers(self) -> bool:
        try:
            await (await self.live.client()).count_workflows()
        except (RPCError, Unavailable):
            return False
        return True

    async def _start_worker(self) -> None:
        with (self.live.home / "worker.log").open("ab") as log:
            process = self.running["worker"] = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "tests.faults.impatient_worker",
                env=self.live.environment, cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=log,
                start_new_session=True,
            )  # fmt: skip
        assert process.stdout is not None
        line = await asyncio.wait_for(process.stdout.readline(), 60)
        assert line, (self.live.home / "worker.log").read_text(encoding="utf-8")

    async def _start_store(self) -> None:
        assert self.postgres is not None
        await asyncio.to_thread(self.postgres.start)


@asynccontextmanager
async def house(home: Path, postgres: PostgresServer | None = None, **extra: str) -> AsyncIterator[House]:
    """A house that is up. In the end everything is killed: nothing in it has to be kept."""
    if postgres is None:
        settings_in(home)
    else:
        settings_in(home, database_url="")
        extra["LOCKSTEP_DATABASE_URL"] = url = await asyncio.to_thread(postgres.create, "lockstep")
        open_database(url).dispose()
    made = House(Live(home, extra), postgres)
    try:
        await made.start("server")
        await made.start("worker")
        yield made
    finally:
        for part in list(made.running):
            await made.kill(part)
