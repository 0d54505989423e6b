"""200 calls against a live server, four at a time: not one ends otherwise than it should.

temporalio can bring the interpreter down while it exits (an abort, a segmentation fault, a hang), which a
caller sees as a negative code. Every command leaves by os._exit for that reason: lockstep/cli/run.py.
"""

import asyncio
import shlex

import pytest

from tests.cli.conftest import Desk
from tests.support.live import Call

pytestmark = pytest.mark.slow
ROUNDS, AT_ONCE = 20, 4
SIGNED = "--by H301 --role hr --reason x"
NOBODY_THERE = {"TEMPORAL_ADDRESS": "127.0.0.1:1"}


def calls(employee: str, number: int) -> list[tuple[str, int, dict[str, str]]]:
    """Ten calls and their codes: signals, updates, queries, lists and starts, granted and refused."""
    here = "--post designer --entity HQ --hire-date 2026-11-02 --monthly-salary 8000"
    return [
        ("list --json", 0, {}),
        (f"status {employee}", 0, {}),
        (f"explain {employee} --lang en", 0, {}),
        (f"hire R{number} --name x {here}", 0, {}),
        (f"signal course_completed {employee} --data course=culture", 0, {}),
        (f"adopt-policy tech {employee} --by H301 --preview", 0, {}),
        (f"waive {employee} nothing {SIGNED}", 1, {}),
        ("status N-404", 1, {}),
        ("signal passed N-404", 2, {}),
        ("list", 5, NOBODY_THERE),
    ]


async def test_not_one_of_two_hundred_calls_ends_abnormally(desk: Desk) -> None:
    employee = await desk.hires()
    asked = [each for number in range(ROUNDS) for each in calls(employee, number)]
    turn = asyncio.Semaphore(AT_ONCE)

    async def ask(command: str, given: dict[str, str]) -> Call:
        async with turn:
            return await desk.says(*shlex.split(command), **given)

    answers = await asyncio.gather(*(ask(command, given) for command, _, given in asked))
    wrong = [
        (command, code, call.code, call.err)
        for (command, code, _), call in zip(asked, answers, strict=True)
        if call.code != code or "Traceback" in call.err
    ]
    assert (len(answers), wrong) == (200, [])
