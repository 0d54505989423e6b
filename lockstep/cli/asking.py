"""Putting one question to a hire's workflow, with an end to our patience."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from temporalio.client import WorkflowUpdateRPCTimeoutOrCancelledError

from lockstep.cli.codes import Code, CommandError

Answer = TypeVar("Answer")
_PATIENCE = 20.0  # seconds; with a worker an answer takes some milliseconds


async def answered(asked: Awaitable[Answer]) -> Answer:
    """The answer. Raises CommandError when no worker gives one."""
    try:
        return await asyncio.wait_for(asked, _PATIENCE)
    except (TimeoutError, WorkflowUpdateRPCTimeoutOrCancelledError) as error:
        raise CommandError(
            Code.UNAVAILABLE,
            f"{_PATIENCE:.0f} 秒内没有 worker 应答：请用 lockstep worker 启动一个，再试一次",
            f"No worker answered within {_PATIENCE:.0f} s: start one with `lockstep worker` and try again",
        ) from error
