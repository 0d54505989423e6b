"""Running a command to its exit code. Every path ends in os._exit: temporalio can crash Python's exit."""

import importlib
import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from typing import NoReturn

from lockstep.cli.apps import Command, dispatch
from lockstep.cli.codes import Code
from lockstep.cli.language import say


def run(commands: Mapping[str, Command], arguments: Sequence[str]) -> NoReturn:
    """Run a command, say what went wrong if something did, and leave."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # the terminal may lack 𠮷
    code = _code(commands, arguments)
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            code = code or Code.FAILED  # whoever read us has gone
    os._exit(code)


def _code(commands: Mapping[str, Command], arguments: Sequence[str]) -> int:
    try:
        dispatch(commands, arguments)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else Code.FAILED if ended.code else Code.OK
    except BaseException as error:  # noqa: BLE001 - the last one who can say what happened
        return _report(error)
    return Code.OK


def _report(error: BaseException) -> int:
    # loaded now: it knows every library's errors, and most commands end well
    failure = importlib.import_module("lockstep.cli.failures").failure_of(error)
    if failure is None:
        traceback.print_exception(error)
        fault = say(
            "这是 Lockstep 的缺陷，请把上面的内容发给维护者",
            "This is a fault of Lockstep; please report the above",
        )
        print(f"lockstep: {fault}", file=sys.stderr)  # noqa: T201 - the product's output
        return Code.FAILED
    print(f"lockstep: {failure.sentence}", file=sys.stderr)  # noqa: T201
    return int(failure.code)
