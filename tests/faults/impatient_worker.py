"""The product's worker with a test's patience: what was lost is tried again after seconds, not minutes.

HANG names adapters' methods; the first call of each does its work and then never comes back.
"""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from temporalio.common import RetryPolicy
from temporalio.workflow import ActivityConfig

import worker
from activities import messages
from lockstep.adapters.archive.folder import FolderArchive
from lockstep.adapters.attendance.table import AttendanceTable
from lockstep.adapters.channels.outbox import OutboxChannel
from lockstep.adapters.payroll.ledger import PayrollLedger
from workflows import options

_SECONDS = timedelta(seconds=4)
_SOON = RetryPolicy(initial_interval=timedelta(milliseconds=200), maximum_interval=timedelta(seconds=1))
_ADAPTERS = {each.__name__: each for each in (FolderArchive, AttendanceTable, OutboxChannel, PayrollLedger)}
_FOR_EVER = 3_600.0


def impatient(make: Callable[[str], ActivityConfig]) -> Callable[[str], ActivityConfig]:
    """The same options, with a few seconds before an activity is taken for lost; none is ever given up."""

    def made(summary: str) -> ActivityConfig:
        return ActivityConfig(
            start_to_close_timeout=_SECONDS, retry_policy=_SOON, summary=make(summary)["summary"]
        )

    return made


def hang_once(adapter: type, method: str) -> None:
    """Let the first call never come back, after it has done all there is to do."""
    real, calls = getattr(adapter, method), []

    def hanging(*args: Any, **given: Any) -> Any:
        first = not calls
        calls.append(1)
        answer = real(*args, **given)
        if first:
            time.sleep(_FOR_EVER)
        return answer

    setattr(adapter, method, hanging)


def main() -> None:
    for name in ("message", "record", "plan", "look_up"):
        setattr(options, name, impatient(getattr(options, name)))
    messages._LEASE = _SECONDS
    for each in filter(None, os.environ.get("HANG", "").split(",")):
        adapter, _, method = each.partition(".")
        hang_once(_ADAPTERS[adapter], method)
    worker.main()


if __name__ == "__main__":
    main()
