"""Something that falls due: when, what, and whether it may only happen in waking hours."""

from dataclasses import dataclass, replace
from datetime import datetime

from lockstep.core.calendar import Away, Calendar, Window
from lockstep.core.state import State
from lockstep.core.steps import Action


@dataclass(frozen=True, slots=True)
class Quiet:
    """The hours in which somebody may be disturbed, with all that is needed to find the next ones."""

    window: Window
    calendar: Calendar
    away: tuple[Away, ...]

    @classmethod
    def of(cls, state: State) -> "Quiet":
        """The hire's own."""
        assert state.snapshot is not None, "messages need a plan"  # noqa: S101
        return cls(state.window, state.snapshot.calendar, state.away)

    @classmethod
    def of_staff(cls, state: State) -> "Quiet":
        """Those of managers and HR: the hire's zone and hours, but not the hire's leave."""
        assert state.snapshot is not None, "messages need a plan"  # noqa: S101
        return cls(state.window, state.snapshot.calendar, ())

    def next(self, at: datetime) -> datetime | None:
        """The first allowed instant at or after `at`; None while a leave is open."""
        return self.window.next(at, self.calendar, self.away)


@dataclass(frozen=True, slots=True)
class Due:
    """`step` is to be done at `at`; with `quiet`, never outside those hours."""

    at: datetime
    step: Action
    quiet: Quiet | None = None

    def allowed(self, now: datetime) -> datetime | None:
        """For something overdue at `now`: when it may happen."""
        return self.at if self.quiet is None else self.quiet.next(now)

    def moved(self, at: datetime) -> "Due":
        """The same, later."""
        return replace(self, at=at)


def message(at: datetime, step: Action, quiet: Quiet) -> tuple[Due, ...]:
    """A message due at `at` or in the next waking hour; nothing while that cannot be known."""
    allowed = quiet.next(at)
    return () if allowed is None else (Due(allowed, step, quiet),)
