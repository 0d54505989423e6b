"""Exact money: percentages of a salary in whole fen. Decimal only, ROUND_HALF_UP, once, at the end."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from lockstep.core.periods import Period
from lockstep.core.policy.pay import SalaryUsed
from lockstep.core.steps import PayLine


class SalaryFrom(Protocol):
    """A monthly salary in fen from a day on."""

    @property
    def effective_from(self) -> date:
        """Its first day."""

    @property
    def monthly_fen(self) -> int:
        """Fen a month."""


def salary_on(salaries: Sequence[SalaryFrom], day: date) -> int | None:
    """The salary in force on a day, in fen; None when none is on record."""
    in_force = [s for s in salaries if s.effective_from <= day]
    return max(in_force, key=lambda s: s.effective_from).monthly_fen if in_force else None


def base_salary(
    salaries: Sequence[SalaryFrom], period: Period, used: SalaryUsed, cutoff_day: int
) -> Decimal | None:
    """The salary a period's percentages are of, in fen, not yet rounded; None when none is on record.

    `TIME_WEIGHTED` is the mean over the calendar days of the month on which a salary was in force.
    """
    if used is SalaryUsed.AT_CUTOFF:
        found = salary_on(salaries, date(period.year, period.month, cutoff_day))
        return None if found is None else Decimal(found)
    days = [period.first + timedelta(days=i) for i in range((period.last - period.first).days + 1)]
    known = [fen for day in days if (fen := salary_on(salaries, day)) is not None]
    return Decimal(sum(known)) / len(known) if known else None


def amount_fen(line: PayLine, base: Decimal) -> int:
    """What a line is worth, signed, in fen. Equal shares of one percentage add up to the whole exactly."""
    index, count = line.part
    total = int((base * abs(line.percent) / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    share, left_over = divmod(total, count)
    fen = share + (1 if index < left_over else 0)
    return -fen if line.percent < 0 else fen
