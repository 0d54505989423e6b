"""Histories kept as files: gzip'd JSON, with nothing in them of the machine they were made on."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from temporalio.client import WorkflowHistory

FOLDER = Path(__file__).parent / "histories"
IDENTITY = "recorder"
_ENDING = ".json.gz"


def files() -> list[Path]:
    """All of them, by name."""
    return sorted(FOLDER.glob(f"*{_ENDING}"))


def life_of(file: Path) -> str:
    """The life a file is of: what stands before the number of the run."""
    return file.name.removesuffix(_ENDING).rpartition(".")[0]


def load(file: Path) -> WorkflowHistory:
    """A history, under the id its workflow had."""
    kept = json.loads(text(file))
    return WorkflowHistory.from_json(kept["workflow_id"], kept["history"])


def text(file: Path) -> str:
    """What is in a file."""
    return gzip.decompress(file.read_bytes()).decode()


def keep(life: str, histories: list[WorkflowHistory]) -> None:
    """Write a life's histories, in place of those it had."""
    FOLDER.mkdir(exist_ok=True)
    for old in [file for file in files() if life_of(file) == life]:
        old.unlink()
    for number, history in enumerate(histories, start=1):
        kept = {"workflow_id": history.workflow_id, "history": _anywhere(history.to_json_dict())}
        written = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        (FOLDER / f"{life}.{number:02}{_ENDING}").write_bytes(gzip.compress(written, 9, mtime=0))


def _anywhere(value: Any) -> Any:
    """The same without process, host and paths: workers' names, their own queues, stack traces."""
    if isinstance(value, list):
        return [_anywhere(item) for item in value]
    if not isinstance(value, dict):
        return value
    found = {name: _anywhere(item) for name, item in value.items() if name != "stackTrace"}
    if "identity" in found:
        found["identity"] = IDENTITY
    if found.get("kind") == "TASK_QUEUE_KIND_STICKY":
        found["name"] = IDENTITY
    return found


def identities(value: Any) -> Iterator[str]:
    """Every name of a process in a history."""
    if isinstance(value, list):
        for item in value:
            yield from identities(item)
    elif isinstance(value, dict):
        yield from (str(item) for name, item in value.items() if name == "identity")
        for item in value.values():
            yield from identities(item)
