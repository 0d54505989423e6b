"""Working days, leaves, and the hours in which somebody may be disturbed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lockstep.core.calendar import Away, Window, local_date, next_working, nth_day, start_of
from lockstep.core.plan import months_later
from lockstep.core.zones import zone
from tests.support.policies import CALENDAR

MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(MONDAY, True, id="a Monday"),
        pytest.param(date(2026, 11, 6), True, id="a Friday"),
        pytest.param(date(2026, 11, 7), False, id="a Saturday"),
        pytest.param(date(2026, 12, 5), True, id="a make-up Saturday"),
        pytest.param(date(2026, 12, 31), False, id="a holiday"),
    ],
)
def test_people_work_on_working_days(day: date, works: bool) -> None:
    assert CALENDAR.is_working(day) is works


def test_a_year_whose_days_are_not_published_is_an_estimate() -> None:
    assert CALENDAR.is_confirmed(MONDAY)
    assert not CALENDAR.is_confirmed(date(2028, 1, 4))


@pytest.mark.parametrize(
    ("away", "day", "covered"),
    [
        pytest.param(Away(first=MONDAY), MONDAY, True, id="the first day"),
        pytest.param(Away(first=MONDAY), date(2030, 1, 1), True, id="as long as nobody is back"),
        pytest.param(Away(first=MONDAY), date(2026, 11, 1), False, id="not before"),
        pytest.param(Away(first=MONDAY, back=date(2026, 11, 4)), date(2026, 11, 3), True, id="the last day"),
        pytest.param(Away(first=MONDAY, back=date(2026, 11, 4)), date(2026, 11, 4), False, id="the day back"),
    ],
)
def test_a_leave_covers_its_days(away: Away, day: date, covered: bool) -> None:
    assert away.covers(day) is covered


@pytest.mark.parametrize(
    ("n", "working", "away", "day"),
    [
        pytest.param(0, True, (), MONDAY, id="the day itself"),
        pytest.param(4, True, (), date(2026, 11, 6), id="four working days"),
        pytest.param(5, True, (), date(2026, 11, 9), id="over the weekend"),
        pytest.param(5, False, (), date(2026, 11, 7), id="five calendar days"),
        pytest.param(
            2,
            True,
            (Away(first=date(2026, 11, 3), back=date(2026, 11, 9)),),
            date(2026, 11, 10),
            id="over a leave",
        ),
        pytest.param(
            2,
            False,
            (
                Away(first=date(2026, 11, 3), back=date(2026, 11, 5)),
                Away(first=date(2026, 11, 5), back=date(2026, 11, 8)),
            ),
            date(2026, 11, 9),
            id="over one leave after another",
        ),
        pytest.param(2, True, (Away(first=date(2026, 11, 4)),), None, id="unknown while a leave is open"),
        pytest.param(1, True, (Away(first=date(2026, 11, 4)),), date(2026, 11, 3), id="known before it"),
        pytest.param(
            1,
            True,
            (Away(first=date(2026, 11, 3), back=date(2026, 11, 3)),),
            date(2026, 11, 3),
            id="a leave of no day",
        ),
    ],
)
def test_the_nth_day_counts_what_counts(
    n: int, working: bool, away: tuple[Away, ...], day: date | None
) -> None:
    assert nth_day(CALENDAR, MONDAY, n, working=working, away=away) == day


def test_the_next_working_day_may_be_today() -> None:
    assert next_working(CALENDAR, MONDAY) == MONDAY
    assert next_working(CALENDAR, date(2026, 11, 7)) == date(2026, 11, 9)


def test_a_local_day_begins_at_local_midnight() -> None:
    assert start_of(MONDAY, "Asia/Shanghai").isoformat() == "2026-11-01T16:00:00+00:00"
    assert local_date(start_of(MONDAY, "America/New_York"), "America/New_York") == MONDAY


def test_an_unknown_zone_is_named() -> None:
    with pytest.raises(ValueError, match="Unknown time zone 'Mars/Olympus'"):
        zone("Mars/Olympus")


def window(**given: object) -> Window:
    fields = {"start": time(9), "end": time(21), "tz": "Asia/Shanghai", "working_days_only": True, **given}
    return Window.model_validate(fields)


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        pytest.param("2026-11-02 08:59", "2026-11-02 09:00", id="early in the morning"),
        pytest.param("2026-11-02 09:00", "2026-11-02 09:00", id="the first minute"),
        pytest.param("2026-11-02 20:59", "2026-11-02 20:59", id="the last minute"),
        pytest.param("2026-11-02 21:00", "2026-11-03 09:00", id="in the evening"),
        pytest.param("2026-11-06 21:00", "2026-11-09 09:00", id="on a Friday evening"),
        pytest.param("2026-11-07 12:00", "2026-11-09 09:00", id="on a Saturday"),
        pytest.param("2026-12-05 12:00", "2026-12-05 12:00", id="on a make-up Saturday"),
    ],
)
def test_a_message_waits_for_waking_hours(at: str, allowed: str) -> None:
    local = ZoneInfo("Asia/Shanghai")
    wanted = datetime.fromisoformat(at).replace(tzinfo=local)
    assert window().next(wanted, CALENDAR) == datetime.fromisoformat(allowed).replace(tzinfo=local)


def test_any_day_will_do_when_the_policy_says_so() -> None:
    saturday = datetime(2026, 11, 7, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert window(working_days_only=False).allows(saturday, CALENDAR)
    assert not window().allows(saturday, CALENDAR)


def test_nothing_is_allowed_while_a_leave_is_open() -> None:
    noon = datetime(2026, 11, 3, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert window().next(noon, CALENDAR, (Away(first=MONDAY),)) is None


@pytest.mark.parametrize(
    ("start", "now", "allowed"),
    [
        # Clocks in New York go back from 2:00 to 1:00 on 1 November 2026: 1:10 comes twice.
        pytest.param(
            time(1, 30), "2026-11-01T06:10+00:00", "2026-11-01T06:30+00:00", id="the hour that comes twice"
        ),
        # They go forward from 2:00 to 3:00 on 14 March 2027: 2:30 never comes.
        pytest.param(
            time(2, 30), "2027-03-14T06:00+00:00", "2027-03-14T07:30+00:00", id="the hour that never comes"
        ),
    ],
)
def test_waking_hours_survive_the_change_of_clocks(start: time, now: str, allowed: str) -> None:
    hours = window(start=start, tz="America/New_York", working_days_only=False)
    assert hours.next(datetime.fromisoformat(now), CALENDAR) == datetime.fromisoformat(allowed)


@given(
    st.integers(0, 2 * 365 * 24 * 60),
    st.sampled_from(
        ["Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Havana"]
    ),
    st.integers(0, 22),
    st.integers(1, 23),
    st.booleans(),
)
def test_the_next_allowed_instant_is_allowed_and_not_before(
    minutes: int, tz: str, start: int, length: int, working: bool
) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    end = time(min(start + length, 23), 59)
    hours = window(start=time(start), end=end, tz=tz, working_days_only=working)
    found = hours.next(at, CALENDAR)
    assert found is not None
    assert found >= at
    assert hours.next(found, CALENDAR) == found
    local = found.astimezone(ZoneInfo(tz))
    assert time(start) <= local.time() < end
    assert not working or CALENDAR.is_working(local.date())


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        pytest.param("2026-11-30", 3, "2027-02-28", id="there is no 30 February"),
        pytest.param("2027-11-30", 3, "2028-02-29", id="nor in a leap year"),
        pytest.param("2026-12-31", 1, "2027-01-31", id="over the year's end"),
        pytest.param("2026-11-02", 12, "2027-11-02", id="a year"),
        pytest.param("2026-11-02", 0, "2026-11-02", id="none"),
    ],
)
def test_months_are_added_by_the_calendar(start: str, months: int, end: str) -> None:
    at = datetime.fromisoformat(start).replace(tzinfo=ZoneInfo("UTC")) + timedelta(hours=5)
    assert f"{months_later(at, months):%Y-%m-%d %H}" == f"{end} 05"
