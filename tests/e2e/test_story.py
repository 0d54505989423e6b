"""Hires on the real dev server with every real part: policy, words, outbox, certificate, ledger, archive."""

import json
import os
import socket
import sys
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from temporalio.client import Client, WorkflowHandle, WorkflowUpdateFailedError
from temporalio.testing import TimeSkipper, TimeSkippingConfig

from lockstep.connection import connect, register
from lockstep.core.progress import Progress
from lockstep.demo.learner import Learner
from lockstep.demo.lives import appeals, diligent, never
from lockstep.embedded import embedded_server
from lockstep.ports import Person, Salary
from lockstep.settings import Settings
from lockstep.wiring import Wiring
from worker import worker
from workflows import ids, search_attributes
from workflows.onboarding import OnboardingWorkflow

pytestmark = pytest.mark.slow
_FAILED = ("workflow_task_failed_event_attributes", "activity_task_failed_event_attributes")


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Client, Wiring]]:
    """A server, a store and a worker of our own."""
    home: Path = tmp_path_factory.mktemp("story")
    wiring = Wiring(Settings(home=home, activity_threads=8))
    async with embedded_server(home, _port(), _port(), time_skipping=True) as server:
        client = await connect(server.address)
        await register(client, search_attributes.ALL)
        for employee in ("HR-1", "BOSS"):
            wiring.people.save_person(Person(employee_id=employee, name="何人事", wecom_id=employee))
        wiring.people.save_role("A", "hr", "HR-1")
        with ThreadPoolExecutor(8) as pool:
            async with worker(client, wiring, pool):
                yield client, wiring


async def _hired(world: tuple[Client, Wiring], employee: str, post: str = "designer") -> Learner:
    client, wiring = world
    wiring.people.save_person(
        Person(employee_id=employee, name="张𠮷", wecom_id=employee, email="z@example.com", manager_id="BOSS")
    )
    since = date(2020, 1, 1)
    wiring.people.save_salary(Salary(employee_id=employee, effective_from=since, monthly_fen=1_888_888))
    workflow_id = f"onboarding/A/{employee}/2026-11-02"
    hired = {"event_id": "h", "employee_id": employee, "entity": "A", "post": post, "hire_date": "2026-11-02"}
    await client.start_workflow(
        OnboardingWorkflow.run, id=workflow_id, task_queue=ids.TASK_QUEUE,
        start_signal="hired", start_signal_args=[hired],
    )  # fmt: skip
    hire = Learner(
        client, TimeSkipper(client, config=TimeSkippingConfig(enabled=False)), workflow_id, "story"
    )
    await hire.days(0.1)
    return hire


async def _failures(handle: WorkflowHandle[Any, Any]) -> list[str]:
    history = await handle.fetch_history()
    return [kind for event in history.events if (kind := event.WhichOneof("attributes")) in _FAILED]


def _letters(wiring: Wiring, employee: str) -> list[dict[str, Any]]:
    files = wiring.settings.outbox.rglob("*.json")
    letters = [json.loads(file.read_text(encoding="utf-8")) for file in files]
    return [each for each in letters if each["letter"]["employee_id"] == employee]


async def test_a_diligent_hire_passes_the_gate_and_is_paid_to_the_fen(world: tuple[Client, Wiring]) -> None:
    hire, (_, wiring) = await _hired(world, "E1"), world
    await diligent(hire)
    seen = await hire.look()
    assert not seen.locked
    assert seen.stage == "done"
    months = {adjustment.key.split("/")[0] for adjustment in seen.adjustments}
    entries = [e.adjustment for month in sorted(months) for e in wiring.payroll.entries("A", month)]
    paid = {e.rule: e.amount_fen for e in entries if e.employee_id == "E1"}
    assert paid == {"allowance": 94_444, "award": 56_667}, "5 % and 3 % of 18,888.88 yuan, half up"
    files = wiring.archive.of("E1")
    certificate = next(file for file in files if file.media_type == "application/pdf")
    assert wiring.archive.get(certificate.ref).startswith(b"%PDF-")
    assert any(letter["letter"]["attachments"] for letter in _letters(wiring, "E1"))
    assert await _failures(hire.handle) == []


async def test_who_never_learns_stays_locked_is_reminded_and_loses_the_bonus(
    world: tuple[Client, Wiring],
) -> None:
    hire, (_, wiring) = await _hired(world, "E2"), world
    await never(hire)
    seen = await hire.look()
    assert seen.locked
    assert seen.overdue == 3
    bodies = [letter["letter"]["body"] for letter in _letters(wiring, "E2")]
    assert any("门课程未完成,请于" in body and "日内学习" in body for body in bodies)
    assert _letters(wiring, "BOSS"), "the manager was told"
    assert [a.rule for a in seen.adjustments] == ["forfeiture"]
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await hire.handle.execute_update("enter_stage", {"stage": "probation_review"})
    assert getattr(refused.value.cause, "type", "") == "stage_locked"
    assert await _failures(hire.handle) == []


async def test_an_upheld_appeal_corrects_the_score(world: tuple[Client, Wiring]) -> None:
    hire = await _hired(world, "E3")
    await appeals(hire)
    seen = await hire.look()
    assert not seen.locked
    scores = [attempt.score for track in seen.tracks for attempt in track.attempts]
    assert 82 in scores


async def test_whatever_comes_in_the_run_goes_on(world: tuple[Client, Wiring]) -> None:
    hire = await _hired(world, "E4")
    handle = hire.handle
    await handle.signal("exam_graded", {"event_id": "x", "course": "culture", "score": "a lot"})
    await handle.signal("exam_graded")
    await handle.signal("course_completed", args=[1, 2, 3])
    await handle.signal("course_completed", {"course": "culture"})
    await handle.signal("no_such_signal", {"a": 1})
    await handle.signal("hired", "garbage")
    await handle.signal("course_completed", {"event_id": "c", "course": "no_such_course"})
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await handle.execute_update("submit_exam", {"course": "culture", "attempt": 1, "score": "zz"})
    assert "score" in str(refused.value.cause)
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await handle.execute_update("open_exam", {"course": "culture"})
    assert getattr(refused.value.cause, "type", "") == "course_before_exam"
    seen: Progress = await hire.look()
    assert any(note.problem == "unknown_course" for note in seen.refused)
    assert await _failures(handle) == []


async def test_operators_find_who_is_locked(world: tuple[Client, Wiring]) -> None:
    hire, (client, _) = await _hired(world, "E5", post="operator"), world
    await hire.look()
    for _ in range(50):
        found = [w.id async for w in client.list_workflows('HireLocked = true AND HirePost = "operator"')]
        if found:
            break
        await hire.days(0.01)
    assert hire.workflow_id in found


def test_the_server_binary_is_that_of_the_wheel() -> None:
    assert os.access(Path(sys.executable).parent / "temporal", os.X_OK)
