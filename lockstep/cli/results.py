"""The file that says what became of each row: CSV or NDJSON by its name, without personal data."""

import csv
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from lockstep.cli.codes import Code, CommandError
from lockstep.core.base import Frozen


class Row(Frozen):
    """One row of the imported file."""

    line: int
    employee_id: str
    outcome: str
    workflow_id: str
    policy: str
    detail: str = ""


class ResultFile:
    """Written whole or not at all; made at once, so that a folder we may not write to is known in time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._draft = path.with_name(f".{path.name}.part")
        try:
            self._draft.touch()
        except OSError as error:
            raise CommandError(
                Code.FAILED,
                f"结果文件 {path} 写不了（{error.strerror}）：请用 --result 另选一个位置",
                f"The result file {path} cannot be written ({error.strerror}): choose another with --result",
            ) from error

    def write(self, rows: Sequence[Row]) -> None:
        """Put the rows in place of what an earlier run wrote."""
        write = _ndjson if self.path.suffix in (".ndjson", ".jsonl") else _csv
        write(self._draft, [row.model_dump() for row in rows])
        os.replace(self._draft, self.path)  # noqa: PTH105 - atomic on one disk, said by its plain name


def _ndjson(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    lines = (json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _csv(path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(Row.model_fields))
        writer.writeheader()
        writer.writerows(rows)
