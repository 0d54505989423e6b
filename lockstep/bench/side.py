"""One side of the race as a process of its own: `python -m lockstep.bench.side ADDRESS [SCRIPT]`.

Without a script it is a worker of the product, with one a worker of the bare workflow. Both have the same
activities, on ports that answer from memory.
"""

import asyncio
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Worker

import workflows
from lockstep.authoring.shelf import PolicyShelf
from lockstep.bench.bare import QUEUE, BareWorkflow
from lockstep.bench.ports import activities
from lockstep.bench.script import Script, play
from lockstep.connection import connect
from lockstep.core.policy.policy import Snapshot
from lockstep.settings import Settings
from workflows import ids

POLICY = "internet"


def snapshot() -> Snapshot:
    """The policy whose happy path is measured."""
    settings = Settings()
    return PolicyShelf(settings.policies, settings.content, lambda: datetime.now(UTC)).named(POLICY)


async def _worker(address: str, script: Script | None, pool: ThreadPoolExecutor) -> Worker:
    if script is None:
        client, queue, known = await connect(address), ids.TASK_QUEUE, list[type](workflows.ALL)
    else:
        play(script)
        client, queue, known = await _stock(address), QUEUE, [BareWorkflow]
    return Worker(
        client,
        task_queue=queue,
        workflows=known,
        activities=activities(snapshot()),
        activity_executor=pool,
        max_concurrent_activities=Settings().activity_threads,
    )


async def _stock(address: str) -> Client:
    return await Client.connect(address, data_converter=pydantic_data_converter)


async def run(address: str, script: Script | None) -> None:
    """Work until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    with ThreadPoolExecutor(Settings().activity_threads) as pool:
        async with await _worker(address, script, pool):
            print("ready", flush=True)  # noqa: T201 - whoever started us waits for it
            await stop.wait()


if __name__ == "__main__":
    given = [Script.model_validate_json(Path(name).read_bytes()) for name in sys.argv[2:]]
    asyncio.run(run(sys.argv[1], given[0] if given else None))
    os._exit(0)  # the SDK can crash the interpreter's own exit
