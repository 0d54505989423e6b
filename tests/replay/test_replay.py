"""What older workers wrote, the workers of today go through alike, event by event."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from temporalio import workflow
from temporalio.client import WorkflowHistory
from temporalio.worker import Replayer

import workflows
from lockstep.temporal import plugin
from tests.replay.kept import FOLDER, IDENTITY, files, identities, life_of, load, text
from tests.replay.lives import LIVES
from tests.replay.parcel import NAME, ParcelBefore, ParcelPatched, ParcelUnpatched
from workflows import contracts as c
from workflows.onboarding import OnboardingWorkflow

_MOST_BYTES = 3_000_000
_OF_HIRES = [file for file in files() if life_of(file) != NAME]
[_PARCEL] = [file for file in files() if life_of(file) == NAME]


@cache
def hires() -> list[WorkflowHistory]:
    return [load(file) for file in _OF_HIRES]


@pytest.mark.parametrize("file", _OF_HIRES, ids=lambda file: file.name)
async def test_a_history_we_have_kept_replays(file: Path) -> None:
    await Replayer(workflows=workflows.ALL, plugins=[plugin()]).replay_workflow(load(file))


def test_every_life_is_kept_and_nothing_else() -> None:
    assert {life_of(file) for file in files()} == {*LIVES, NAME}
    assert [file.name for file in FOLDER.iterdir() if file not in files()] == []


def told(what: str, field: str) -> set[str]:
    """The names of all messages or activities of a kind in the histories."""
    events = (event for history in hires() for event in history.events if event.HasField(what))
    attributes = (getattr(event, what) for event in events)
    return {_named(found, field) for found in attributes}


def _named(found: Any, path: str) -> str:
    for name in path.split("."):
        found = getattr(found, name)
    return str(found)


def test_every_signal_and_update_is_in_some_history() -> None:
    signals = told("workflow_execution_signaled_event_attributes", "signal_name")
    assert signals >= {"hired", *c.SIGNALS}
    updates = told("workflow_execution_update_accepted_event_attributes", "accepted_request.input.name")
    assert updates == set(workflow._Definition.must_from_class(OnboardingWorkflow).updates)


def test_every_activity_and_a_run_that_went_on_are_in_some_history() -> None:
    scheduled = told("activity_task_scheduled_event_attributes", "activity_type.name")
    source = (FOLDER.parents[2] / "activities").glob("*.py")
    defined = {
        name
        for file in source
        for name in re.findall(r"@activity\.defn.*\n\s+(?:async )?def (\w+)", file.read_text())
    }
    assert scheduled == defined
    assert told("workflow_execution_continued_as_new_event_attributes", "workflow_type.name")


def test_the_whole_of_them_is_small() -> None:
    assert sum(file.stat().st_size for file in files()) < _MOST_BYTES


@pytest.mark.parametrize("file", files(), ids=lambda file: file.name)
def test_no_history_names_the_machine_it_was_made_on(file: Path) -> None:
    kept = text(file)
    assert set(identities(json.loads(kept))) == {IDENTITY}
    assert not re.search(r'"stackTrace"|(^|[^\w.])/(work|home|root|tmp|usr)/|\d+@\w', kept)


async def test_a_change_behind_a_patch_leaves_the_old_history_as_it_was() -> None:
    for parcel in (ParcelBefore, ParcelPatched):
        await Replayer(workflows=[parcel]).replay_workflow(load(_PARCEL))


async def test_the_same_change_without_the_patch_is_found_out() -> None:
    with pytest.raises(workflow.NondeterminismError, match="Activity machine does not handle this event"):
        await Replayer(workflows=[ParcelUnpatched]).replay_workflow(load(_PARCEL))
