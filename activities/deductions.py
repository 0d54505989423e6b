"""What is left of a wage deduction once wage law has had its say: caps, floors, places that allow none."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from lockstep.core.base import Frozen
from lockstep.core.law.pack import Limit, limits
from lockstep.core.law.packs import PACKS
from lockstep.core.periods import Period


class Protection(Frozen):
    """What of a hire decides how far a deduction may go.

    `jurisdiction` is the hire's (ISO 3166-2, CN-SZ); `probation_until` is the first day after probation, None
    without one; `deducted` are the ledger keys of earlier deductions of the same month.
    """

    jurisdiction: str
    probation_until: date | None = None
    deducted: tuple[str, ...] = ()


def ceiling(
    given: Protection, period: Period, *, month_pay: Decimal, agreed_fen: int, minimum_wage_fen: int | None
) -> Limit:
    """The lowest limit on all deductions of a month together, in fen, and the rule it comes from."""
    pack = PACKS.get(given.jurisdiction)
    if pack is None:
        return Limit(rule="jurisdiction_unknown", fen=0)
    found = limits(
        pack,
        month_pay_fen=int(month_pay),
        minimum_wage_fen=minimum_wage_fen,
        probation=given.probation_until is not None and period.first < given.probation_until,
        agreed_fen=agreed_fen,
    )
    return min(found, key=lambda limit: limit.fen)


def capped(wanted_fen: int, limit: Limit, booked_fen: Sequence[int]) -> tuple[int, str]:
    """What may still be deducted (negative fen), and the rule that cut it short ("" when none did)."""
    room = max(0, limit.fen + sum(booked_fen))
    return (wanted_fen, "") if -wanted_fen <= room else (-room, limit.rule)
