"""`python -m lockstep.bench`: a table and `.lockstep/bench.json`; exit 1 when a target is missed."""

import asyncio
import sys
from datetime import UTC, datetime

from rich.console import Console

from lockstep.bench import decisions
from lockstep.bench.hires import Road
from lockstep.bench.open_hires import Crowd, open_hires
from lockstep.bench.race import Size, race
from lockstep.bench.report import Report, machine
from lockstep.bench.side import snapshot
from lockstep.bench.stage import stage
from lockstep.settings import Settings

_DECIDES_SECONDS = 5.0


async def _measure(console: Console) -> Report:
    road_now = datetime.now(UTC)
    with console.status("core decides · 决策速度"):
        shelf = snapshot()
        async with stage() as one:
            hire = Road.of(one.client, shelf, road_now).hire("core")
        pace = decisions.pace(shelf, road_now, hire, _DECIDES_SECONDS)
    with console.status("hires beside a bare workflow, in turns · 与空流程交替比赛"):
        async with stage() as one:
            run = await race(one, Size())
    with console.status("hires asleep · 大量休眠的入职流程"):
        async with stage() as one:
            crowd = Crowd()
            asleep = await open_hires(one, crowd)
    return Report(machine(), run, pace, crowd, asleep)


def main() -> int:
    """Measure everything. Returns the exit code."""
    console = Console()
    report = asyncio.run(_measure(console))
    console.print(report.table())
    file = report.save(Settings().home / "bench.json")
    console.print(f"-> {file}")
    return 0 if report.all_met else 1


if __name__ == "__main__":
    sys.exit(main())
