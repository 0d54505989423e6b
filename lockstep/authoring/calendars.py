"""The calendars policies name. Published years come from chinesecalendar; later ones are estimates.

The State Council publishes next year's make-up days each autumn. Until a release of chinesecalendar has them,
a later year holds the statutory days only (from `holidays`, shifted off weekends) and is not `confirmed`.
"""

from collections.abc import Callable
from datetime import date
from importlib.metadata import version

import holidays
from chinese_calendar import constants  # type: ignore[import-untyped]  # it ships no types

from lockstep.core.calendar import Calendar

_LAST_CONFIRMED = max(constants.holidays).year
_YEARS_BACK, _YEARS_AHEAD = 1, 5


def china(today: date) -> Calendar:
    """China's days off and make-up days, from the year before `today` to five years after."""
    years = range(today.year - _YEARS_BACK, today.year + _YEARS_AHEAD + 1)
    confirmed = tuple(year for year in years if min(constants.holidays).year <= year <= _LAST_CONFIRMED)
    estimated = [year for year in years if year not in confirmed]
    days_off = [day for day in constants.holidays if day.year in confirmed]
    days_off += list(holidays.country_holidays("CN", years=estimated)) if estimated else []
    packages = f"chinesecalendar {version('chinesecalendar')}, holidays {version('holidays')}"
    return Calendar(
        id="CN",
        version=f"{years[0]}-{years[-1]}",
        source=f"{packages}: {_span(confirmed)} published, later years estimated from the statutory days",
        confirmed_years=confirmed,
        # weekends are off anyway; leaving them out keeps a snapshot small
        days_off=tuple(sorted(day for day in days_off if day.weekday() < 5)),
        make_up_days=tuple(sorted(day for day in constants.workdays if day.year in confirmed)),
    )


CALENDARS: dict[str, Callable[[date], Calendar]] = {"CN": china}
"""How to make each calendar a policy may name, as of a day."""


def _span(years: tuple[int, ...]) -> str:
    return f"{years[0]}-{years[-1]}" if years else "none"
