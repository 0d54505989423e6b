"""docs/integrating.md is true: its commands run in page order and answer what it says."""

import asyncio
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel
from temporalio import workflow

from lockstep.core.base import Request
from lockstep.core.explain import Explanation
from lockstep.core.preview import Preview
from lockstep.core.progress import Progress
from lockstep.embedded import embedded_server
from tests.support.channel_peers import free_port
from workflows import contracts as c
from workflows.onboarding import OnboardingWorkflow

PAGE = (Path(__file__).parents[2] / "docs" / "integrating.md").read_text(encoding="utf-8")
_PATIENCE = 20.0
_MACHINES_OWN = {"id": "event_id", "at": "occurred_at"}


@dataclass(frozen=True)
class Said:
    """A command of the page and what the page says it answers."""

    line: int
    command: str
    answer: str


def sessions() -> Iterator[Said]:
    """Every command of every console block."""
    for block in re.finditer(r"^```console\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        first = PAGE[: block.start(1)].count("\n") + 1
        for each in re.finditer(r"^\$ (.*(?:\n {4}.*)*)\n((?:(?!\$ ).*\n)*)", block[1], re.MULTILINE):
            yield Said(first + block[1][: each.start()].count("\n"), each[1], each[2].strip())


def files() -> Iterator[tuple[str, str]]:
    """Every block that has a file's name."""
    for block in re.finditer(r"^```\w+ (\S+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL):
        yield block[1], block[2]


def at_any_hour(folder: Path) -> Path:
    """The shipped policies for readers at night and on Sundays too: people are asked whenever it is."""
    folder.mkdir()
    always = 'hours: {start: "00:00", end: "23:59:59", working_days_only: false}'
    for file in (Path(__file__).parents[2] / "policies").glob("*.yaml"):
        text, count = re.subn(r"hours: \{start.*?\}", always, file.read_text(encoding="utf-8"))
        assert count == 1, file
        (folder / file.name).write_text(text, encoding="utf-8")
    return folder


class Terminal:
    """A reader who types the page, in a folder of their own, against a server and a worker of their own."""

    def __init__(self, folder: Path, policies: Path, address: str) -> None:
        self._folder = folder
        self._variables: list[str] = []
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        home = {
            "LOCKSTEP_HOME": str(folder / "home"),
            "LOCKSTEP_POLICIES": str(policies),
            "HOME": str(folder),
        }
        self.environment = {"PATH": path, "TEMPORAL_ADDRESS": address, "LANG": "C.UTF-8", **home}

    async def types(self, said: Said) -> None:
        """Run a command until it answers as the page says; only a question may be asked more than once."""
        if re.fullmatch(r"\w+=\S+", said.command):
            self._variables.append(said.command)
            return
        asks = "workflow query" in said.command
        deadline = asyncio.get_running_loop().time() + (_PATIENCE if asks else 0)
        while problem := wrong(said, *await self._run(said.command)):
            if asyncio.get_running_loop().time() >= deadline:
                raise AssertionError(f"docs/integrating.md:{said.line}: {said.command}\n{problem}")
            await asyncio.sleep(0.1)

    async def _run(self, command: str) -> tuple[int, str, str]:
        process = await asyncio.create_subprocess_exec(
            "/bin/sh", "-c", "\n".join([*self._variables, command]),
            cwd=self._folder, env=self.environment,
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, err = await process.communicate()
        return process.returncode or 0, out.decode(), err.decode()


def wrong(said: Said, code: int, out: str, err: str) -> str:
    """What differs from the page; "" when nothing does."""
    if said.answer.startswith("Error: "):
        return (
            "" if code != 0 and err.startswith(said.answer) else f"the page: {said.answer}\nnow: {err}{out}"
        )
    if code != 0:
        return f"it failed with {code}: {err}"
    if not said.answer:
        return ""
    whole = json.loads(out)
    told = whole["queryResult"][0] if "queryResult" in whole else whole["result"]
    return "\n".join(different("answer", json.loads(said.answer), told))


def different(where: str, shown: Any, told: Any) -> Iterator[str]:
    """Where an answer lacks what the page shows; a time is any time."""
    match shown, told:
        case dict(), dict():
            for name, value in shown.items():
                if name in told:
                    yield from different(f"{where}.{name}", value, told[name])
                else:
                    yield f"{where}.{name} is not there"
        case list(), list() if len(shown) == len(told):
            for number, pair in enumerate(zip(shown, told, strict=True)):
                yield from different(f"{where}[{number}]", *pair)
        case _:
            if shown != told and not (is_time(shown) and is_time(told)):
                yield f"{where}: the page says {shown!r}, now it is {told!r}"


def is_time(value: object) -> bool:
    return isinstance(value, str) and bool(re.match(r"\d{4}-\d\d-\d\dT", value)) and bool(instant(value))


def instant(value: str) -> datetime:
    return datetime.fromisoformat(value)


@pytest.mark.slow
async def test_every_command_of_the_page_answers_what_the_page_says(tmp_path: Path) -> None:
    for name, text in files():
        (tmp_path / name).write_text(text, encoding="utf-8")
    async with embedded_server(tmp_path / "home", free_port(), free_port()) as server:
        reader = Terminal(tmp_path, at_any_hour(tmp_path / "policies"), server.address)
        with (tmp_path / "worker.log").open("wb") as log:
            worker = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "worker", env=reader.environment, stdout=log, stderr=log,
                cwd=Path(__file__).parents[2],
            )  # fmt: skip
        try:
            for said in sessions():
                await reader.types(said)
        finally:
            worker.terminate()
            await worker.wait()


def test_the_page_speaks_of_every_signal_update_and_query() -> None:
    typed = "\n".join(said.command for said in sessions())
    known = [*c.SIGNALS, "hired", *updates(), *queries()]
    assert [name for name in known if not re.search(rf"name {name}\b", typed)] == []


def test_no_line_of_the_page_is_passed_over() -> None:
    typed = list(sessions())
    assert len(typed) == len(re.findall(r"^\$ ", PAGE, re.MULTILINE)) >= 50
    refusals = [said.answer for said in typed if said.answer.startswith("Error: ")]
    assert len(refusals) == len(re.findall(r"^Error: ", PAGE, re.MULTILINE)) >= 12


def definition() -> Any:
    found = workflow._Definition.from_class(OnboardingWorkflow)
    assert found is not None
    return found


def updates() -> dict[str, type[Request]]:
    return {name: each.arg_types[0] for name, each in definition().updates.items()}


def queries() -> Sequence[str]:
    return [name for name in definition().queries if name]


def rows(heading: str) -> Iterator[list[str]]:
    """The rows of the table under a heading."""
    [table] = re.findall(rf"^### {heading}\n\n\|.*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE)
    for line in table.splitlines():
        yield [cell.strip() for cell in line.strip("|").split("|")]


def fields(model: type[BaseModel]) -> list[str]:
    """The fields of a message as the page writes them, the required ones bold."""
    named = {_MACHINES_OWN.get(n, n): f for n, f in model.model_fields.items() if n != "kind"}
    required = {"event_id"} if "occurred_at" in named else set()
    optional = {"occurred_at"}
    return sorted(
        f"**{name}**" if name not in optional and (field.is_required() or name in required) else name
        for name, field in named.items()
    )


def listed(cell: str) -> list[str]:
    return sorted(name.strip() for name in cell.split(",") if name.strip())


MODELS: dict[str, type[BaseModel]] = {"hired": c.Hired, **c.SIGNALS}


def test_the_table_of_signals_has_every_field() -> None:
    shown = {row[0].strip("`"): listed(row[2]) for row in rows("Signals")}
    assert shown == {name: fields(model) for name, model in MODELS.items()}


def test_the_table_of_updates_has_every_field_and_answer() -> None:
    shown = {row[0].strip("`"): (listed(row[2]), listed(row[3])) for row in rows("Updates")}
    answers = {name: each.ret_type for name, each in definition().updates.items()}
    expected = {
        name: (fields(ask), ["the new `progress`"] if answers[name] is Progress else list_of(answers[name]))
        for name, ask in updates().items()
    }
    assert shown == expected


def test_the_table_of_queries_has_every_field_and_answer() -> None:
    shown = {row[0].strip("`"): (listed(row[1]), listed(row[2])) for row in rows("Queries")}
    assert shown == {
        "progress": ([], list_of(Progress)),
        "explanation": (fields(c.Explain), list_of(Explanation)),
    }
    assert sorted(shown) == sorted(queries())


def list_of(model: type[BaseModel]) -> list[str]:
    return sorted(model.model_fields)


def test_every_field_that_is_sent_is_explained_and_no_other() -> None:
    explained = [name for row in rows("Fields you send") for name in listed(row[0])]
    sent = {
        name.strip("*")
        for model in (*MODELS.values(), *updates().values(), c.Explain)
        for name in fields(model)
    }
    assert sorted(explained) == sorted(sent)


def test_every_field_the_page_explains_of_answers_exists() -> None:
    answers = (Progress, Explanation, Preview, c.Sitting, c.Result, c.Signed, c.AppealTaken, c.Entered)
    known = {name for model in answers for name in model.model_fields} | {"status"}
    explained = {name for row in rows("Fields you get") for name in listed(row[0])}
    assert explained <= known
