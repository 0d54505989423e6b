"""Every command of the README's doors, run as an operator runs it against a live server and worker."""

import csv
import io
from typing import Any

import pytest
from openpyxl import load_workbook
from temporalio.client import WorkflowHandle

from lockstep.settings import Settings
from lockstep.wiring import Wiring
from tests.cli.conftest import Desk
from tests.support.live import ROOT
from tests.support.payroll import allowance
from tests.support.world import eventually

pytestmark = pytest.mark.slow
HR = ("--by", "H301", "--role", "hr", "--reason", "持证上岗")
BOSS = ("--by", "M301", "--role", "manager", "--reason", "持证上岗")


def workflow(desk: Desk, employee: str) -> str:
    return f"onboarding/HQ/{employee}/2026-11-02"


async def handle(desk: Desk, employee: str) -> WorkflowHandle[Any, Any]:
    client = await desk.house.client()
    return client.get_workflow_handle(workflow(desk, employee))


async def fails(desk: Desk, employee: str, course: str) -> None:
    """Learns a course and fails its exam."""
    await desk.says("signal", "course_completed", employee, "--data", f"course={course}")
    asked = await handle(desk, employee)
    sitting: dict[str, Any] = await asked.execute_update(
        "open_exam", {"course": course, "assurance": "active_challenge"}
    )
    given = {"course": course, "attempt": sitting["attempt"], "score": 60}
    result: dict[str, Any] = await asked.execute_update("submit_exam", given)
    assert result["passed"] is False


async def statuses(desk: Desk, employee: str) -> dict[str, str]:
    call = await desk.says("status", employee, "--json")
    return {track["course"]: track["status"] for track in call.records[0]["tracks"]}


async def test_hire_starts_once_and_status_says_where_the_hire_stands(desk: Desk) -> None:
    employee = await desk.hires()
    again = await desk.says(
        "hire", employee, "--name", "欧阳𠮷", "--post", "designer", "--entity", "HQ",
        "--hire-date", "2026-11-02", "--monthly-salary", "8000", "--json",
    )  # fmt: skip
    assert again.records == [{"workflow_id": workflow(desk, employee), "outcome": "already_there"}]
    zh, en = await desk.says("status", employee), await desk.says("status", employee, "--lang", "en")
    assert ("企业文化" in zh.out, "锁定" in zh.out) == (True, True)
    assert ("Company culture" in en.out, "locked" in en.out) == (True, True)
    assert "欧阳" not in zh.out + en.out, "a name is in the store alone"


async def test_explain_gives_rule_file_and_line_for_what_is_to_come(desk: Desk) -> None:
    employee = await desk.hires()
    zh = await desk.says("explain", employee)
    assert "若无变化，接下来" in zh.out
    assert "policies/internet.yaml:" in zh.out
    [record] = (await desk.says("explain", employee, "--json", "--lang", "en")).records
    reminder = next(each for each in record["coming"] if each["reason"]["rule"] == "reminder_due")
    line = (ROOT / "policies" / "internet.yaml").read_text(encoding="utf-8").splitlines()
    assert line[reminder["reason"]["line"] - 1].startswith("reminders:")


async def test_list_finds_by_column_and_in_both_languages(desk: Desk) -> None:
    employee = await desk.hires(post="operations", entity="SHOP1", hire_date="2026-11-03")

    async def is_listed() -> bool:
        found = (await desk.says("list", "--locked", "--entity", "SHOP1", "--json")).records
        return [row["employee_id"] for row in found] == [employee]

    await eventually(is_listed)
    none = await desk.says("list", "--overdue", "--entity", "SHOP1", "--json")
    assert (none.code, none.records) == (0, [])
    table = await desk.says("list", "--post", "operations", "--entity", "SHOP1")
    assert ("工号" in table.out, employee in table.out) == (True, True)
    assert "Next deadline" in (await desk.says("list", "--lang", "en")).out


async def test_signal_counts_once_however_often_it_is_sent(desk: Desk) -> None:
    employee = await desk.hires()
    sent = ("signal", "course_completed", employee, "--data", '{"course": "culture"}', "--event-id", "lms-1")
    for _ in range(2):
        call = await desk.says(*sent, "--json")
        assert (call.code, call.records[0]["event_id"]) == (0, "lms-1")
    assert (await statuses(desk, employee))["culture"] == "exam"
    [record] = (await desk.says("explain", employee, "--json")).records
    assert [refused["fact"] for refused in record["refused"]] == [], "sent twice is no fault"


async def test_a_waiver_counts_once_two_have_signed(desk: Desk) -> None:
    employee = await desk.hires()
    first = await desk.says("waive", employee, "culture", *HR)
    assert (first.code, first.out) == (0, "已签署，还需另一人签署才生效\n")
    assert (await statuses(desk, employee))["culture"] == "learning"
    second = await desk.says("waive", employee, "culture", *BOSS, "--json")
    assert second.records == [{"effective": True, "signatures": 0}]
    assert (await statuses(desk, employee))["culture"] == "earned"


async def test_an_extra_attempt_an_appeal_and_its_decision(desk: Desk) -> None:
    employee = await desk.hires()
    await fails(desk, employee, "culture")
    taken = await desk.says("appeal", employee, "culture", "--reason", "停电", "--id", "A1")
    assert taken.out.startswith("申诉 A1 已受理，")
    decided = await desk.says(
        "decide-appeal", employee, "A1", "--uphold", *HR, "--score", "88", "--lang", "en"
    )
    assert (decided.code, decided.out) == (0, "Signed and in force\n")
    assert (await statuses(desk, employee))["culture"] == "earned"
    unlimited = await desk.says("grant-attempt", employee, "culture", *HR)
    assert (unlimited.code, unlimited.err.startswith("lockstep: 被拒绝：")) == (1, True)
    engineer = await desk.hires(post="data_engineer")
    granted = await desk.says("grant-attempt", engineer, "basics", *HR, "--json")
    assert granted.records == [{"effective": True, "signatures": 0}]


async def test_adopting_a_policy_is_shown_refused_and_done(desk: Desk) -> None:
    losing, free = await desk.hires(), await desk.hires()
    for signs in (HR, BOSS):
        await desk.says("waive", losing, "culture", *signs)
    shown = await desk.says("adopt-policy", "tech", losing, free, "--by", "H301", "--preview", "--json")
    assert [row["outcome"] for row in shown.records] == ["previewed", "previewed"]
    assert [row["difference"]["refuses"] for row in shown.records] == [True, False]
    some = await desk.says("adopt-policy", "tech", losing, free, "--by", "H301", "--yes", "--json")
    assert (some.code, [row["outcome"] for row in some.records]) == (3, ["refused", "adopted"])
    assert "企业文化" in some.records[0]["reason"]
    rest = await desk.says("adopt-policy", "tech", losing, "--by", "H301", "--yes", "--acknowledge")
    assert (rest.code, "已改用" in rest.out) == (0, True)
    assert set(await statuses(desk, losing)) >= {"basics", "advanced"}


async def test_pay_records_statement_export_and_closing(desk: Desk) -> None:
    employee = await desk.hires(employee="00042")
    salary = await desk.says("salary", employee, "9000.50", "--from", "2026-12-01", "--json")
    assert salary.records == [
        {"employee_id": employee, "effective_from": "2026-12-01", "monthly_fen": 900_050}
    ]
    wage = await desk.says("minimum-wage", "HQ", "2490", "--from", "2026-01-01")
    assert wage.out == "HQ 自 2026-01-01 起最低工资每月 2,490.00 元\n"
    wiring = Wiring(Settings(home=desk.house.home))
    for key in ("k1", "k2"):
        wiring.payroll.post(allowance(key, employee_id=employee, entity="HQ"))
    shown = await desk.says("payroll", "show", "HQ", "2026-12", "--json")
    assert [row["adjustment"]["amount_fen"] for row in shown.records] == [40_050, 40_050]
    table = await desk.says("payroll", "show", "HQ", "2026-12")
    assert table.out.count("400.50 CNY") == 2
    closed = await desk.says("payroll", "close", "HQ", "2026-12", "--yes", "--json")
    again = await desk.says("payroll", "close", "HQ", "2026-12", "--json")
    assert closed.records == again.records
    assert (closed.records[0]["rows"], len(closed.records[0]["digest"])) == (2, 64)
    folder = desk.house.home / "for payroll"
    [workbook] = (await desk.says("payroll", "export", "HQ", "2026-12", "--to", folder, "--json")).records
    assert (workbook["rows"], workbook["closed"]) == (2, True)
    sheets = load_workbook(workbook["file"]).worksheets
    cells = [cell.value for sheet in sheets for row in sheet for cell in row]
    assert cells.count("00042") == 2, "an employee number keeps its zeros"


async def test_policy_commands_need_no_server(desk: Desk) -> None:
    nowhere = {"TEMPORAL_ADDRESS": "127.0.0.1:1"}
    lint = await desk.says("policy", "lint", **nowhere)
    assert (lint.code, lint.err) == (0, "检查了 4 个制度：0 处错误，0 处提醒\n")
    said = await desk.says("policy", "explain", "policies/tech.yaml", "--mermaid", **nowhere)
    assert said.out.startswith("flowchart")
    schema = await desk.says("policy", "schema", **nowhere)
    assert schema.out == (ROOT / "policies" / "schema.json").read_text(encoding="utf-8")
    hire = desk.house.home / "hire.json"
    hire.write_text(
        '{"employee_id": "E1", "entity": "HQ", "post": "designer", "hire_date": "2026-11-02"}',
        encoding="utf-8",
    )
    plan = await desk.says("policy", "plan", "--hire", hire, "--json", **nowhere)
    assert [row["course"] for row in plan.records] == ["culture", "manners", "skills"]


async def test_search_attributes_are_those_the_server_knows(desk: Desk) -> None:
    call = await desk.says("search-attributes")
    rows = list(csv.reader(io.StringIO(call.out), delimiter="\t"))
    assert ["HireLocked", "Bool"] in rows
    assert len(rows) == 7
