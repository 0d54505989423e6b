"""How a command ends: its exit codes, and the error that carries one with its sentence."""

from enum import IntEnum

from lockstep.cli.language import say


class Code(IntEnum):
    """The exit codes, the same for every command."""

    OK = 0
    FAILED = 1
    USAGE = 2
    PARTIAL = 3
    CONFIGURATION = 4
    UNAVAILABLE = 5
    INTERRUPTED = 130


class CommandError(Exception):
    """The command cannot go on; the sentence says who must do what."""

    def __init__(self, code: Code, zh: str, en: str) -> None:
        super().__init__(say(zh, en))
        self.code = code
