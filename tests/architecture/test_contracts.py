"""The import contracts of .importlinter: kept by the tree, and each broken by whoever breaks it."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")

PLANTS = {
    "Imports run one way": [
        ("lockstep/core/base.py", "import lockstep.ports"),
        ("lockstep/ports.py", "import lockstep.errors"),
        ("lockstep/errors.py", "import lockstep.temporal"),
        ("lockstep/temporal.py", "import activities"),
        ("activities/__init__.py", "import workflows"),
        ("lockstep/words/__init__.py", "import lockstep.store"),
        ("lockstep/store/tables.py", "import lockstep.adapters"),
        ("lockstep/adapters/__init__.py", "import workflows"),
        ("workflows/ids.py", "import lockstep.wiring"),
    ],
    "Core decides": [
        ("lockstep/core/calendar.py", "import random"),
        ("lockstep/core/calendar.py", "import pathlib"),
        ("lockstep/core/calendar.py", "import logging"),
        ("lockstep/core/calendar.py", "from time import time"),
        ("lockstep/core/calendar.py", "import temporalio.workflow"),
    ],
    "Workflows and activities reach no vendor": [
        ("workflows/ids.py", "import twilio.rest"),
        ("workflows/ids.py", "import lockstep.settings"),
        ("activities/pay.py", "import sqlmodel"),
        ("lockstep/errors.py", "import jinja2"),  # reached through another
    ],
    "are ends": [
        ("lockstep/store/tables.py", "import starter"),
        ("workflows/ids.py", "from worker import main"),
    ],
    "Only wiring": [
        ("lockstep/authoring/load.py", "import lockstep.adapters.payroll"),
        ("lockstep/core/base.py", "import lockstep.adapters"),
    ],
    "Adapters do not import each other": [
        ("lockstep/adapters/archive/folder.py", "import lockstep.adapters.payroll"),
    ],
}


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=tree, capture_output=True, text=True, check=False)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for package in ("lockstep", "workflows", "activities"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_the_tree_keeps_every_contract(tree: Path) -> None:
    checked = lint(tree)
    assert checked.returncode == 0, checked.stdout
    assert "0 broken" in checked.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("contract", "file", "statement"),
    [
        pytest.param(contract, file, statement, id=f"{statement} in {file}")
        for contract, planted in PLANTS.items()
        for file, statement in planted
    ],
)
def test_a_planted_import_breaks_its_contract(tree: Path, contract: str, file: str, statement: str) -> None:
    with (tree / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{statement}\n")

    checked = lint(tree)

    verdicts = checked.stdout.split("Contracts:")[0]
    assert checked.returncode == 1
    assert any(contract in line and "BROKEN" in line for line in verdicts.splitlines()), checked.stdout


def imports(path: Path) -> set[str]:
    """The modules that a file imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            found.update({f"{node.module}", *(f"{node.module}.{alias.name}" for alias in node.names)})
    return found


@pytest.mark.parametrize("end", ["worker.py", "starter.py"])
def test_the_ends_leave_adapters_to_wiring(end: str) -> None:
    # import-linter sees packages only; these two are single files
    assert not [name for name in imports(ROOT / end) if name.startswith("lockstep.adapters")]
