"""0 done, 1 refused, 2 wrongly asked, 3 in part, 4 wrongly set up, 5 nobody answers: each with a sentence."""

import asyncio
import re
import shlex
from dataclasses import dataclass, field

import pytest

from tests.cli.conftest import Desk
from tests.support.live import Call
from workflows import ids

pytestmark = pytest.mark.slow
HERE = "--name x --entity HQ --monthly-salary 8000"
SIGNED = "--by H301 --role hr --reason x"
CHINESE = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class End:
    """How a command ends: its code and what both sentences say; `given` are settings for this call alone."""

    code: int
    command: str
    zh: str
    en: str
    given: dict[str, str] = field(default_factory=dict)


NOBODY_THERE = {"TEMPORAL_ADDRESS": "127.0.0.1:1"}
MYSQL = {"LOCKSTEP_DATABASE_URL": "mysql://root:secret@localhost/x"}
NO_STORE = {"LOCKSTEP_DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}
ENDS = [
    End(1, "status N-404", "没有工号为 N-404 的入职流程", "No hire has employee number N-404"),
    End(1, "payroll export HQ 2025-01", "没有任何分录", "Nothing is booked for HQ"),
    End(1, "salary N-404 1 --from 2026-11-02", "没有工号 N-404", "Nobody has employee number"),
    End(1, f"hire X1 --post pilot --hire-date 2026-11-02 {HERE}", "没有制度适用于", "selects post pilot"),
    End(2, "signal passed N-404", "没有 passed 这个信号", "There is no signal passed"),
    End(2, "signal course_completed N-404", "写法不对：course_completed: course", "Not understood"),
    End(2, "signal employee_left N-404 --data {x", "不是正确的 JSON", "--data is not JSON"),
    End(2, f"hire X1 --post designer --hire-date 2026-02-30 {HERE}", "没有 2026-02-30 这一天", "2026-02-30"),
    End(2, "salary H301 viel --from 2026-11-02", "YUAN", "YUAN"),
    End(2, "status 'N 1'", "只能用字母", "only letters"),
    End(2, "payroll close HQ 2026-01", "请加 --yes", "add --yes"),
    End(4, "payroll show HQ 2026-11", "请把 LOCKSTEP_DATABASE_URL 设为", "is neither", MYSQL),
    End(4, "payroll show HQ 2026-11", "LOCKSTEP_UI_PORT", "LOCKSTEP_UI_PORT", {"LOCKSTEP_UI_PORT": "many"}),
    End(4, "policy lint", "文件夹 /nowhere 不存在", "no folder /nowhere", {"LOCKSTEP_CONTENT": "/nowhere"}),
    End(4, "list", "配置有误：Namespace", "Wrongly configured: Namespace", {"TEMPORAL_NAMESPACE": "nowhere"}),
    End(5, "list", "没有 Temporal 服务器应答", "No Temporal server answers", NOBODY_THERE),
    End(
        5, f"hire X1 --post designer --hire-date 2026-11-02 {HERE}",
        "用 lockstep server 启动一个", "start one with `lockstep server`", NOBODY_THERE,
    ),
    End(5, "payroll show HQ 2026-11", "存储没有应答", "The store does not answer", NO_STORE),
]  # fmt: skip


def spoken(call: Call) -> str:
    """What a person reads; a traceback is no sentence."""
    assert "Traceback" not in call.err, call.err
    return call.out + call.err


@pytest.mark.parametrize("end", ENDS, ids=lambda end: f"{end.code} {end.command}")
async def test_a_failure_has_its_code_and_a_sentence_in_both_languages(desk: Desk, end: End) -> None:
    words = shlex.split(end.command)
    chinese, english = await asyncio.gather(
        desk.says(*words, **end.given), desk.says(*words, "--lang", "en", **end.given)
    )
    assert (chinese.code, english.code) == (end.code, end.code), spoken(chinese) + spoken(english)
    assert end.zh in spoken(chinese)
    assert end.en in spoken(english)
    assert not CHINESE.search(english.err), english.err
    assert "secret" not in spoken(chinese) + spoken(english)


@pytest.mark.parametrize("arguments", [("nonsense",), ("status",), ("list", "--limit", "0"), ("hire", "X1")])
async def test_a_command_typed_wrongly_ends_with_2_and_says_how_to_ask(
    desk: Desk, arguments: tuple[str, ...]
) -> None:
    call = await desk.says(*arguments, "--lang", "en")
    assert (call.code, "Usage: lockstep" in spoken(call)) == (2, True)


async def test_with_no_worker_a_question_ends_in_a_sentence_and_not_in_waiting(desk: Desk) -> None:
    client = await desk.house.client()
    workflow_id = "onboarding/HQ/LONELY/2026-11-02"
    await client.start_workflow(
        "OnboardingWorkflow", id=workflow_id, task_queue=f"{ids.TASK_QUEUE}-nobody-works-here"
    )
    try:
        call = await desk.says("status", workflow_id)
        assert (call.code, "lockstep worker" in spoken(call)) == (5, True)
    finally:
        await client.get_workflow_handle(workflow_id).terminate()


async def test_a_hire_that_is_over_refuses_with_1(desk: Desk) -> None:
    employee = await desk.hires()
    workflow_id = f"onboarding/HQ/{employee}/2026-11-02"
    await (await desk.house.client()).get_workflow_handle(workflow_id).terminate()
    left = f"signal employee_left {workflow_id} --data reason=resigned"
    for asked in (left, f"waive {workflow_id} culture {SIGNED}"):
        call = await desk.says(*shlex.split(asked))
        assert (call.code, spoken(call)) == (1, "lockstep: 被拒绝：这段入职培训已经结束\n")
