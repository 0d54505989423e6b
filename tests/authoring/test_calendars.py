from datetime import date, timedelta

import pytest

from lockstep.authoring.calendars import CALENDARS, china

TODAY = date(2026, 11, 23)


def working_days(year: int) -> int:
    calendar = china(TODAY)
    days = (date(year, 1, 1) + timedelta(days=i) for i in range(366))
    return sum(calendar.is_working(day) for day in days if day.year == year)


@pytest.mark.parametrize("year", [2025, 2026])
def test_a_published_year_has_248_working_days(year: int):
    assert working_days(year) == 248


@pytest.mark.parametrize(
    "day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
)
def test_make_up_days_are_worked(day: str):
    made_up = date.fromisoformat(day)
    assert made_up.weekday() >= 5
    assert china(TODAY).is_working(made_up)


@pytest.mark.parametrize("day", ["2026-10-01", "2026-02-17", "2027-01-01", "2027-02-05", "2028-05-01"])
def test_statutory_days_are_free_in_every_year(day: str):
    assert not china(TODAY).is_working(date.fromisoformat(day))


def test_years_the_state_council_has_not_published_are_estimates():
    calendar = china(TODAY)
    assert calendar.confirmed_years == (2025, 2026)
    assert not calendar.is_confirmed(date(2027, 1, 4))
    assert not any(day.year > 2026 for day in calendar.make_up_days)
    assert "estimated" in calendar.source


def test_the_calendar_is_small_and_the_same_every_time():
    assert china(TODAY) == china(TODAY)
    assert len(china(TODAY).days_off) < 120


def test_a_calendar_of_past_years_has_nothing_estimated():
    assert china(date(2015, 6, 1)).confirmed_years == tuple(range(2014, 2021))


def test_policies_may_name_the_calendars_there_are():
    assert {name: make(TODAY).id for name, make in CALENDARS.items()} == {"CN": "CN"}
