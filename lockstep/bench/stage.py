"""Where the race is run: an embedded server in a new folder, and workers as processes of their own."""

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from temporalio.client import Client

from lockstep.bench.process import Process
from lockstep.bench.script import Script
from lockstep.connection import connect, register
from lockstep.embedded import embedded_server
from workflows import search_attributes


@dataclass(frozen=True)
class Stage:
    """A running server and what is needed to put workers on it."""

    home: Path
    address: str
    client: Client
    server: Process

    @asynccontextmanager
    async def worker(self, script: Script | None = None) -> AsyncIterator[Process]:
        """A worker process: the product's, or with a script the bare workflow's."""
        arguments = [self.address]
        if script is not None:
            file = self.home / "script.json"
            file.write_text(script.model_dump_json(), encoding="utf-8")
            arguments.append(str(file))
        with (self.home / "workers.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "lockstep.bench.side", *arguments,
                env=self._environment, stdout=PIPE, stderr=log,
            )  # fmt: skip
        try:
            assert process.stdout is not None, "it is a pipe"  # noqa: S101
            if not await process.stdout.readline():
                raise RuntimeError((self.home / "workers.log").read_text(encoding="utf-8"))
            yield Process(process.pid)
        finally:
            if process.returncode is None:
                process.terminate()
            await process.wait()

    @property
    def _environment(self) -> dict[str, str]:
        # byte code is kept, as in an installation: without, the sandbox compiles the workflow for every hire
        return os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(self.home / "pycache")}


@asynccontextmanager
async def stage() -> AsyncIterator[Stage]:
    """An embedded server with virtual time, as the demo has it."""
    with TemporaryDirectory(prefix="lockstep-bench-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        async with embedded_server(home, _free_port(), _free_port(), time_skipping=True) as server:
            client = await connect(server.address)
            await register(client, search_attributes.ALL)
            yield Stage(home, server.address, client, Process(server.process.pid))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
