"""Reading docker-compose.temporal.yml by the real Compose."""

import json
import os
import re
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
FILE = ROOT / "docker-compose.temporal.yml"
ENV_EXAMPLE = ROOT / "deploy/env.example"
COMPOSE = Path(sys.executable).with_name("docker-compose")

TEXT = FILE.read_text(encoding="utf-8")
REQUIRED = sorted(set(re.findall(r"\$\{(\w+):\?", TEXT)))
VARIABLES = sorted(set(re.findall(r"(?<!\$)\$\{(\w+)", TEXT)))
RAW: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES = sorted(RAW["services"])


def compose(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Compose with nothing of our own environment but these variables."""
    return subprocess.run(
        [COMPOSE, "--env-file", os.devnull, "-f", FILE, *arguments],
        env={"PATH": os.environ["PATH"], "HOME": tempfile.gettempdir(), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


@cache
def resolved() -> dict[str, Any]:
    """The file as Compose understands it, with every required variable given."""
    done = compose("config", "--format", "json", **{name: f"given-{name}" for name in REQUIRED})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def service(name: str) -> dict[str, Any]:
    return resolved()["services"][name]
