"""Pay periods: calendar months with a cut-off at the end of a local day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lockstep.core.calendar import local_date, start_of


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A month, written "2026-12"."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read "2026-12". Raises ValueError."""
        day = date.fromisoformat(f"{text}-01")
        return cls(day.year, day.month)

    @classmethod
    def settling(cls, at: datetime, cutoff_day: int, tz: str) -> "Period":
        """The period whose cut-off is the first one at or after `at`."""
        day = local_date(at, tz)
        period = cls(day.year, day.month)
        return period if at <= period.cutoff(cutoff_day, tz) else period.next()

    def next(self) -> "Period":
        """The month after."""
        return Period(self.year + self.month // 12, self.month % 12 + 1)

    @property
    def first(self) -> date:
        """The month's first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The month's last day."""
        return self.next().first - timedelta(days=1)

    def cutoff(self, day: int, tz: str) -> datetime:
        """The instant at which the period is settled: the end of the local cut-off day."""
        return start_of(date(self.year, self.month, day) + timedelta(days=1), tz)
