"""The bench itself, small: it must run, race fairly, and name each missed target. No figure is asserted."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lockstep.bench import decisions
from lockstep.bench.decisions import Pace
from lockstep.bench.hires import Road
from lockstep.bench.open_hires import Crowd, Open, open_hires
from lockstep.bench.race import Race, Round, Size, race
from lockstep.bench.report import Report, rounded
from lockstep.bench.side import snapshot
from lockstep.bench.stage import stage

KEYS = {
    "journey.rate_ratio",
    "journey.events_per_hire",
    "journey.bytes_per_hire",
    "core.decisions_per_s",
    "open_hires.signal_p95_ms",
    "open_hires.worker_mb",
}
"""What other tools look for in `.lockstep/bench.json`."""

RACE = Race([Round(9, 1, 1)], [Round(10, 1, 1)], 122, 38_000, {}, {})
REPORT = Report("a machine", RACE, Pace(150_000, 4_000), Crowd(), Open((1.0, 2.0), 90.0, 600.0))


def test_the_report_holds_the_agreed_keys_and_keeps_other_sections(tmp_path: Path) -> None:
    file = tmp_path / "new" / "bench.json"
    REPORT.save(file)
    file.write_text(json.dumps(json.loads(file.read_text()) | {"evidence.seals_per_s": 7}))
    REPORT.save(file)
    saved = json.loads(file.read_text())
    assert saved.keys() >= KEYS
    assert saved["evidence.seals_per_s"] == 7
    assert (saved["journey.rate_ratio"], saved["machine"]) == (0.9, "a machine")


@pytest.mark.parametrize(
    ("worse", "missed"),
    [
        ({}, []),
        ({"race": replace(RACE, product=[Round(7.9, 1, 1)])}, ["journey.rate_ratio"]),
        ({"race": replace(RACE, events=151)}, ["journey.events_per_hire"]),
        ({"race": replace(RACE, size_bytes=60_001)}, ["journey.bytes_per_hire"]),
        ({"pace": Pace(99_999, 4_000)}, ["core.decisions_per_s"]),
    ],
)
def test_a_missed_target_is_named(worse: dict[str, Race | Pace], missed: list[str]) -> None:
    report = replace(REPORT, **worse)  # type: ignore[arg-type]
    assert [line.key for line in report.lines if not line.met] == missed
    assert report.all_met is not bool(missed)


@pytest.mark.parametrize(("value", "shown"), [(0.82249, 0.822), (93.46, 93.5), (740_409.4, 740_409)])
def test_figures_are_rounded_to_what_they_are_worth(value: float, shown: float) -> None:
    assert rounded(value) == shown


def test_the_median_pair_decides_not_the_best() -> None:
    rounds = [Round(rate, 1, 1) for rate in (1, 8, 20)]
    assert replace(RACE, product=rounds, bare=[Round(10, 1, 1)] * 3).rate_ratio == 0.8


@pytest.mark.slow
async def test_a_small_bench_runs_on_a_real_server() -> None:
    async with stage() as here:
        hire = Road.of(here.client, snapshot(), datetime.now(UTC)).hire("one")
        pace = decisions.pace(snapshot(), datetime.now(UTC), hire, 0.1)
        run = await race(here, Size(pairs=1, hires=2, at_once=2))
        crowd = Crowd(hires=5, signals=2, at_once=5)
        asleep = await open_hires(here, crowd)
    assert run.product_asked == run.bare_asked, "both sides ask the same of the server"
    assert run.events <= 150, "what the history of a happy path may hold"
    assert run.size_bytes <= 60_000
    assert Report("here", run, pace, crowd, asleep).lines[-1].value > 0
    assert pace.decisions_per_s > pace.facts_per_s > 0
