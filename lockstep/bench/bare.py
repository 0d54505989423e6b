"""The other side of the race: a workflow that asks Temporal for what the product asked, and thinks nothing.

The same activities with the same payloads, the same timers and summaries, signals, and updates with answers
of the same size; no rules, no search attributes, no details table. Written and run as the SDK's own samples
are: in the default sandbox, with the stock pydantic converter. It follows a script read off the product's
history.
"""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from temporalio import workflow
from temporalio.common import RawValue

with workflow.unsafe.imports_passed_through():
    from lockstep.bench.script import Call, payload, played

QUEUE = "bare"


@workflow.defn
class BareWorkflow:
    """Follows the script."""

    @workflow.init
    def __init__(self) -> None:
        self._news = 0
        self._answered = 0
        self._alarms: dict[str, asyncio.Task[None]] = {}
        self._calls: list[asyncio.Task[None]] = []

    @workflow.run
    async def run(self) -> RawValue:
        """One turn after the other."""
        for turn in played().turns:
            await self._reached(turn.after)
            for cancelled in turn.cancelled:
                self._alarms.pop(cancelled).cancel()
            for alarm in turn.alarms:
                self._alarms[alarm.id] = asyncio.create_task(self._sleep(alarm.seconds, alarm.summary))
            self._calls += [asyncio.create_task(self._call(call)) for call in turn.calls]
        return RawValue(payload(played().result))

    async def _reached(self, news: int) -> None:
        await workflow.wait_condition(lambda: self._news >= news)

    async def _call(self, call: Call) -> None:
        await workflow.execute_activity(
            call.activity,
            RawValue(payload(call.payload)),
            result_type=RawValue,
            start_to_close_timeout=timedelta(minutes=2),
            summary=call.summary,
        )
        self._news += 1

    async def _sleep(self, seconds: float, summary: str) -> None:
        await workflow.sleep(seconds, summary=summary)
        self._news += 1

    @workflow.signal(dynamic=True)
    def told(self, name: str, args: Sequence[RawValue]) -> None:  # noqa: ARG002 - the SDK's
        """Any signal."""
        self._news += 1

    @workflow.update(dynamic=True)
    def asked(self, name: str, args: Sequence[RawValue]) -> RawValue:  # noqa: ARG002 - the SDK's
        """Any update."""
        self._news += 1
        self._answered += 1
        return RawValue(payload(played().answers[self._answered - 1]))
