"""Percentages in whole fen: exact, rounded half up, once."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockstep.core.base import Why
from lockstep.core.pay import amount_fen, base_salary, salary_on
from lockstep.core.periods import Period
from lockstep.core.policy.pay import PayKind, SalaryUsed
from lockstep.core.steps import PayLine

NOVEMBER = Period(2026, 11)


@dataclass(frozen=True)
class Monthly:
    effective_from: date
    monthly_fen: int


def line(percent: str, part: tuple[int, int] = (0, 1)) -> PayLine:
    return PayLine(
        key="2026-11/x",
        period="2026-11",
        rule="x",
        kind=PayKind.ALLOWANCE,
        percent=Decimal(percent),
        part=part,
        why=Why(rule="pay_allowance"),
    )


@pytest.mark.parametrize(
    ("percent", "base", "fen"),
    [
        pytest.param("5", "800000", 40000, id="5 % of 8,000 yuan is 400 yuan"),
        pytest.param("3", "800000", 24000, id="3 % of 8,000 yuan is 240 yuan"),
        pytest.param("-8", "800000", -64000, id="8 % of 8,000 yuan is 640 yuan, against the employee"),
        pytest.param("5", "812345", 40617, id="40617.25 rounds down"),
        pytest.param("5", "812350", 40618, id="40617.5 rounds up"),
        pytest.param("-5", "812350", -40618, id="a half rounds away from zero on either side"),
        pytest.param("2.5", "333333", 8333, id="a decimal percentage"),
        pytest.param("0.1", "499", 0, id="less than half a fen is nothing"),
        pytest.param("0.1", "500", 1, id="half a fen is one"),
        pytest.param("5", "733333.3333333333333333333333", 36667, id="a base that is not whole"),
        pytest.param("0", "800000", 0, id="nothing of anything"),
    ],
)
def test_an_amount_is_exact_to_the_fen(percent: str, base: str, fen: int) -> None:
    assert amount_fen(line(percent), Decimal(base)) == fen


@pytest.mark.parametrize(
    ("count", "shares"),
    [
        pytest.param(1, [100], id="one"),
        pytest.param(3, [34, 33, 33], id="a fen left over goes to the first"),
        pytest.param(7, [15, 15, 14, 14, 14, 14, 14], id="two fen left over go to the first two"),
    ],
)
def test_equal_shares_add_up_to_the_whole(count: int, shares: list[int]) -> None:
    assert [amount_fen(line("1", (i, count)), Decimal(10000)) for i in range(count)] == shares


def test_adverse_shares_add_up_to_the_whole_as_well() -> None:
    assert [amount_fen(line("-1", (i, 3)), Decimal(10000)) for i in range(3)] == [-34, -33, -33]


@given(st.integers(0, 10**9), st.decimals(Decimal(-100), Decimal(100), places=3), st.integers(1, 12))
def test_no_fen_is_lost_or_made_by_sharing(base: int, percent: Decimal, count: int) -> None:
    shares = [amount_fen(line(str(percent), (i, count)), Decimal(base)) for i in range(count)]
    assert sum(shares) == amount_fen(line(str(percent)), Decimal(base))
    assert max(shares) - min(shares) <= 1


EIGHT, TEN = Monthly(date(2026, 1, 1), 800000), Monthly(date(2026, 11, 16), 1000000)


@pytest.mark.parametrize(
    ("day", "fen"),
    [
        pytest.param(date(2025, 12, 31), None, id="before the first"),
        pytest.param(date(2026, 1, 1), 800000, id="on its first day"),
        pytest.param(date(2026, 11, 15), 800000, id="on the day before the raise"),
        pytest.param(date(2026, 11, 16), 1000000, id="on the day of the raise"),
    ],
)
def test_the_salary_in_force_is_the_latest_one_begun(day: date, fen: int | None) -> None:
    assert salary_on([TEN, EIGHT], day) == fen


@pytest.mark.parametrize(
    ("salaries", "used", "cutoff", "base"),
    [
        pytest.param([EIGHT, TEN], SalaryUsed.AT_CUTOFF, 25, "1000000", id="the one at the cut-off"),
        pytest.param([EIGHT, TEN], SalaryUsed.AT_CUTOFF, 15, "800000", id="a raise after the cut-off"),
        pytest.param([EIGHT, TEN], SalaryUsed.TIME_WEIGHTED, 25, "900000", id="half the month each"),
        pytest.param([TEN], SalaryUsed.TIME_WEIGHTED, 25, "1000000", id="days without a salary do not count"),
        pytest.param([EIGHT], SalaryUsed.TIME_WEIGHTED, 25, "800000", id="no change"),
        pytest.param([], SalaryUsed.AT_CUTOFF, 25, None, id="none on record at the cut-off"),
        pytest.param([], SalaryUsed.TIME_WEIGHTED, 25, None, id="none on record in the month"),
    ],
)
def test_the_base_of_a_period(
    salaries: list[Monthly], used: SalaryUsed, cutoff: int, base: str | None
) -> None:
    expected = None if base is None else Decimal(base)
    assert base_salary(salaries, NOVEMBER, used, cutoff) == expected


def test_a_mid_month_raise_is_weighted_by_days_and_rounded_once() -> None:
    raised = [EIGHT, Monthly(date(2026, 11, 24), 1000000)]
    base = base_salary(raised, NOVEMBER, SalaryUsed.TIME_WEIGHTED, 25)
    assert base == Decimal(800000 * 23 + 1000000 * 7) / 30
    assert [amount_fen(line(p), base) for p in ("5", "3", "-8")] == [42333, 25400, -67733]
