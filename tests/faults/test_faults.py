"""Whatever is killed in mid-flight: every hire ends as in the undisturbed run, with one effect of each.

A message whose sender was killed while it sent it may be in doubt instead; it is never sent twice.

Six hires live through two months in six houses at once. In one nothing happens; in the others the worker,
the Temporal server, both, or the store are killed with SIGKILL at moments nobody chose, or activities hang.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from lockstep.store.outbox import Outbox
from lockstep.store.tables import SendRow
from tests.faults.house import house
from tests.faults.lives import LIVES, Steadfast, first_day, live
from tests.support.postgres import PostgresServer
from tests.support.world import histories, unharmed

pytestmark = pytest.mark.slow

FAULTS: dict[str, tuple[str, ...]] = {
    "worker killed": ("worker",),
    "server killed": ("server",),
    "server and worker killed": ("server", "worker"),
    "store killed": ("store",),
    "activities hang": (),
}
HANGING = "OutboxChannel.send,FolderArchive.put,PayrollLedger.post,AttendanceTable.mark"
UNDISTURBED = "undisturbed"
Seen = Mapping[str, Any]


@dataclass(frozen=True)
class Outcome:
    """What became of everybody in a house.

    `repeated`: how often an activity was begun once more; `hit`: how many lives each kill hit.
    """

    hires: list[Seen]
    sends: Counter[str]
    repeated: int
    hit: list[int]


async def seen(hire: Steadfast) -> Seen:
    """Everything a person would see of a life, but for the minute it happened in."""
    shown = await hire.progress()
    went = [(f"{sent.key}/{sent.channel}", sent.to) for sent in hire.sent()]
    return {
        "messages": sorted(went + in_doubt(hire)),
        "ledger": hire.booked(),
        "marks": hire.marks(),
        "papers": sorted(file.media_type for file in hire.world.filed(hire.employee_id)),
        "decisions": sorted(line.split(" ", 2)[2] for line in await hire.decisions()),
        "statuses": await hire.statuses(),
        "gates": await hire.gates(),
        "problems": await hire.problems(),
        "end": (shown.closed, shown.stage, shown.locked, shown.overdue),
    }


def in_doubt(hire: Steadfast) -> list[tuple[str, str]]:
    """Messages nobody can say of whether they went: a human is to ask, and no second one is sent."""
    sent = {f"{hire.handle.id}/{sent.key}/{sent.channel}" for sent in hire.sent()}
    doubts = Outbox(hire.world.wiring.engine).in_doubt()
    mine = [doubt for doubt in doubts if doubt.key.startswith(f"{hire.handle.id}/")]
    assert not sent & {doubt.key for doubt in mine}, "what is known to have gone is not in doubt"
    return [(doubt.key.removeprefix(f"{hire.handle.id}/"), doubt.employee_id) for doubt in mine]


async def repeated(hire: Steadfast) -> int:
    """How often an activity of it had to be begun again."""
    events = [event for run in await histories(hire.world.client, hire.handle) for event in run.events]
    return sum(max(0, event.activity_task_started_event_attributes.attempt - 1) for event in events)


async def outcome(home: Path, fault: str, first: date, postgres: PostgresServer) -> Outcome:
    """The lives in one house."""
    hanging = {"HANG": HANGING} if fault == "activities hang" else {}
    async with house(home, postgres if fault == "store killed" else None, **hanging) as made:
        world = await made.world()
        lives = [asyncio.create_task(live(world, number, first)) for number in range(len(LIVES))]
        hit = await made.havoc(FAULTS.get(fault, ()), lives, random.Random(fault))  # noqa: S311
        hires = await asyncio.gather(*lives)
        for hire in hires:
            await hire.settled()
            await unharmed(world.client, hire.handle)
        with Session(world.wiring.engine) as session:
            sends = Counter(row.state for row in session.exec(select(SendRow)).all())
        again = sum([await repeated(hire) for hire in hires])
        found = [await seen(hire) for hire in hires]
        world.wiring.engine.dispose()
        return Outcome(found, sends, again, hit)


@pytest.fixture(scope="module")
async def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Outcome]:
    """All houses at once: most of their time is waiting for what was lost to be given up."""
    homes, first, postgres = tmp_path_factory.mktemp("houses"), first_day(), PostgresServer()
    try:
        names = (UNDISTURBED, *FAULTS)
        found = await asyncio.gather(*(outcome(homes / name, name, first, postgres) for name in names))
        return dict(zip(names, found, strict=True))
    finally:
        postgres.stop()


def test_undisturbed_everybody_gets_what_is_theirs(outcomes: Mapping[str, Outcome]) -> None:
    calm = outcomes[UNDISTURBED]
    ends = [hire["end"][0] for hire in calm.hires]
    assert ends == ["completed", "completed", "completed", "resigned", "completed", "completed"]
    assert [rule for rule, _, _ in calm.hires[0]["ledger"]] == ["allowance", "award"]
    assert set(calm.sends) == {"sent"}


@pytest.mark.parametrize("fault", FAULTS)
def test_every_hire_ends_as_if_nothing_had_happened(fault: str, outcomes: Mapping[str, Outcome]) -> None:
    calm, disturbed = outcomes[UNDISTURBED], outcomes[fault]
    for number, (expected, found) in enumerate(zip(calm.hires, disturbed.hires, strict=True)):
        for what in expected:
            assert found[what] == expected[what], f"{LIVES[number].__name__} {number}: {what}"
    assert disturbed.sends.total() == calm.sends.total()
    assert set(disturbed.sends) <= {"sent", "unknown"}
    if "worker" not in FAULTS[fault]:
        assert disturbed.sends == calm.sends, "only a sender that dies while it sends leaves a doubt"


@pytest.mark.parametrize("fault", [name for name, parts in FAULTS.items() if parts])
def test_every_kill_hit_lives_in_mid_flight(fault: str, outcomes: Mapping[str, Outcome]) -> None:
    assert min(outcomes[fault].hit) > 0


def test_every_activity_that_hung_was_begun_again(outcomes: Mapping[str, Outcome]) -> None:
    assert outcomes["activities hang"].repeated >= len(HANGING.split(","))
