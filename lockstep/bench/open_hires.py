"""Many hires who are all between two steps: what their worker holds in memory, how soon it hears a signal.

The worker is the product's with its own settings. It keeps only so many workflows at hand (the SDK's cache);
the others are replayed from their history when something arrives for them, and the latencies contain that.
"""

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import quantiles
from typing import Any

from temporalio.client import WorkflowHandle

from lockstep.bench.hires import Road
from lockstep.bench.race import PRODUCT
from lockstep.bench.side import snapshot
from lockstep.bench.stage import Stage
from lockstep.core.progress import Progress
from lockstep.core.state import Status
from workflows.onboarding import OnboardingWorkflow

_SEED = 20_261_124
_SETTLES_SECONDS = 120.0
_HEARS_SECONDS = 30.0

Handle = WorkflowHandle[Any, Any]


@dataclass(frozen=True)
class Crowd:
    """How many hires are open, how many of them get a signal, and how many are signed at once."""

    hires: int = 2000
    signals: int = 200
    at_once: int = 40


@dataclass(frozen=True)
class Open:
    """Latencies of signals in ms, and the worker's memory in MB: without any hire, and with all of them."""

    latencies_ms: tuple[float, ...]
    idle_mb: float
    worker_mb: float

    def percentile(self, percent: int) -> float:
        """The latency so many percent of the signals did not exceed, in ms."""
        return quantiles(self.latencies_ms, n=100, method="inclusive")[percent - 1]


async def open_hires(stage: Stage, crowd: Crowd) -> Open:
    """Sign them all, let them fall asleep, then tell some of them, one after the other, of a course."""
    road = Road.of(stage.client, snapshot(), datetime.now(UTC))
    async with stage.worker() as worker:
        idle_mb = worker.resident_mb()
        handles = await _signed(road, crowd)
        await _asleep(stage)
        course = road.snapshot.policy.courses[0].id
        # a fixed seed: the same hires every time, some at hand in the worker and some not
        chosen = random.Random(_SEED).sample(handles, crowd.signals)  # noqa: S311 - no secret
        latencies = [await _heard(handle, course) for handle in chosen]
        return Open(tuple(latencies), idle_mb, worker.resident_mb())


async def _signed(road: Road, crowd: Crowd) -> list[Handle]:
    turn = asyncio.Semaphore(crowd.at_once)

    async def one(number: int) -> Handle:
        async with turn:
            handle = await road.sign(PRODUCT, f"open-{number}")
            await _until(handle, lambda seen: seen.stage != "planning", every=0.05)
            return handle

    return list(await asyncio.gather(*(one(number) for number in range(crowd.hires))))


async def _asleep(stage: Stage) -> None:
    """Wait until the worker has nothing left to do. Raises TimeoutError."""
    async with asyncio.timeout(_SETTLES_SECONDS):
        before = -1.0
        while (used := stage.server.cpu_seconds()) - before > 0.25:
            before = used
            await asyncio.sleep(1)


async def _heard(handle: Handle, course: str) -> float:
    """From sending a signal until a query shows what it changed, in ms. Raises TimeoutError."""
    began = time.perf_counter()
    async with asyncio.timeout(_HEARS_SECONDS):
        await handle.signal("course_completed", {"event_id": f"lms-{course}", "course": course})
        await _until(handle, lambda seen: _completed(seen, course), every=0.002)
    return (time.perf_counter() - began) * 1000


def _completed(seen: Progress, course: str) -> bool:
    return next(track for track in seen.tracks if track.course == course).status is not Status.LEARNING


async def _until(handle: Handle, fits: Callable[[Progress], bool], every: float) -> None:
    while not fits(await handle.query(OnboardingWorkflow.progress)):  # noqa: ASYNC110 - it is another process
        await asyncio.sleep(every)
