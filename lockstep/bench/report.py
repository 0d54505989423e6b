"""What was measured, beside its targets: as a table for people and as JSON for the next run."""

import json
import os
import platform
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from lockstep.bench.decisions import Pace
from lockstep.bench.open_hires import Crowd, Open
from lockstep.bench.race import Race


@dataclass(frozen=True)
class Line:
    """One figure. `target` is what it must reach ("" when it is only reported)."""

    key: str
    value: float
    unit: str
    meaning: str
    target: str = ""
    met: bool = True


def at_least(key: str, value: float, unit: str, meaning: str, target: float) -> Line:
    """A figure that must not be below its target."""
    return Line(key, value, unit, meaning, f"≥ {target:,}", value >= target)


def at_most(key: str, value: float, unit: str, meaning: str, target: float) -> Line:
    """A figure that must not be above its target."""
    return Line(key, value, unit, meaning, f"≤ {target:,}", value <= target)


@dataclass(frozen=True)
class Report:
    """One run of the bench on one machine."""

    machine: str
    race: Race
    pace: Pace
    crowd: Crowd
    asleep: Open

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every figure, in the order of the table."""
        run, pace, asleep = self.race, self.pace, self.asleep
        signals = f"{self.crowd.signals} signals"
        open_now = f"{self.crowd.hires:,} open hires"
        return (
            at_least("journey.rate_ratio", run.rate_ratio, "", "hires/s, product ÷ bare workflow", 0.8),
            Line("journey.cpu_ratio", run.cpu_ratio, "", "processor time per hire, product ÷ bare"),
            at_most("journey.events_per_hire", run.events, "", "history of internet's happy path", 150),
            at_most("journey.bytes_per_hire", run.size_bytes, "B", "the same, its size", 60_000),
            at_least(
                "core.decisions_per_s", pace.decisions_per_s, "/s", "next_step on a happy path", 100_000
            ),
            Line("core.facts_per_s", pace.facts_per_s, "/s", "advance on a happy path"),
            Line("open_hires.signal_p50_ms", asleep.percentile(50), "ms", f"{signals}, {open_now}"),
            Line("open_hires.signal_p95_ms", asleep.percentile(95), "ms", f"{signals}, {open_now}"),
            Line("open_hires.worker_mb", asleep.worker_mb, "MB", f"worker process, {open_now}"),
            Line("open_hires.idle_worker_mb", asleep.idle_mb, "MB", "worker process, no hire"),
        )

    @property
    def all_met(self) -> bool:
        """Whether no target was missed."""
        return all(line.met for line in self.lines)

    def table(self) -> Table:
        """For a terminal."""
        table = Table(title=self.machine)
        for column in ("key", "value", "target", "meaning"):
            table.add_column(column, justify="right" if column in {"value", "target"} else "left")
        for line in self.lines:
            style = "" if line.met else "bold red"
            table.add_row(
                line.key, f"{rounded(line.value):,} {line.unit}", line.target, line.meaning, style=style
            )
        return table

    def save(self, file: Path) -> Path:
        """Write the figures under their keys; sections that others wrote into the file stay."""
        known: dict[str, object] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        figures: dict[str, float] = {line.key: rounded(line.value) for line in self.lines}
        file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({**known, **figures, "machine": self.machine}, indent=2, ensure_ascii=False)
        file.write_text(text + "\n", encoding="utf-8")
        return file


def rounded(value: float) -> float:
    """Three places below ten, whole numbers above a hundred: more would only be noise."""
    return round(value) if value >= 100 else round(value, 3 if value < 10 else 1)


def machine() -> str:
    """Processor, cores, memory, Python: what figures are only worth something with."""
    cpu = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{cpu}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def _lines(file: str) -> list[str]:
    path = Path(file)
    return path.read_text().splitlines() if path.exists() else []
