"""The worker: settings, wiring, Worker. Nothing imports it but the command line."""

import asyncio
import os
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from temporalio.client import Client
from temporalio.worker import Worker

import workflows
from lockstep.connection import connect, register
from lockstep.settings import Settings
from lockstep.wiring import Wiring
from workflows import ids, search_attributes


def worker(client: Client, wiring: Wiring, pool: ThreadPoolExecutor) -> Worker:
    """A worker for every workflow and activity there is."""
    return Worker(
        client,
        task_queue=ids.TASK_QUEUE,
        workflows=workflows.ALL,
        activities=wiring.activities,
        activity_executor=pool,
        max_concurrent_activities=wiring.settings.activity_threads,
        graceful_shutdown_timeout=timedelta(seconds=20),
    )


async def run(settings: Settings) -> None:
    """Work until SIGINT or SIGTERM, then finish what is under way."""
    client = await connect()
    await register(client, search_attributes.ALL)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    with ThreadPoolExecutor(settings.activity_threads) as pool:
        async with worker(client, Wiring(settings), pool):
            print(f"worker: {client.service_client.config.target_host} {ids.TASK_QUEUE}", flush=True)  # noqa: T201
            await stop.wait()


def main() -> None:
    """Run the worker, then leave by os._exit: the SDK can crash the interpreter's own exit."""
    asyncio.run(run(Settings()))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
