"""`world` has a server of its own, on which months pass in a second; `dev` shares the real dev server."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, time
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from temporalio.testing import WorkflowEnvironment

from tests.support.world import MONDAY, TestWiring, World, settings_in, unharmed, working
from tests.support.world_server import GlobalClock, OwnClock, dev_server, one_clock

House = tuple[WorkflowEnvironment, TestWiring]


@pytest.fixture
def wiring(tmp_path: Path) -> Iterator[TestWiring]:
    """The adapters of one test."""
    made = TestWiring(settings_in(tmp_path))
    yield made
    made.engine.dispose()


@pytest.fixture
async def world(wiring: TestWiring) -> AsyncIterator[World]:
    """Everything real but the server. It is Monday, 08:00 in Shanghai."""
    async with one_clock() as env:
        morning = datetime.combine(MONDAY, time(8), ZoneInfo("Asia/Shanghai"))
        await env.sleep(morning - await env.get_current_time())
        made = World(env.client, GlobalClock(env), wiring)
        async with working(env.client, wiring):
            yield made
            for handle in made.hires:
                await unharmed(made.client, handle)


@pytest.fixture(scope="session")
async def house(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[tuple[WorkflowEnvironment, TestWiring]]:
    """The dev server with one worker on one store, for all tests that ask for `dev`."""
    wiring = TestWiring(settings_in(tmp_path_factory.mktemp("house")))
    async with dev_server() as env, working(env.client, wiring):
        yield env, wiring
    wiring.engine.dispose()


_TESTS = count(1)


@pytest.fixture
async def dev(house: House) -> AsyncIterator[World]:
    """A world on the dev server: employee numbers of its own, each hire's clock its own, from now on."""
    env, wiring = house
    made = World(env.client, OwnClock(env), wiring, prefix=f"T{next(_TESTS)}N")
    yield made
    for handle in made.hires:
        await unharmed(made.client, handle)
