"""What is wrong with a policy file, as a value: a sentence in two languages and the place it is about."""

from dataclasses import dataclass
from enum import StrEnum

from lockstep.core.base import Frozen, Lang


class Severity(StrEnum):
    """An error keeps a policy from being used; a warning is legal but unwise."""

    ERROR = "error"
    WARNING = "warning"


_PREFIX = {
    (Severity.ERROR, Lang.ZH): "错误：",
    (Severity.ERROR, Lang.EN): "error: ",
    (Severity.WARNING, Lang.ZH): "提醒：",
    (Severity.WARNING, Lang.EN): "warning: ",
}


class Problem(Frozen):
    """One thing to mend. `path` is where in the policy (`courses.culture.deadline`), `line` where in `file`.

    `code` is the stable name of the check. Line 0 means: not placed yet.
    """

    code: str
    severity: Severity = Severity.ERROR
    path: str = ""
    zh: str
    en: str
    line: int = 0
    file: str = ""

    @property
    def is_error(self) -> bool:
        """Whether the policy may not be used."""
        return self.severity is Severity.ERROR

    def sentence(self, lang: Lang) -> str:
        """What is wrong and what to do, in `lang`."""
        return self.zh if lang is Lang.ZH else self.en

    def text(self, lang: Lang) -> str:
        """The line an editor can jump to: `file:line: error: sentence [code]`."""
        prefix = _PREFIX[(self.severity, lang)]
        return f"{self.file}:{max(self.line, 1)}: {prefix}{self.sentence(lang)} [{self.code}]"

    def placed(self, lines: dict[str, int], file: str) -> "Problem":
        """The same problem placed in a file: at its own line, else at the nearest known part of its path."""
        return self.model_copy(update={"file": file, "line": self.line or line_of(self.path, lines)})


@dataclass(frozen=True)
class Sentence:
    """What a check says, in Chinese and English; `{words}` in braces are filled in where it is said."""

    code: str
    zh: str
    en: str
    severity: Severity = Severity.ERROR

    def at(self, path: str = "", *, line: int = 0, **words: object) -> Problem:
        """The sentence said about a place."""
        return Problem(
            code=self.code,
            severity=self.severity,
            path=path,
            zh=self.zh.format(**words),
            en=self.en.format(**words),
            line=line,
        )


def line_of(path: str, lines: dict[str, int]) -> int:
    """The line of a path, or of the closest enclosing part that has one; 1 for the file as a whole."""
    while path:
        if path in lines:
            return lines[path]
        path = path.rpartition(".")[0]
    return 1


class UnusablePolicyError(Exception):
    """Policy files that cannot be used. The text lists every problem, Chinese first."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(f"{problem.text(Lang.ZH)} / {problem.en}" for problem in problems))
        self.problems = problems
