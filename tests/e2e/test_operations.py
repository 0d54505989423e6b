"""docs/operations.md is true: its queries find exactly the hires they promise, its SQL runs."""

import asyncio
import os
import re
import subprocess
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from lockstep.store.tables import SendRow
from tests.support.world import TestWiring, World, eventually, histories, settings_in, working
from tests.support.world_diary import NewHire, hired
from tests.support.world_server import BIN, OwnClock, dev_server
from workflows import search_attributes

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
TODAY = datetime.now(ZoneInfo("Asia/Shanghai")).date()  # the hires' own: their days begin there
IN_THREE_DAYS = "operations"  # three working days, so never within three days
ALL_OF_IT = ("culture", "manners", "skills")


def under(title: str, kind: str = "console") -> str:
    """The block of the page after the words `title`."""
    [found] = re.findall(rf"{re.escape(title)}.*?^ *```{kind}\n(.*?)^ *```", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def typed(block: str, **variables: str) -> str:
    """The commands of a block, with the reader's own values for its examples."""
    script = re.sub(r"^\$ ", "", block, flags=re.MULTILINE)
    for name, value in variables.items():
        script, count = re.subn(rf"\b{name}=\S+", f"{name}={value}", script)
        assert count == 1, f"the page no longer gives {name}"
    return script


async def answers(script: str, address: str) -> set[str]:
    """The workflow ids the commands list."""
    environment = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": "/nonexistent"}
    process = await asyncio.create_subprocess_exec(
        "/bin/sh", "-ec", script, env=environment | {"TEMPORAL_ADDRESS": address},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return set(re.findall(r"onboarding/\S+", out.decode()))


async def finds(world: World, script: str, *hires: NewHire) -> None:
    """It finds these and nobody else; the server's list lags by a moment."""
    address = world.client.service_client.config.target_host
    expected, found = {hire.handle.id for hire in hires}, set[str]()

    async def exactly() -> bool:
        found.clear()
        found.update(await answers(script, address))
        return found == expected

    try:
        await eventually(exactly)
    except AssertionError:
        assert found == expected, script


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    """A server with nobody on it but us, and a retail policy whose first deadline is tomorrow."""
    home = tmp_path_factory.mktemp("operations")
    policies = home / "policies"
    policies.mkdir()
    for file in (ROOT / "policies").glob("*.yaml"):
        (policies / file.name).write_bytes(file.read_bytes())
    retail = (policies / "retail.yaml").read_text(encoding="utf-8")
    soon = retail.replace("{days: 3, working: false}", "{days: 1, working: false, roll: false}", 1)
    assert soon != retail
    (policies / "retail.yaml").write_text(soon, encoding="utf-8")
    wiring = TestWiring(settings_in(home, policies=policies))
    async with dev_server() as env, working(env.client, wiring):
        yield World(env.client, OwnClock(env), wiring)
    wiring.engine.dispose()


@pytest.fixture(scope="module")
async def cast(house: World) -> dict[str, NewHire]:
    """One hire of each sort an operator may look for, or must not find."""
    late = await hired(house, "operations", on=TODAY)
    due = await hired(house, "cashier", on=TODAY)
    helper = await hired(house, "shop_assistant", on=TODAY)
    calm = await hired(house, IN_THREE_DAYS, on=TODAY)
    free = await hired(house, "operations", on=TODAY)
    left = await hired(house, "operations", on=TODAY)
    mended = await hired(house, "operations", on=TODAY, carried={"continue_after_events": 30})
    await late.until(TODAY + timedelta(days=20))
    await free.passes(*ALL_OF_IT)
    # not asked whether it is settled: a run that has only just begun cannot be queried yet
    await mended.until(TODAY + timedelta(days=20), settled=False)
    await mended.passes(*ALL_OF_IT)
    assert len(await histories(house.client, mended.handle)) > 1, "an earlier run was locked and overdue"
    await left.until(TODAY + timedelta(days=20))
    assert (await left.progress()).overdue == 3
    await left.tells("employee_left", reason="resigned")
    await left.until(TODAY + timedelta(days=90))
    assert await left.ended() == "resigned"
    named = (late, due, helper, calm, free, left, mended)
    return dict(zip(("late", "due", "helper", "calm", "free", "left", "mended"), named, strict=True))


@pytest.mark.slow
async def test_locked_and_overdue_finds_who_is_both_and_still_here(
    house: World, cast: dict[str, NewHire]
) -> None:
    await finds(house, typed(under("**Locked and overdue:**")), cast["late"])


@pytest.mark.slow
async def test_within_three_days_finds_who_is_due_by_then(house: World, cast: dict[str, NewHire]) -> None:
    shown = {name: (await hire.progress()).next_deadline for name, hire in cast.items()}
    limit = datetime.now(UTC) + timedelta(days=3)
    assert {name for name, at in shown.items() if at and at <= limit} == {"due", "helper"}
    await finds(house, typed(under("**A deadline within three days:**")), cast["due"], cast["helper"])


@pytest.mark.slow
async def test_a_policy_and_a_post_find_who_is_under_both(house: World, cast: dict[str, NewHire]) -> None:
    block = under("**Under one version of a policy, at one post:**")
    retail = (await cast["due"].progress()).policy_hash[:8]
    internet = (await cast["late"].progress()).policy_hash[:8]
    await finds(house, typed(block, POLICY=retail, POST="cashier"), cast["due"])
    here = (cast[name] for name in ("late", "calm", "free", "mended"))
    await finds(house, typed(block, POLICY=internet, POST="operations"), *here)
    await finds(house, typed(block, POLICY=internet, POST="cashier"))


def test_the_sql_for_unknown_effects_finds_them_alone(tmp_path: Path) -> None:
    wiring = TestWiring(settings_in(tmp_path))
    at = datetime(2033, 3, 7, tzinfo=UTC)
    common: dict[str, Any] = {"channel": "email", "employee_id": "E1", "lease_until": at, "at": at}
    with wiring.engine.begin() as connection:
        for state in ("pending", "sending", "sent", "refused", "unknown"):
            row = SendRow(key=f"k/{state}", state=state, **common)
            connection.execute(SendRow.__table__.insert(), row.model_dump())  # type: ignore[attr-defined]
        found = connection.execute(text(under("Effects with an unknown result", "sql"))).all()
    wiring.engine.dispose()
    assert [row.key for row in found] == ["k/unknown"]


def test_the_page_explains_every_search_attribute() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \|", PAGE, re.MULTILINE)
    assert rows == [(key.name, key.indexed_value_type.name.title()) for key in search_attributes.ALL]


def test_the_pictures_of_the_page_are_there() -> None:
    shown = re.findall(r"\]\((images/\S+)\)", PAGE)
    kept = {f"images/{file.name}" for file in (ROOT / "docs" / "images").iterdir()}
    assert set(shown) == kept
