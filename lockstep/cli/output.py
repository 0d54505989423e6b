"""What a command says: results on stdout (a table, or with `--json` an object a line), notes on stderr."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence

from pydantic import BaseModel
from rich.console import Console
from rich.markdown import Markdown
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from lockstep.authoring.problems import Problem
from lockstep.cli.codes import Code, CommandError
from lockstep.cli.language import LANGUAGE
from lockstep.core.base import Lang

_MOST_PROBLEMS = 100
_WIDE = 200  # columns, where no terminal says how wide it is: a pipe or a file


class Output:
    """Where one command's words go."""

    def __init__(self, *, as_json: bool, lang: Lang | None = None) -> None:
        self.as_json = as_json
        self.lang = lang or LANGUAGE
        self._results = _console(stderr=False)
        self._notes = _console(stderr=True)

    def say(self, zh: str, en: str) -> str:
        """The phrase in the command's language."""
        return zh if self.lang is Lang.ZH else en

    def record(self, result: BaseModel | Mapping[str, object]) -> None:
        """One result as a line of JSON; nothing without `--json`."""
        if self.as_json:
            plain = result.model_dump(mode="json") if isinstance(result, BaseModel) else dict(result)
            print(json.dumps(plain, ensure_ascii=False, default=str), flush=True)  # noqa: T201 - the product's output

    def text(self, text: str) -> None:
        """A result in words; nothing with `--json`."""
        if not self.as_json:
            print(text, flush=True)  # noqa: T201

    def markdown(self, text: str) -> None:
        """A result that is Markdown; nothing with `--json`."""
        if not self.as_json:
            self._results.print(Markdown(text))

    def table(self, title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Results as a table; nothing with `--json`."""
        if self.as_json:
            return
        table = Table(*map(escape, columns), title=escape(title) or None, title_justify="left")
        for row in rows:
            table.add_row(*map(escape, row))
        self._results.print(table)

    def note(self, zh: str, en: str) -> None:
        """A remark beside the results."""
        self._notes.print(self.say(zh, en), markup=False, highlight=False, soft_wrap=True)

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong with a file, one line each. Raises CommandError when any of it is an error."""
        for problem in problems:
            self.record(problem)
        for problem in problems[:_MOST_PROBLEMS]:
            self._notes.print(problem.text(self.lang), markup=False, highlight=False, soft_wrap=True)
        if len(problems) > _MOST_PROBLEMS:
            more = len(problems) - _MOST_PROBLEMS
            self.note(f"……还有 {more} 处", f"... and {more} more")
        errors = sum(problem.is_error for problem in problems)
        if errors:
            raise CommandError(
                Code.FAILED,
                f"有 {errors} 处要改；什么都没有导入",
                f"{errors} to mend first; nothing was imported",
            )

    def confirm(self, zh: str, en: str, *, yes: bool) -> None:
        """Ask before something big. Raises CommandError when nobody can be asked, or the answer is no."""
        if yes:
            return
        if not sys.stdin.isatty():
            raise CommandError(
                Code.USAGE, f"{zh} 这里没有终端可问：请加 --yes", f"{en} Nobody to ask here: add --yes"
            )
        answer = self._notes.input(f"{self.say(zh, en)} [y/N] ", markup=False)
        if answer.strip().casefold() not in ("y", "yes", "是"):
            raise CommandError(Code.FAILED, "没有执行任何操作", "Nothing was done")

    def progress(self) -> Progress:
        """A progress bar on stderr; silent where stderr is no terminal, and with `--json`."""
        return Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=self._notes,
            disable=self.as_json or not self._notes.is_terminal,
        )


def _console(*, stderr: bool) -> Console:
    stream = sys.stderr if stderr else sys.stdout
    return Console(stderr=stderr, width=None if stream.isatty() else _WIDE)
