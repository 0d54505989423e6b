"""Months, and the end of the day on which one is settled."""

from datetime import UTC, date, datetime

import pytest

from lockstep.core.periods import Period

SHANGHAI = "Asia/Shanghai"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-01", "2026-12", "0999-07"])
def test_a_period_reads_what_it_writes(text: str) -> None:
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize("text", ["2026-13", "2026", "next month"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"isoformat|month"):
        Period.parse(text)


@pytest.mark.parametrize(("period", "after"), [((2026, 11), (2026, 12)), ((2026, 12), (2027, 1))])
def test_one_month_follows_another(period: tuple[int, int], after: tuple[int, int]) -> None:
    assert Period(*period).next() == Period(*after)


@pytest.mark.parametrize(
    ("period", "last"), [((2026, 2), 28), ((2028, 2), 29), ((2026, 12), 31), ((2026, 11), 30)]
)
def test_a_month_has_its_days(period: tuple[int, int], last: int) -> None:
    month = Period(*period)
    assert (month.first.day, month.last) == (1, date(*period, last))


def test_the_cutoff_is_the_end_of_the_local_day() -> None:
    assert Period(2026, 11).cutoff(25, SHANGHAI) == at("2026-11-25T16:00")


@pytest.mark.parametrize(
    ("earned", "period"),
    [
        pytest.param("2026-11-25T15:59", "2026-11", id="before the cut-off"),
        pytest.param("2026-11-25T16:00", "2026-11", id="at the cut-off"),
        pytest.param("2026-11-25T16:01", "2026-12", id="after it"),
        pytest.param("2026-11-30T17:00", "2026-12", id="it is December in Shanghai"),
        pytest.param("2026-12-28T00:00", "2027-01", id="over the year's end"),
    ],
)
def test_what_is_earned_is_settled_at_the_next_cutoff(earned: str, period: str) -> None:
    assert str(Period.settling(at(earned), 25, SHANGHAI)) == period
