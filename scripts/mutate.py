"""Plant faults in `lockstep/core`: do its tests notice? `make mutate` (MUTANTS=n, SEED=n).

All mutations are listed; a sample, drawn with a fixed seed, is run, each in a clone of the last commit.
Left out is what says nothing: unions in types and unpacking stars, which no longer compile and would flatter
the score, and decorators (`@cache`, `slots=True`), whose change alters no behaviour and would lower it.
"""

import os
import random
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkResult

ROOT = Path(__file__).resolve().parents[1]
CONFIG = f"""
[cosmic-ray]
module-path = "lockstep/core"
timeout = 120.0
excluded-modules = []
test-command = "{sys.executable} -m pytest -x -q -p no:cacheprovider --timeout 100 tests/core"

[cosmic-ray.distributor]
name = "local"
"""
UNION = "core/ReplaceBinaryOperator_BitOr"
STAR = re.compile(r"[(\[{,]\s*$")
TARGET = 90.0


def main(mutants: int, seed: int) -> int:
    """Print the score and every survivor; 1 when the score is below the target."""
    with TemporaryDirectory(prefix="lockstep-mutate-") as folder:
        lanes = [Path(folder) / str(lane) for lane in range(os.cpu_count() or 1)]
        for lane in lanes:
            _prepare(lane)
        total = _share_out(lanes, mutants, seed)
        running = [_cosmic_ray(lane, "exec") for lane in lanes]
        codes = [process.wait() for process in running]
        if any(codes):
            raise RuntimeError("cosmic-ray failed; see above")
        outcomes = [found for lane in lanes for found in _outcomes(lane)]
    score = _tell(outcomes, total, seed)
    return 0 if score >= TARGET else 1


def _prepare(lane: Path) -> None:
    subprocess.run(["git", "clone", "-q", str(ROOT), str(lane)], check=True)
    (lane / "mutate.toml").write_text(CONFIG, encoding="utf-8")
    _run([sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "tests/core"], lane)
    if _cosmic_ray(lane, "init").wait():
        raise RuntimeError("cosmic-ray could not list the mutations; see above")


def _run(command: list[str], lane: Path) -> None:
    subprocess.run(command, cwd=lane, check=True, stdout=subprocess.DEVNULL)


def _cosmic_ray(lane: Path, verb: str) -> "subprocess.Popen[bytes]":
    tool = str(Path(sys.executable).with_name("cosmic-ray"))
    return subprocess.Popen([tool, verb, "mutate.toml", "mutate.sqlite"], cwd=lane)


def _share_out(lanes: list[Path], mutants: int, seed: int) -> int:
    """Leave every lane its part of the sample; returns how many mutations there are in all."""
    with use_db(str(lanes[0] / "mutate.sqlite"), WorkDB.Mode.open) as first:
        names = sorted(
            (str(m.module_path), m.operator_name, m.occurrence)
            for item in first.work_items
            for m in item.mutations
            if _says_something(m, lanes[0])
        )
    chosen = random.Random(seed).sample(names, min(mutants, len(names)))  # noqa: S311 - no secret
    for number, lane in enumerate(lanes):
        mine = set(chosen[number :: len(lanes)])
        with use_db(str(lane / "mutate.sqlite"), WorkDB.Mode.open) as session:
            others = [
                item.job_id
                for item in session.work_items
                for m in item.mutations
                if (str(m.module_path), m.operator_name, m.occurrence) not in mine
            ]
            session.set_multiple_results(others, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
    return len(names)


def _says_something(mutation: MutationSpec, lane: Path) -> bool:
    row, column = mutation.start_pos
    text = (lane / mutation.module_path).read_text(encoding="utf-8")
    line = text.splitlines()[row - 1]
    is_star = line[column] == "*" and STAR.search(line[:column] or "(")
    is_union = mutation.operator_name.startswith(UNION)
    return not (is_union or is_star or line.lstrip().startswith("@"))


def _outcomes(lane: Path) -> list[tuple[TestOutcome, str]]:
    with use_db(str(lane / "mutate.sqlite"), WorkDB.Mode.open) as session:
        done = [result for _, result in session.results]
    return [(result.test_outcome, result.diff or "") for result in done if result.test_outcome is not None]


def _tell(outcomes: list[tuple[TestOutcome, str]], total: int, seed: int) -> float:
    counts = Counter(outcome for outcome, _ in outcomes)
    for outcome, diff in outcomes:
        if outcome is TestOutcome.SURVIVED:
            print(diff)
    score = 100 * (len(outcomes) - counts[TestOutcome.SURVIVED]) / len(outcomes)
    print(f"{len(outcomes)} of {total} mutations (seed {seed}), {dict(counts)}: score {score:.1f} %")
    return score


if __name__ == "__main__":
    sys.exit(main(int(os.environ.get("MUTANTS", "400")), int(os.environ.get("SEED", "1"))))
