"""Histories grow; a hire's life goes on in a new run. Nothing is lost by it, and nothing happens twice."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.support.world import World, histories
from tests.support.world_diary import NewHire, hired

pytestmark = pytest.mark.slow

SOON = {"continue_after_events": 30}
HR = {"by": "H1", "role": "hr"}
BOSS = {"by": "M1", "role": "manager"}

Deed = Callable[[NewHire], Awaitable[Any]]


async def runs(hire: NewHire) -> int:
    """In how many runs the life went so far."""
    return len(await histories(hire.world.client, hire.handle))


DEEDS: list[tuple[str, Deed]] = [
    ("2033-03-07", lambda hire: hire.learns("culture")),
    ("", lambda hire: hire.sits("culture", 70)),
    ("2033-03-08", lambda hire: hire.tells("leave_started", leave="sick")),
    ("", lambda hire: hire.tells("nonsense")),
    ("2033-03-14 08:30", lambda hire: hire.tells("leave_ended", leave="sick")),
    ("2033-03-28", lambda hire: hire.asks("appeal", appeal="A", course="culture", reason="停电")),
    ("", lambda hire: hire.passes("manners", score=91)),
    ("2033-03-30", lambda hire: hire.asks("waive", course="skills", reason="持证", **HR)),
    ("2033-04-06", lambda hire: hire.asks("decide_appeal", appeal="A", upheld=True, reason="属实", **HR)),
    ("", lambda hire: hire.learns("culture")),
    ("2033-04-07", lambda hire: hire.asks("waive", course="skills", reason="持证", **BOSS)),
    ("", lambda hire: hire.tells("employee_transferred", post="designer")),
    ("2033-04-08", lambda hire: hire.sits("culture", 93)),
    ("2034-04-11", lambda hire: hire.passes("skills", score=100)),
]
"""Failures, leave, nonsense, an appeal, a waiver that ends a year later, a transfer; no reminder is due."""


async def seen(hire: NewHire) -> dict[str, Any]:
    """Everything a person would see of a life."""
    shown = await hire.progress()
    return {
        "messages": [line.replace(hire.employee_id, "E") for line in hire.log()],
        "effects": [sent.key for sent in hire.sent()],
        "ledger": hire.booked(),
        "marks": hire.marks(),
        "certificates": len(hire.world.certificates(hire.employee_id)),
        "decisions": sorted(await hire.decisions()),
        "statuses": await hire.statuses(),
        "problems": await hire.problems(),
        "end": (shown.closed, shown.stage, shown.locked, shown.overdue),
    }


async def test_a_life_in_many_runs_is_the_life_in_one(world: World) -> None:
    whole = await hired(world, "operations")
    parted = await hired(world, "operations", carried=SOON)
    for when, deed in DEEDS:
        if when:
            day, _, hour = when.partition(" ")
            await whole.until(day, hour or "12:00")
            await parted.settled()
        await deed(whole)
        await deed(parted)
    await whole.until("2034-06-20")
    expected = await seen(whole)
    assert await seen(parted) == expected
    assert (await runs(whole), await runs(parted) > 5) == (1, True)
    assert expected["end"] == ("completed", "done", False, 0)
    assert len(expected["effects"]) == len(set(expected["effects"]))
    assert expected["ledger"] == [
        ("forfeiture", "2033-03", -64_000),
        ("forfeiture", "2033-03", 64_000),
        ("allowance", "2034-04", 40_000),
        ("award", "2034-04", 24_000),
    ]
    assert await parted.columns() == await whole.columns(), "every run writes the whole row"
