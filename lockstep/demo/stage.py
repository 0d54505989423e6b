"""The demo's stage: a server, a worker, the hires of examples/ and their lives, then what came of them."""

import asyncio
import csv
import io
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.live import Live
from temporalio.client import Client
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from lockstep.connection import connect, register, retain
from lockstep.demo.learner import Learner
from lockstep.demo.lives import LIVES, Life, transferred
from lockstep.demo.screen import board, summary
from lockstep.embedded import EmbeddedServer, embedded_server
from lockstep.intake.hires import read_hires
from lockstep.intake.read import read_file
from lockstep.settings import Settings
from lockstep.wiring import Wiring
from workflows import ids, search_attributes

_EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
_AT_ONCE = 8
_KEPT_DAYS = 365


class DemoFailedError(Exception):
    """Something the demo needs did not work; the text says what."""


async def play(settings: Settings, console: Console, *, keep: bool) -> None:
    """The whole demo. Raises DemoFailedError."""
    # told to stop, it still stops the server and the worker it started
    current = asyncio.current_task()
    if current is not None:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, current.cancel)
    _fresh(settings.home)
    port, ui_port = _free(settings.temporal_port), _free(settings.ui_port)
    console.print("[bold]Lockstep demo[/] · 24 hires, four policies, three legal entities")
    console.print("Accelerated: the Temporal dev server skips idle time; every activity runs for real.\n")
    async with embedded_server(settings.home, port, ui_port, time_skipping=True) as server:
        client = await connect(server.address)
        await register(client, search_attributes.ALL)
        await retain(client, _KEPT_DAYS)
        async with _worker(settings, server):
            learners = await _cast(settings, server, client)
            await _live(learners, console)
            await summary(console, learners, Wiring(settings), client, server)
            if keep:
                await _hold(console, server)


async def _live(learners: Sequence[Learner], console: Console) -> None:
    """Everybody's story, a few at once, on a table that shows where each one stands."""
    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(learner: Learner) -> None:
        async with turn:
            await learner.days(0.2, "arrives")
            await _story(learner)(learner)

    stories = asyncio.gather(*(one(learner) for learner in learners))
    with Live(
        board(learners), console=console, refresh_per_second=4, transient=not console.is_terminal
    ) as live:
        while not stories.done():
            live.update(board(learners))
            await asyncio.wait([stories], timeout=0.25)
        live.update(board(learners))
    await stories


def _story(learner: Learner) -> Life:
    name, _, post = learner.life.partition(":")
    return transferred(post) if post else LIVES[name]


async def _cast(settings: Settings, server: EmbeddedServer, client: Client) -> list[Learner]:
    """Import the example hires by the command line, as HR would, and give each a life."""
    hires = _moved(_EXAMPLES / "hires.csv", settings.home / "hires.csv", datetime.now(UTC).date())
    await _lockstep(settings, server, "staff", "import", str(_EXAMPLES / "staff.csv"))
    await _lockstep(settings, server, "import", str(hires), "--yes")
    lives = dict(csv.reader((_EXAMPLES / "lives.csv").read_text(encoding="utf-8").splitlines()))
    skipper = TimeSkipper(client, config=TimeSkippingConfig(enabled=False))
    return [
        Learner(client, skipper, ids.onboarding(new.hire), lives[new.hire.employee_id])
        for new in read_hires(read_file(hires)).hires
    ]


def _moved(source: Path, target: Path, today: date) -> Path:
    """A copy of the hires in which the first contract is of today: the demo is always about now."""
    rows = list(csv.reader(source.read_text(encoding="utf-8-sig").splitlines()))
    dates = [i for i, name in enumerate(rows[0]) if name.endswith(("日期", "_date"))]
    earliest = min(date.fromisoformat(row[i]) for row in rows[1:] for i in dates if row[i])
    shift = today - earliest
    for row in rows[1:]:
        for i in dates:
            if row[i]:
                row[i] = (date.fromisoformat(row[i]) + shift).isoformat()
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    target.write_text(text.getvalue(), encoding="utf-8")
    return target


def _environment(settings: Settings, server: EmbeddedServer) -> dict[str, str]:
    return os.environ | {
        "LOCKSTEP_HOME": str(settings.home.resolve()),
        "LOCKSTEP_DATABASE_URL": "",
        "TEMPORAL_ADDRESS": server.address,
        "TEMPORAL_NAMESPACE": "default",
    }


async def _lockstep(settings: Settings, server: EmbeddedServer, *arguments: str) -> None:
    """Run one command of ours to its end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "starter", *arguments, env=_environment(settings, server)
    )
    code = await process.wait()
    if code != 0:
        raise DemoFailedError(f"lockstep {' '.join(arguments)} ended with exit code {code}")


@asynccontextmanager
async def _worker(settings: Settings, server: EmbeddedServer) -> AsyncIterator[None]:
    """A worker in a process of its own, stopped by its pid."""
    with (settings.home / "worker.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "worker", env=_environment(settings, server), stdout=log, stderr=log,
        )  # fmt: skip
    try:
        yield
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _hold(console: Console, server: EmbeddedServer) -> None:
    console.print(
        f"\nServer, worker and UI stay up: {server.ui} (Temporal at {server.address}). Ctrl-C ends them."
    )
    await asyncio.Event().wait()


def _fresh(home: Path) -> None:
    """An empty folder of the demo's own."""
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)


def _free(wanted: int) -> int:
    """The wanted loopback port, or any free one when somebody has it."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DemoFailedError("No free port on 127.0.0.1")
