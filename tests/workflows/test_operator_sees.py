"""What the Temporal UI shows of a hire: words beside every step and timer, a table, and nobody's name."""

import re
from pathlib import Path

import pytest
from google.protobuf.json_format import MessageToJson
from temporalio.converter import DataConverter

from lockstep.core import steps as s
from lockstep.core.base import Why
from tests.support.world import World
from tests.support.world_diary import hired
from workflows import summaries

CHINESE, LATIN = re.compile("[\u4e00-\u9fff]"), re.compile("[A-Za-z]{3}")
RULES = Path(__file__).parents[2] / "lockstep" / "core" / "rules"
NOTICES = sorted(
    event
    for file in RULES.glob("*.py")
    for event in re.findall(r'(?:_notice\(|event=)"(\w+)"', file.read_text(encoding="utf-8"))
)
"""Every notice that some rule of core sends."""


def in_both(text: str) -> bool:
    return bool(CHINESE.search(text) and LATIN.search(text))


@pytest.mark.slow
async def test_every_activity_and_timer_says_in_words_what_it_is_for(dev: World) -> None:
    hire = await hired(dev, "operations")
    await hire.day(6)
    await hire.passes("culture", "manners", "skills")
    await hire.day(40)
    history = await hire.handle.fetch_history()
    said: dict[str, str] = {}
    for event in history.events:
        kind = event.WhichOneof("attributes").removesuffix("_event_attributes")
        if kind in ("activity_task_scheduled", "timer_started"):
            [text] = await DataConverter.default.decode([event.user_metadata.summary])
            said[text] = kind
    assert [text for text in said if not in_both(text)] == []
    words = "\n".join(said)
    for expected in ("制定培训计划", "第1次提醒", "颁发证书", "考勤标记", "工资结算", "工资调整通知"):
        assert expected in words, expected
    assert {text for text, kind in said.items() if kind == "timer_started"} >= {
        "等待 · Waiting: 下次提醒 next reminder",
        "等待 · Waiting: 工资结算日 pay cut-off",
    }
    whole = "".join(MessageToJson(event, ensure_ascii=False) for event in history.events)
    assert "欧阳" not in whole, "names, addresses and amounts are in the store alone"
    assert f"{hire.employee_id}@example.com" not in whole


@pytest.mark.slow
async def test_the_table_of_a_hire_is_what_status_prints(dev: World) -> None:
    hire = await hired(dev, "operations")
    metadata = await hire.handle.query("__temporal_workflow_metadata")
    table = metadata.current_details
    assert "| 企业文化 | 学习中 |" in table
    assert "试用期考核" in table


@pytest.mark.parametrize("event", NOTICES)
def test_every_notice_there_is_has_its_words(event: str) -> None:
    step = s.Notify(key="k", why=Why(rule="any"), event=event)
    assert in_both(summaries.of_effect(step, None))


def test_there_are_no_words_for_notices_that_are_not() -> None:
    assert set(NOTICES) == set(summaries._NOTICES)


def test_a_wait_for_what_has_no_words_yet_still_says_its_rule() -> None:
    assert summaries.of_wait(Why(rule="new_rule")) == "等待 · Waiting: new_rule"
