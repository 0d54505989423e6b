# ruff: noqa: INP001  a script, no package
"""Whether the worker on this host polls: exit 0 when Temporal has heard it lately, else 1 and a sentence.

What the container's health check runs. It asks Temporal, since a worker that hangs is still a process.
"""

import json
import socket
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

TASK_QUEUE = "lockstep"  # workflows.ids.TASK_QUEUE, without the second that importing it takes
LATELY = timedelta(minutes=3)  # a poll lasts a minute at most


def silent(pollers: Iterable[Mapping[str, str]], host: str, now: datetime) -> set[str]:
    """The kinds of task, of workflow and activity, that no worker of `host` has asked for lately."""
    heard = {
        poller["taskQueueType"]
        for poller in pollers
        if poller["identity"].endswith(f"@{host}")
        and now - datetime.fromisoformat(poller["lastAccessTime"]) < LATELY
    }
    return {"workflow", "activity"} - heard


def main() -> str:
    """An empty string when all is well, else what is wrong. The temporal CLI reads TEMPORAL_* itself."""
    asked = subprocess.run(  # noqa: S603  our own setting
        ["temporal", "task-queue", "describe", "--task-queue", TASK_QUEUE, "--output", "json"],  # noqa: S607  from the image's PATH
        capture_output=True,
        text=True,
        timeout=8,
        check=False,
    )
    if asked.returncode:
        return f"Temporal does not answer: {asked.stderr.strip()}"
    missing = silent(json.loads(asked.stdout)["pollers"] or (), socket.gethostname(), datetime.now(UTC))
    return f"no worker here polls {TASK_QUEUE} for: {', '.join(sorted(missing))}" if missing else ""


if __name__ == "__main__":
    sys.exit(main() or 0)
