"""Setting up: the scripts behind `make`, in a checkout of their own and without a network."""

import os
import pwd
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def checkout() -> Iterator[Path]:
    # not in pytest's own folder, which is closed to the other user that one test runs as
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        tree.chmod(0o755)
        shutil.copytree(ROOT / "scripts", tree / "scripts", ignore=shutil.ignore_patterns("__pycache__"))
        (tree / "deploy").mkdir()
        for lock in ("requirements.lock", "requirements-dev.lock"):
            (tree / lock).write_text("# nothing\n", encoding="utf-8")
        (tree / "pyproject.toml").write_text('[project]\nname = "nothing"\nversion = "1"\n', encoding="utf-8")
        yield tree


def quick_python(folder: Path) -> Path:
    """Our Python, but its venvs borrow our pip: unpacking one of their own takes seconds."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    text = f"""
if [ "$1" = -m ] && [ "$2" = venv ]; then
    {sys.executable} -m venv --without-pip "$3"
    echo {sysconfig.get_path("purelib")} >"$3/lib/{version}/site-packages/borrowed.pth"
else
    exec {sys.executable} "$@"
fi"""
    return program(folder / "python", text)


def venv(tree: Path, kind: str) -> subprocess.CompletedProcess[str]:
    return run(tree, "scripts/venv", kind, PYTHON=str(quick_python(tree)))


def run(tree: Path, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tree), "PIP_NO_INDEX": "1", **variables}
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_no_python_is_said_in_a_sentence(checkout: Path) -> None:
    done = run(checkout, "scripts/venv", "runtime", PYTHON="no-such-python")
    assert done.returncode == 1
    assert "there is no no-such-python here: install Python 3.11 or newer" in done.stderr


def test_an_old_python_is_said_in_a_sentence_and_changes_nothing(checkout: Path) -> None:
    old = program(checkout / "old", 'if [ "$1" = -V ]; then echo Python 3.9.2; else exit 1; fi')
    (checkout / ".venv").mkdir()
    done = run(checkout, "scripts/venv", "runtime", PYTHON=str(old))
    assert done.returncode == 1
    assert f"Python 3.11 or newer is needed, and {old} is Python 3.9.2" in done.stderr
    assert (checkout / ".venv").exists()


def test_a_python_without_venv_is_said_in_a_sentence(checkout: Path) -> None:
    bare = program(checkout / "bare", 'if [ "$1" = -m ]; then exit 1; fi')
    done = run(checkout, "scripts/venv", "runtime", PYTHON=str(bare))
    assert done.returncode == 1
    assert "on Debian and Ubuntu install the package python3-venv" in done.stderr


def test_a_lock_that_cannot_be_installed_is_said_and_tried_again(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text(f"nothing==1 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    for _ in range(2):
        done = venv(checkout, "runtime")
        assert done.returncode == 1
        assert "pip could not install requirements.lock" in done.stderr


@pytest.mark.parametrize("word", ["", "production"])
def test_an_unknown_kind_of_venv_is_refused(checkout: Path, word: str) -> None:
    done = run(checkout, "scripts/venv", word)
    assert (done.returncode, done.stderr) == (1, "lockstep set-up: usage: scripts/venv runtime|dev\n")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "changed", "anew"),
    [
        pytest.param("runtime", None, False, id="nothing changed"),
        pytest.param("dev", None, False, id="the tools come on top"),
        pytest.param("runtime", "requirements.lock", True, id="the lock changed"),
        pytest.param("runtime", "pyproject.toml", False, id="the project changed, not its lock"),
    ],
)
def test_the_venv_is_made_anew_only_when_its_lock_changed(
    checkout: Path, kind: str, changed: str | None, *, anew: bool
) -> None:
    venv(checkout, "runtime")
    witness = checkout / ".venv/witness"
    witness.touch()
    if changed:
        with (checkout / changed).open("a", encoding="utf-8") as file:
            file.write("# changed\n")

    done = venv(checkout, kind)

    assert done.returncode == 0, done.stderr
    assert witness.exists() != anew
    assert (checkout / ".venv/.lock-stamp").exists()
    assert (checkout / ".venv/.dev-stamp").exists() == (kind == "dev")


@pytest.mark.slow
def test_a_tool_dropped_from_the_development_lock_is_gone(checkout: Path) -> None:
    venv(checkout, "dev")
    (checkout / ".venv/witness").touch()
    (checkout / "requirements-dev.lock").write_text("# less\n", encoding="utf-8")
    venv(checkout, "dev")
    assert not (checkout / ".venv/witness").exists()


@pytest.mark.slow
def test_a_checkout_that_moved_gets_a_venv_for_its_new_place(checkout: Path) -> None:
    venv(checkout, "runtime")
    (checkout / ".venv/witness").touch()
    moved = checkout / "moved"
    moved.mkdir()
    for name in ("scripts", ".venv", "requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.move(checkout / name, moved / name)
    venv(moved, "runtime")
    assert not (moved / ".venv/witness").exists()


@pytest.mark.parametrize("missing", [True, False])
def test_whoever_may_not_install_packages_is_told_which(checkout: Path, *, missing: bool) -> None:
    package = "no-such-package" if missing else "dpkg"
    (checkout / "deploy/debian-packages.txt").write_text(f"{package}  # why\n# a remark\n", encoding="utf-8")
    nobody = {"user": pwd.getpwnam("nobody").pw_uid} if os.geteuid() == 0 else {}
    done = subprocess.run(
        ["scripts/debian-packages"], cwd=checkout, capture_output=True, text=True, check=False, **nobody
    )
    if not shutil.which("dpkg-query"):
        assert "This is not Debian: the tests need the like of these" in done.stdout
    elif missing:
        assert done.returncode == 1
        assert "apt-get install --no-install-recommends no-such-package" in done.stderr
    else:
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_every_debian_package_has_its_reason() -> None:
    text = (ROOT / "deploy/debian-packages.txt").read_text(encoding="utf-8")
    packages = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert {line.split()[0] for line in packages} >= {
        "postgresql",
        "poppler-utils",
        "chromium",
        "fonts-noto-cjk",
    }
    assert not [line for line in packages if "#" not in line]


def made(*arguments: str) -> str:
    """What make would run, by its own word."""
    return run(ROOT, "make", "--no-print-directory", "--dry-run", *arguments).stdout


def test_help_lists_every_target_a_person_says() -> None:
    shown = run(ROOT, "make", "help").stdout
    assert [line.split()[1] for line in shown.splitlines() if line.startswith("  make ")] == [
        *("help", "demo", "test", "check", "bench", "mutate", "lock", "clean")
    ]


def test_the_demo_waits_for_what_runs_only() -> None:
    steps = made("demo")
    assert "scripts/venv runtime" in steps
    assert "debian-packages" not in steps
    assert "scripts/venv dev" not in steps


@pytest.mark.parametrize(("said", "kept"), [(["demo"], False), (["demo", "KEEP=1"], True)])
def test_the_demo_is_kept_up_when_asked(said: list[str], *, kept: bool) -> None:
    assert ("--keep" in made(*said)) == kept


def test_make_test_leaves_nothing_out() -> None:
    steps = made("test")
    for step in ("debian-packages", "ruff check", "ruff format --check", "mypy", "lint-imports"):
        assert step in steps
    assert "tests/core" in steps
    assert "--cov-branch" in steps
    assert "--cov-fail-under=100" in steps
    assert "--ignore tests/core" in steps
    assert "not slow" not in steps


def test_ci_runs_make_test_without_waiting_for_anyone() -> None:
    text = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "set -euo pipefail" in text
    assert "make test </dev/null" in text
