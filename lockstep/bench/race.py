"""Product against bare, turn by turn on one server: only the ratio within a pair of rounds has a meaning."""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from temporalio.api.enums.v1 import EventType
from temporalio.client import WorkflowHistory

from lockstep.bench import bare
from lockstep.bench.hires import Road, Side
from lockstep.bench.process import Process
from lockstep.bench.script import own_events, script_of
from lockstep.bench.side import snapshot
from lockstep.bench.stage import Stage
from workflows import ids

PRODUCT = Side("OnboardingWorkflow", ids.TASK_QUEUE)
BARE = Side("BareWorkflow", bare.QUEUE)
_ASKED = frozenset(
    {
        "WORKFLOW_EXECUTION_SIGNALED",
        "WORKFLOW_EXECUTION_UPDATE_ACCEPTED",
        "WORKFLOW_EXECUTION_UPDATE_COMPLETED",
        "ACTIVITY_TASK_SCHEDULED",
        "ACTIVITY_TASK_COMPLETED",
        "TIMER_STARTED",
        "TIMER_CANCELED",
        "TIMER_FIRED",
    }
)


@dataclass(frozen=True)
class Size:
    """How much is run: so many pairs of rounds, so many hires a round, so many of them at once."""

    pairs: int = 5
    hires: int = 40
    at_once: int = 30


@dataclass(frozen=True)
class Round:
    """What one side did in one round, per second, and the processor time per hire in ms."""

    rate: float
    worker_ms: float
    server_ms: float

    @property
    def cpu_ms(self) -> float:
        """Server and worker together."""
        return self.worker_ms + self.server_ms


@dataclass(frozen=True)
class Race:
    """The rounds of both sides, and what one hire's history amounts to."""

    product: Sequence[Round]
    bare: Sequence[Round]
    events: int
    size_bytes: int
    product_asked: Mapping[str, int]
    bare_asked: Mapping[str, int]

    @property
    def rate_ratio(self) -> float:
        """The median of the pairs' ratios; 1 is as fast as bare."""
        return median(p.rate / b.rate for p, b in zip(self.product, self.bare, strict=True))

    @property
    def cpu_ratio(self) -> float:
        """The same of processor time per hire; above 1 is dearer than bare."""
        return median(p.cpu_ms / b.cpu_ms for p, b in zip(self.product, self.bare, strict=True))


async def race(stage: Stage, size: Size) -> Race:
    """Run it: A/B, B/A, A/B, ..., after a round of each that is not counted."""
    road = Road.of(stage.client, snapshot(), datetime.now(UTC))
    async with stage.worker() as product:
        history = await (await road.travel(PRODUCT, "first")).fetch_history()
        events = own_events(history.events)
        async with stage.worker(script_of(events)) as stock:
            asked = counts(await (await road.travel(BARE, "first")).fetch_history())
            if asked != counts(history):
                raise RuntimeError(f"Not a fair race: bare {asked}, product {counts(history)}")
            sides = {PRODUCT: product, BARE: stock}
            rounds: dict[Side, list[Round]] = {PRODUCT: [], BARE: []}
            for number in range(size.pairs + 1):
                order = (PRODUCT, BARE) if number % 2 else (BARE, PRODUCT)
                for side in order:
                    runners = (sides[side], stage.server)
                    run = await _round(road, side, runners, size, number)
                    if number:
                        rounds[side].append(run)
    size_bytes = sum(event.ByteSize() for event in events)
    return Race(rounds[PRODUCT], rounds[BARE], len(events), size_bytes, counts(history), asked)


def counts(history: WorkflowHistory) -> Mapping[str, int]:
    """What was asked of Temporal: activities, timers (set, called off), signals and updates."""
    names = (EventType.Name(event.event_type).removeprefix("EVENT_TYPE_") for event in history.events)
    return Counter(name for name in names if name in _ASKED)


async def _round(road: Road, side: Side, runners: tuple[Process, Process], size: Size, number: int) -> Round:
    worker, server = runners
    turn = asyncio.Semaphore(size.at_once)

    async def one(hire: int) -> None:
        async with turn:
            await road.travel(side, f"{number}-{hire}")

    before, began = (worker.cpu_seconds(), server.cpu_seconds()), time.perf_counter()
    await asyncio.gather(*(one(hire) for hire in range(size.hires)))
    took = time.perf_counter() - began
    return Round(
        rate=size.hires / took,
        worker_ms=(worker.cpu_seconds() - before[0]) / size.hires * 1000,
        server_ms=(server.cpu_seconds() - before[1]) / size.hires * 1000,
    )
