"""Values typed as options, read by the same rules as a file's cells."""

from collections.abc import Callable, Mapping, Sequence

from lockstep.authoring.problems import Problem
from lockstep.cli.codes import Code, CommandError
from lockstep.intake import values
from lockstep.intake.columns import Column, parsed
from lockstep.intake.faults import WrongValueError


def day(text: str, option: str) -> str:
    """A date in ISO form. Raises CommandError."""
    return given(values.day, text, option)


def given(parse: Callable[[str], str], text: str, option: str) -> str:
    """What the option's text means. Raises CommandError with the sentence why nothing."""
    try:
        return parse(text)
    except WrongValueError as wrong:
        raise _refusal([(wrong, option)]) from wrong


def row(columns: Mapping[str, Column], texts: Mapping[str, str]) -> dict[str, str]:
    """The values of a row typed as options, every fault named at once. Raises CommandError."""
    found: dict[str, str] = {}
    faults: list[tuple[WrongValueError, str]] = []
    for key, text in texts.items():
        try:
            found[key] = parsed(columns[key], text)
        except WrongValueError as wrong:
            faults.append((wrong, f"--{key.replace('_', '-')}"))
    if faults:
        raise _refusal(faults)
    return found


def refused(problems: Sequence[Problem], code: Code) -> CommandError:
    """The problems as one refusal: what was typed has no file and no line."""
    return CommandError(code, "\n".join(p.zh for p in problems), "\n".join(p.en for p in problems))


def _refusal(faults: list[tuple[WrongValueError, str]]) -> CommandError:
    return refused([wrong.at(1, place) for wrong, place in faults], Code.USAGE)
