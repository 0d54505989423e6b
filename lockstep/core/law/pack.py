"""What a jurisdiction's wage law lets an employer deduct. Whole fen, rounded in the employee's favour."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_CEILING, Decimal
from enum import StrEnum

from lockstep.core.base import Frozen, Text


class Certainty(StrEnum):
    """How sure we are of a source: known well, known at second hand, or to be checked before use."""

    HIGH = "high"
    MEDIUM = "medium"
    UNVERIFIED = "unverified"


class Source(Frozen):
    """An article, what it says in a sentence, and how sure we are of it."""

    article: str
    says: Text
    certainty: Certainty


class LawPack(Frozen):
    """A jurisdiction's rules. Percentages are of a month's pay; `as_of` is the day the pack was last revised.

    The minimum wage differs by city and year: it is never in here, each legal entity's HR gives its own.
    """

    jurisdiction: str
    title: Text
    allows_deduction: bool
    monthly_cap_percent: Decimal
    probation_floor_percent: Decimal
    max_probation_months: int
    sources: tuple[Source, ...]
    as_of: date


class Limit(Frozen):
    """One ceiling on a month's deduction, in fen, and the rule it comes from (a key of `words`)."""

    rule: str
    fen: int


def limits(
    pack: LawPack, *, month_pay_fen: int, minimum_wage_fen: int | None, probation: bool, agreed_fen: int
) -> Iterator[Limit]:
    """Every ceiling that applies to a month's deduction. None is below zero.

    `month_pay_fen` is what the month would pay without it, `agreed_fen` the monthly wage of the contract
    (after probation). Where deductions are not allowed, or no minimum wage is on record, the ceiling is zero.
    """
    if not pack.allows_deduction:
        yield Limit(rule="deduction_not_allowed", fen=0)
    yield Limit(rule="monthly_cap", fen=max(0, int(month_pay_fen * pack.monthly_cap_percent / 100)))
    if minimum_wage_fen is None:
        yield Limit(rule="minimum_wage_unknown", fen=0)
    else:
        yield Limit(rule="minimum_wage", fen=max(0, month_pay_fen - minimum_wage_fen))
    if probation:
        floor = (agreed_fen * pack.probation_floor_percent / 100).to_integral_value(ROUND_CEILING)
        yield Limit(rule="probation_floor", fen=max(0, month_pay_fen - int(floor)))


def deduction_limit(
    pack: LawPack, *, month_pay_fen: int, minimum_wage_fen: int | None, probation: bool, agreed_fen: int
) -> int:
    """The most that may be deducted from a month's pay, in fen: the lowest of `limits`."""
    ceilings = limits(
        pack,
        month_pay_fen=month_pay_fen,
        minimum_wage_fen=minimum_wage_fen,
        probation=probation,
        agreed_fen=agreed_fen,
    )
    return min(ceiling.fen for ceiling in ceilings)
