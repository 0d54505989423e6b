"""docs/how-to-add-a-channel.md is true: its files exist, its adapter passes our own checks."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.channel_example import PAGE, block

ROOT = Path(__file__).parents[2]
ADAPTER = "# lockstep/adapters/channels/robot.py"


def test_every_file_it_names_exists_but_those_the_reader_makes() -> None:
    named = set(
        re.findall(r"`((?:lockstep|templates|tests|docs)/[\w./-]+\.\w+)`", PAGE.read_text(encoding="utf-8"))
    )
    assert len(named) >= 6
    assert sorted(path for path in named if not (ROOT / path).exists()) == []


def test_its_adapter_is_as_short_as_we_ask() -> None:
    assert block(ADAPTER).count("\n") <= 150


@pytest.mark.slow
@pytest.mark.parametrize(
    "check", [("ruff", "check"), ("ruff", "format", "--check"), ("mypy", "--strict")], ids=" ".join
)
def test_its_adapter_passes_the_checks_a_newcomer_will_run(check: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "lockstep" / "adapters" / "channels" / "robot.py"
    path.parent.mkdir(parents=True)
    path.write_text(block(ADAPTER).removeprefix(ADAPTER + "\n"), encoding="utf-8")
    tool, *arguments = check
    settings = (
        ["--config", str(ROOT / "pyproject.toml")]
        if tool == "ruff"
        else ["--config-file", str(ROOT / "pyproject.toml")]
    )
    # not in our tree: the ruff rule about packages without __init__.py cannot hold there
    settings += ["--ignore", "INP001"] if check == ("ruff", "check") else []
    command = [sys.executable, "-m", tool, *arguments, *settings, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
