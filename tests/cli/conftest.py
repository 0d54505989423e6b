"""One house for all tests of commands: server, worker and a store, with the people of the examples."""

from collections.abc import AsyncIterator
from itertools import count

import pytest

from tests.support.live import ROOT, Call, Live, live


class Desk:
    """An operator's terminal: `--json` and English unless the test says otherwise."""

    def __init__(self, house: Live) -> None:
        self.house = house
        self._numbers = count(1)

    async def says(self, *arguments: object, **extra: str) -> Call:
        """Run a command."""
        return await self.house.lockstep(*arguments, **extra)

    async def hires(self, post: str = "designer", employee: str = "", **given: str) -> str:
        """Somebody new at headquarters; the employee number."""
        employee = employee or f"N{next(self._numbers)}"
        options = {
            "name": "欧阳𠮷", "post": post, "entity": "HQ", "hire-date": "2026-11-02",
            "monthly-salary": "8000", "wecom-id": employee, "email": f"{employee}@example.com",
        } | {name.replace("_", "-"): value for name, value in given.items()}  # fmt: skip
        words = [word for name, value in options.items() for word in (f"--{name}", value)]
        call = await self.says("hire", employee, *words, "--json")
        assert call.code == 0, call.err
        return employee


@pytest.fixture(scope="session")
async def desk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    async with live(tmp_path_factory.mktemp("desk")) as house:
        call = await house.lockstep("staff", "import", ROOT / "examples" / "staff.csv")
        assert call.code == 0, call.err
        yield Desk(house)
