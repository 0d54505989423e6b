"""Lockstep as it runs at a customer's: server, worker and command line, each a process of its own."""

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from temporalio.client import Client

from lockstep.connection import connect
from tests.support.world import settings_in

BIN = Path(sys.executable).parent
ROOT = Path(__file__).parents[2]
_UP = 60.0  # seconds; on a machine with nothing else to do it takes two


@dataclass(frozen=True)
class Call:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """The lines of `--json`."""
        return [json.loads(line) for line in self.out.splitlines()]


@dataclass
class Live:
    """A folder, two ports, and the processes started on them; a process is stopped by its own id."""

    home: Path
    extra: Mapping[str, str] = field(default_factory=dict)
    ports: tuple[int, int] = field(default_factory=lambda: (free_port(), free_port()))

    @property
    def address(self) -> str:
        """Where the Temporal server is."""
        return f"127.0.0.1:{self.ports[0]}"

    @property
    def environment(self) -> dict[str, str]:
        """What every process is started with; nothing of the terminal that runs the tests."""
        port, ui_port = self.ports
        return {
            "PATH": f"{BIN}:{os.environ['PATH']}",
            "HOME": str(self.home),
            "LANG": "zh_CN.UTF-8",
            "PYTHONUTF8": "1",
            "TZ": "Asia/Shanghai",
            "LOCKSTEP_HOME": str(self.home),
            "LOCKSTEP_TEMPORAL_PORT": str(port),
            "LOCKSTEP_UI_PORT": str(ui_port),
            "TEMPORAL_ADDRESS": self.address,
        } | dict(self.extra)

    async def lockstep(self, *arguments: object, within: float = 120, **extra: str) -> Call:
        """Run a command to its end."""
        process = await asyncio.create_subprocess_exec(
            str(BIN / "lockstep"), *map(str, arguments), env=self.environment | extra, cwd=ROOT,
            stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await asyncio.wait_for(process.communicate(), within)
        assert process.returncode is not None
        return Call(process.returncode, out.decode(), err.decode())

    async def start(self, *command: str) -> asyncio.subprocess.Process:
        """Start `lockstep server` or `lockstep worker`; it is up once it has said its first line."""
        with (self.home / f"{command[0]}.err").open("ab") as errors:
            process = await asyncio.create_subprocess_exec(
                str(BIN / "lockstep"), *command, env=self.environment, cwd=ROOT,
                stdout=asyncio.subprocess.PIPE, stderr=errors, start_new_session=True,
            )  # fmt: skip
        assert process.stdout is not None
        try:
            line = await asyncio.wait_for(process.stdout.readline(), _UP)
            assert line, f"{command}: {(self.home / f'{command[0]}.err').read_text(encoding='utf-8')}"
        except BaseException:
            await stopped(process)
            raise
        return process

    @asynccontextmanager
    async def running(self, *command: str) -> AsyncIterator[asyncio.subprocess.Process]:
        """The same for as long as the block lasts."""
        process = await self.start(*command)
        try:
            yield process
        finally:
            await stopped(process)

    async def client(self) -> Client:
        """A client of our own."""
        return await connect(self.address)


async def stopped(process: asyncio.subprocess.Process, number: int = signal.SIGTERM) -> None:
    """End a process and all it started (SIGKILL: at once, in the middle of whatever they do)."""
    if process.returncode is not None:
        return
    if number == signal.SIGKILL:
        os.killpg(process.pid, number)
    else:
        process.send_signal(number)
    await asyncio.wait_for(process.wait(), 40)


def free_port() -> int:
    """A port nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@asynccontextmanager
async def live(home: Path, *server: str, **extra: str) -> AsyncIterator[Live]:
    """Server and worker up, on a store that is migrated already."""
    settings_in(home)
    made = Live(home, extra)
    async with made.running("server", *server), made.running("worker"):
        yield made
