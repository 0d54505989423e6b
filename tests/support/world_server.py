"""Two Temporal servers for tests, from wheels: the quick one with one clock, and the real one."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.client import WorkflowHandle
from temporalio.testing import TimeSkipper, TimeSkippingConfig, WorkflowEnvironment

from lockstep.temporal import plugin
from workflows import search_attributes

BIN = Path(sys.executable).parent

_DEV_SERVER = [
    argument
    for setting in (
        "frontend.WorkflowTimeSkippingEnabled=true",
        "system.workflowTimeSkippingEnabled=true",
        'history.timerProcessorMaxTimeShift="10ms"',
        "matching.numTaskqueueReadPartitions=1",
        "matching.numTaskqueueWritePartitions=1",
    )
    for argument in ("--dynamic-config-value", setting)
]


@asynccontextmanager
async def one_clock() -> AsyncIterator[WorkflowEnvironment]:
    """The time-skipping test server: months in a second, but one clock for all, and no lists."""
    async with await WorkflowEnvironment.start_time_skipping(
        test_server_existing_path=str(BIN / "temporal-test-server"), plugins=[plugin()]
    ) as env:
        # this server can add search attributes but not list them: `connection.register` is not for it
        types = {key.name: int(key.indexed_value_type) for key in search_attributes.ALL}
        request = AddSearchAttributesRequest(namespace=env.client.namespace, search_attributes=types)
        await env.client.operator_service.add_search_attributes(request)
        yield env


@asynccontextmanager
async def dev_server() -> AsyncIterator[WorkflowEnvironment]:
    """The dev server: everything, each workflow with a clock of its own, a tenth of a second a timer."""
    async with await WorkflowEnvironment.start_time_skipping_v2(
        ts_config=TimeSkippingConfig(enabled=False),  # time moves when a test says so
        dev_server_existing_path=str(BIN / "temporal"),
        dev_server_extra_args=_DEV_SERVER,
        dev_server_log_level="error",
        search_attributes=search_attributes.ALL,
        plugins=[plugin()],
    ) as env:
        yield env


@dataclass(frozen=True)
class GlobalClock:
    """`Clock` of the test server."""

    env: WorkflowEnvironment

    async def now(self, _: WorkflowHandle[Any, Any]) -> datetime:
        return await self.env.get_current_time()

    async def sleep(self, _: WorkflowHandle[Any, Any], duration: timedelta) -> None:
        await self.env.sleep(duration)


@dataclass(frozen=True)
class OwnClock:
    """`Clock` of the dev server."""

    env: WorkflowEnvironment | TimeSkipper

    async def now(self, handle: WorkflowHandle[Any, Any]) -> datetime:
        return await self.env.get_current_time(handle)

    async def sleep(self, handle: WorkflowHandle[Any, Any], duration: timedelta) -> None:
        await self.env.fast_forward(handle, duration)


@dataclass(frozen=True)
class Said:
    """What the command line answered."""

    code: int
    out: str
    err: str


async def temporal(address: str, *arguments: str) -> Said:
    """Run the stock `temporal` command line against a server."""
    process = await asyncio.create_subprocess_exec(
        str(BIN / "temporal"), *arguments, "--address", address, "--color", "never",
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        env={"HOME": "/nonexistent", "PATH": ""},
    )  # fmt: skip
    out, err = await process.communicate()
    return Said(process.returncode or 0, out.decode(), err.decode())
