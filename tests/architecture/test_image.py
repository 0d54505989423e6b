"""The worker's image: what its Dockerfile promises, and that what it holds is enough to run.

No container engine runs here, so the image itself is never built by these tests.
"""

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORE = [
    line
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
LET_IN = [line[1:] for line in IGNORE if line.startswith("!")]


def test_everything_is_left_out_that_is_not_let_in() -> None:
    assert IGNORE[0] == "*"
    assert not [name for name in LET_IN if fnmatch.fnmatch(".env", name) or name in (".", "deploy", ".git")]


@pytest.mark.parametrize("name", LET_IN)
def test_what_is_let_in_exists(name: str) -> None:
    assert (ROOT / name).exists()


def test_every_stage_starts_from_one_pinned_python() -> None:
    images = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(images) == 2
    assert len(set(images)) == 1
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-bookworm", images[0])


def test_it_runs_as_a_numbered_user_who_is_not_root() -> None:
    # by number, so that a cluster can see without reading the image that it is not root
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.findall(r"^USER (.+)$", last, re.MULTILINE) == ["10001:10001"]


def test_every_package_comes_by_hash_and_nothing_else_is_fetched() -> None:
    installs = re.findall(r"pip install (.+)", DOCKERFILE)
    assert len(installs) == 2
    assert "--require-hashes -r requirements.lock" in installs[0]
    assert {"--no-index", "--no-deps", "--no-build-isolation"} <= set(installs[1].split())


def test_no_secret_is_built_in() -> None:
    assert not re.search(
        r"^(ENV|ARG)\b.*(PASSWORD|SECRET|TOKEN|KEY)", DOCKERFILE, re.MULTILINE | re.IGNORECASE
    )


def test_what_the_image_runs_is_in_it() -> None:
    named = [command[1] for command in map(json.loads, re.findall(r"CMD (\[.+\])", DOCKERFILE))]
    assert named == ["deploy/worker_health.py", "worker.py"]
    assert all(any(Path(path).is_relative_to(name) for name in LET_IN) for path in named)


def test_what_the_image_holds_is_enough_for_worker_and_command(tmp_path: Path) -> None:
    for name in LET_IN:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    script = """
import starter, worker
from lockstep.settings import Settings
from lockstep.wiring import Wiring
found = Settings()
for path in (found.policies, found.content, found.templates):
    assert path.is_dir(), path
assert Wiring(found).activities
print(starter.__file__, worker.__file__, found.policies)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "LOCKSTEP_HOME": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert all(Path(path).is_relative_to(tmp_path) for path in done.stdout.split())
