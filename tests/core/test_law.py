"""Wage law: every ceiling of a month's deduction, whole fen, in the employee's favour."""

import pytest

from lockstep.core.law.pack import deduction_limit, limits
from lockstep.core.law.packs import PACKS
from lockstep.core.words_rules import RULES

MONTH = 1_000_001


@pytest.mark.parametrize(
    ("place", "given", "most"),
    [
        ("CN", {}, 200_000),
        ("CN", {"month_pay_fen": 0}, 0),
        ("CN", {"month_pay_fen": 4}, 0),
        ("CN", {"minimum_wage_fen": 900_000}, 100_001),
        ("CN", {"minimum_wage_fen": MONTH + 1}, 0),
        ("CN", {"minimum_wage_fen": None}, 0),
        ("CN", {"probation": True}, 200_000),
        ("CN", {"probation": True, "agreed_fen": 1_200_001}, 40_000),
        ("CN", {"probation": True, "agreed_fen": 2_000_000}, 0),
        ("CN", {"probation": False, "agreed_fen": 2_000_000}, 200_000),
        ("CN-GD", {}, 0),
        ("CN-SH", {}, 0),
        ("CN-BJ", {}, 0),
        ("CN-SZ", {}, 200_000),
        ("CN-JS", {}, 200_000),
    ],
)
def test_the_lowest_ceiling_counts(place: str, given: dict[str, int | bool | None], most: int) -> None:
    fields = {"month_pay_fen": MONTH, "minimum_wage_fen": 1, "probation": False, "agreed_fen": MONTH}
    assert deduction_limit(PACKS[place], **(fields | given)) == most  # type: ignore[arg-type]


def test_every_ceiling_is_told_by_its_rule_in_words() -> None:
    pack = PACKS["CN-GD"]
    with_all = limits(pack, month_pay_fen=10, minimum_wage_fen=None, probation=True, agreed_fen=10)
    rules = [limit.rule for limit in with_all]
    assert rules == ["deduction_not_allowed", "monthly_cap", "minimum_wage_unknown", "probation_floor"]
    assert set(rules) | {"minimum_wage"} <= RULES.keys()


@pytest.mark.parametrize("code", sorted(PACKS))
def test_a_pack_names_its_sources_and_is_found_by_its_own_code(code: str) -> None:
    pack = PACKS[code]
    assert pack.jurisdiction == code
    assert (pack.monthly_cap_percent, pack.probation_floor_percent, pack.max_probation_months) == (20, 80, 6)
    assert {"工资支付暂行规定 第15、16条", "劳动合同法 第19、20条"} <= {s.article for s in pack.sources}
    assert all(source.says.zh and source.says.en for source in pack.sources)
    assert (pack.sources[0].certainty == "high") == (code == "CN"), "local rules are known less surely"
