"""A fault of our own: it stops the life where it is, loudly, and a mended worker goes on from there."""

from typing import Any

import pytest
from temporalio.client import WorkflowHandle

from tests.support.world import World, eventually
from tests.support.world_diary import hired
from workflows import options

pytestmark = pytest.mark.slow


async def failures(handle: WorkflowHandle[Any, Any]) -> list[str]:
    """What was wrong each time a workflow task failed, as the Temporal UI shows it."""
    events = (await handle.fetch_history()).events
    return [
        event.workflow_task_failed_event_attributes.failure.message
        for event in events
        if event.HasField("workflow_task_failed_event_attributes")
    ]


async def test_an_effect_that_cannot_even_be_begun_is_seen_and_not_lost(
    dev: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forgotten(_summary: str) -> None:
        raise KeyError("the word we forgot")

    with monkeypatch.context() as faulty:
        faulty.setattr(options, "plan", forgotten)
        hire = await hired(dev, "operations", planned=False)
        await eventually(lambda: failures(hire.handle))
        assert "the word we forgot" in (await failures(hire.handle))[0]

    async def mended() -> bool:
        return (await hire.progress()).stage != "planning"

    await eventually(mended, within=60)  # the server asks again ten seconds after the second failure
    dev.hires.clear()  # that a task of it failed is what this test is about
