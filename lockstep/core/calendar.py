"""Working days, waking hours and local dates. Pure: the days themselves are data that is passed in."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property

from lockstep.core.base import Frozen
from lockstep.core.zones import zone

_ONE_DAY = timedelta(days=1)


class Calendar(Frozen):
    """A country's days off and make-up working days (调休), as versioned data.

    Outside `confirmed_years` only weekends and the listed days are known: such an answer is an estimate.
    """

    id: str
    version: str
    source: str
    confirmed_years: tuple[int, ...] = ()
    days_off: tuple[date, ...] = ()
    make_up_days: tuple[date, ...] = ()

    @cached_property
    def _off(self) -> frozenset[date]:
        return frozenset(self.days_off)

    @cached_property
    def _on(self) -> frozenset[date]:
        return frozenset(self.make_up_days)

    def is_working(self, day: date) -> bool:
        """Whether people work on that day."""
        return day in self._on or (day.weekday() < 5 and day not in self._off)

    def is_confirmed(self, day: date) -> bool:
        """Whether the year's days are published, not estimated."""
        return day.year in self.confirmed_years


class Away(Frozen):
    """A leave as local dates: `first` day away, `back` the first day at work again (None: not yet)."""

    first: date
    back: date | None = None

    def covers(self, day: date) -> bool:
        """Whether the person is away on that day."""
        return self.first <= day and (self.back is None or day < self.back)


def local_date(at: datetime, tz: str) -> date:
    """The calendar day it is in `tz` (IANA name) at the instant `at`."""
    return at.astimezone(zone(tz)).date()


def start_of(day: date, tz: str) -> datetime:
    """The instant at which a local day begins, in UTC."""
    return datetime.combine(day, time(), zone(tz)).astimezone(UTC)


def nth_day(
    calendar: Calendar, after: date, n: int, *, working: bool, away: Iterable[Away] = ()
) -> date | None:
    """The n-th counting day after `after`; None while an open leave keeps it from being known."""
    absences = tuple(away)
    day, left = after, n
    while left > 0:
        day += _ONE_DAY
        covering = next((a for a in absences if a.covers(day)), None)
        if covering is not None:
            if covering.back is None:
                return None
            day = covering.back - _ONE_DAY
        elif not working or calendar.is_working(day):
            left -= 1
    return day


def next_working(calendar: Calendar, day: date, away: Iterable[Away] = ()) -> date | None:
    """`day` itself if it is a working day, else the next one."""
    return nth_day(calendar, day - _ONE_DAY, 1, working=True, away=away)


class Window(Frozen):
    """When a person may be disturbed: local hours [start, end), in a zone, on working days or any day."""

    start: time
    end: time
    tz: str
    working_days_only: bool

    def allows(self, at: datetime, calendar: Calendar, away: Iterable[Away] = ()) -> bool:
        """Whether a message may go at this instant."""
        return self.next(at, calendar, away) == at

    def next(self, at: datetime, calendar: Calendar, away: Iterable[Away] = ()) -> datetime | None:
        """The first allowed instant at or after `at`; None while an open leave keeps it from being known."""
        local = at.astimezone(zone(self.tz))
        first = local.date() if local.time() < self.end else local.date() + _ONE_DAY
        day = nth_day(calendar, first - _ONE_DAY, 1, working=self.working_days_only, away=away)
        if day is None:
            return None
        if day == local.date() and local.time() >= self.start:
            return at
        opens = datetime.combine(day, self.start, zone(self.tz))
        if opens < at:  # the hour that comes twice when clocks go back: its first coming is over
            opens = opens.replace(fold=1)
        return opens.astimezone(UTC)
