"""What only policies, personnel records and running journeys know of a file of hires."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lockstep.authoring.problems import Problem, Severity
from lockstep.authoring.shelf import PolicyShelf
from lockstep.core.policy.policy import Snapshot
from lockstep.intake import sentences as say
from lockstep.intake.check import Seat, choose, managers, seat, under_way
from lockstep.intake.hires import NewHire, new_hire, read_hires
from lockstep.intake.read import read_file
from lockstep.ports import Misconfigured
from tests.support.policies import course, plan, rule
from workflows import ids

ROOT = Path(__file__).parents[2]
UNPAID = plan(course("a"), id="unpaid")
PAID = plan(course("a"), id="paid", pay={"rules": [rule("bonus", "forfeiture", percent=8)]})
POLICIES = {"dev": UNPAID, "welder": PAID}


@dataclass
class Shelf:
    """Policies by post; it remembers what it was asked."""

    asked: list[Seat] = field(default_factory=list)

    def choose(self, *, post: str, entity: str, employment_type: str, jurisdiction: str) -> Snapshot:
        self.asked.append((post, entity, employment_type, jurisdiction))
        if post not in POLICIES:
            raise Misconfigured(
                f"No policy selects {post} in {entity}", zh=f"没有制度适用于 {entity} 的 {post}"
            )
        return POLICIES[post]

    def named(self, policy_id: str) -> Snapshot:
        raise AssertionError(f"nobody asks for {policy_id} by name")


def hire(line: int, **given: str) -> NewHire:
    row = {"employee_id": f"E{line}", "name": "王", "entity": "MFG", "post": "dev", "hire_date": "2026-11-02"}
    return new_hire(row | given, line)


def told(problems: list[Problem]) -> list[tuple[int, str, str, Severity]]:
    return [(problem.line, problem.zh, problem.en, problem.severity) for problem in problems]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, ("dev", "MFG", "full_time", "CN")),
        ({"employment_type": "intern", "jurisdiction": "CN-JS"}, ("dev", "MFG", "intern", "CN-JS")),
        ({"post": "welder", "entity": "TECH"}, ("welder", "TECH", "full_time", "CN")),
    ],
)
def test_a_policy_is_chosen_by_post_entity_employment_and_place(given: dict[str, str], wanted: Seat) -> None:
    shelf = Shelf()
    new = hire(2, **given, monthly_salary="1")
    assert seat(new.hire) == wanted
    chosen, problems = choose([new], shelf)
    assert (shelf.asked, chosen, problems) == ([wanted], {wanted: POLICIES[wanted[0]]}, [])


def test_each_seat_is_asked_for_once_however_many_hires_have_it() -> None:
    shelf = Shelf()
    rows = [hire(n, post=("dev", "pilot")[n % 2], entity=("MFG", "TECH")[n % 3 == 0]) for n in range(2, 32)]
    chosen, problems = choose(rows, shelf)
    assert len(shelf.asked) == len(set(shelf.asked)) == 4
    assert set(chosen) == {("dev", "MFG", "full_time", "CN"), ("dev", "TECH", "full_time", "CN")}
    assert [problem.line for problem in problems] == list(range(3, 32, 2)), "every row has its own sentence"


def test_a_row_without_a_policy_is_refused_with_the_reason_in_both_languages() -> None:
    chosen, problems = choose([hire(2), hire(3, post="pilot")], Shelf())
    assert list(chosen) == [("dev", "MFG", "full_time", "CN")]
    assert told(problems) == [
        (3, "没有可用的制度：没有制度适用于 MFG 的 pilot",
         "No policy can be used: No policy selects pilot in MFG", Severity.ERROR)
    ]  # fmt: skip


def test_a_policy_that_adjusts_pay_asks_for_a_salary() -> None:
    rows = [hire(2), hire(3, post="welder"), hire(4, post="welder", monthly_salary="650000")]
    chosen, problems = choose(rows, Shelf())
    assert [snapshot.policy.id for snapshot in chosen.values()] == ["unpaid", "paid"]
    assert told(problems) == [
        (3, "工号 E3 没有月薪，而制度 paid 有工资调整；补上之前不会结算",
         "Employee E3 has no salary and policy paid adjusts pay: nothing is settled until it is there",
         Severity.WARNING)
    ]  # fmt: skip


def test_the_example_has_a_policy_for_every_hire() -> None:
    policies = PolicyShelf(ROOT / "policies", ROOT / "content", lambda: datetime(2026, 10, 1, tzinfo=UTC))
    rows = read_hires(read_file(ROOT / "examples" / "hires.csv")).hires
    chosen, problems = choose(rows, policies)
    assert problems == []
    assert {chosen[seat(new.hire)].policy.id for new in rows} == {
        "internet", "manufacturing", "retail", "tech",
    }  # fmt: skip


def test_what_the_shipped_policies_do_not_select_is_refused() -> None:
    policies = PolicyShelf(ROOT / "policies", ROOT / "content", lambda: datetime(2026, 10, 1, tzinfo=UTC))
    chosen, [problem] = choose([hire(2, post="pilot")], policies)
    assert chosen == {}
    assert problem.zh.startswith(f"没有可用的制度：{ROOT / 'policies'} 中没有制度适用于 MFG 的岗位 pilot")
    assert problem.en.startswith(
        f"No policy can be used: No policy in {ROOT / 'policies'} selects post pilot"
    )


def test_a_manager_on_record_or_in_the_file_is_known() -> None:
    asked: list[str] = []

    def is_known(manager: str) -> bool:
        asked.append(manager)
        return manager == "M1"

    rows = [
        hire(2, manager_id="M1"),
        hire(3, manager_id="E2"),
        hire(4),
        hire(5, manager_id="M9"),
        hire(6, manager_id="M1"),
        hire(7, manager_id="M9"),
        hire(8, manager_id="E9"),
        hire(9),
    ]
    assert told(list(managers(iter(rows), is_known))) == [
        (line, f"工号 E{line} 的直属上级 M9 还没有登记；请先用 lockstep staff import 导入",
         f"Manager M9 of E{line} is not on record; import them first: lockstep staff import",
         Severity.WARNING)
        for line in (5, 7)
    ]  # fmt: skip
    assert asked == ["M1", "M9"], "each is asked about once, and nobody of the file"


def test_the_line_of_a_manager_further_down_does_not_matter() -> None:
    rows = [hire(2, manager_id="E3"), hire(3)]
    assert list(managers(rows, lambda _: False)) == []


HERE = hire(2).hire


@pytest.mark.parametrize(
    ("given", "other"),
    [
        ({}, ""),
        ({"hire_date": "2026-11-03"}, "onboarding/MFG/E2/2026-11-02"),
        ({"hire_date": "2026-11-03", "start_date": "2026-11-02"}, "onboarding/MFG/E2/2026-11-02"),
        ({"start_date": "2026-11-09", "post": "welder"}, ""),
        ({"hire_date": "2026-11-03", "entity": "TECH"}, ""),
        ({"hire_date": "2026-11-03", "employee_id": "E3"}, ""),
    ],
)
def test_another_journey_of_the_same_employee_stands_in_the_way(given: dict[str, str], other: str) -> None:
    journeys = {("MFG", "E2"): ids.onboarding(HERE)}
    found = list(under_way([hire(2, **given)], journeys))
    assert found == ([say.UNDER_WAY.at(line=2, employee="E2", other=other)] if other else [])


def test_what_is_said_of_a_journey_under_way() -> None:
    problems = list(under_way([hire(2, hire_date="2027-01-04")], {("MFG", "E2"): ids.onboarding(HERE)}))
    other = "onboarding/MFG/E2/2026-11-02"
    assert told(problems) == [
        (2, f"工号 E2 已有进行中的流程 {other}；请改正合同日期，或先用 lockstep signal employee_left 结束它",
         (f"Employee E2 has {other} under way; correct the contract's date, or end that one first: "
         "lockstep signal employee_left"), Severity.ERROR)
    ]  # fmt: skip
