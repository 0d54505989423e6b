"""What training does to pay. Percentages are of one month's salary; amounts are computed in `core.pay`."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from lockstep.core.base import Frozen, Slug, Text
from lockstep.core.policy.parts import Percent, Score


class PayKind(StrEnum):
    """培训补贴, 优秀奖励, 绩效奖金 not earned, a real wage deduction, 提成系数."""

    ALLOWANCE = "allowance"
    AWARD = "award"
    FORFEITURE = "forfeiture"
    DEDUCTION = "deduction"
    FACTOR = "factor"


ADVERSE = (PayKind.FORFEITURE, PayKind.DEDUCTION)
"""The kinds that go against the employee."""


class ScoreUsed(StrEnum):
    """Which score a rule looks at when a stage has several exams."""

    MIN = "min"
    MEAN = "mean"
    WEIGHTED = "weighted"
    EACH = "each"


class AttemptUsed(StrEnum):
    """Which sitting of an exam counts for pay."""

    BEST = "best"
    FIRST = "first"
    LAST = "last"


class SalaryUsed(StrEnum):
    """The salary a percentage is of: the one at the cut-off, or the month's mean by calendar days."""

    AT_CUTOFF = "at_cutoff"
    TIME_WEIGHTED = "time_weighted"


class Band(Frozen):
    """From `min_score` up, the commission or bonus factor is `factor`."""

    min_score: Score
    factor: Decimal


class PayRule(Frozen):
    """One rule. `stage` is the stage whose requirements decide "passed".

    allowance   once, when the stage is earned
    award       once, when it is earned with a score >= `min_score`
    forfeiture  each month (at most `max_times`) the deadline lies behind the cut-off and it is not earned
    deduction   like forfeiture, but a cut of wage: needs `basis` and a human approval
    factor      once, the factor of the highest band reached
    """

    id: Slug
    kind: PayKind
    stage: Slug
    percent: Percent = Decimal(0)
    min_score: Score | None = None
    bands: tuple[Band, ...] = ()
    max_times: int = 1
    title: Text


class Basis(Frozen):
    """The company rule a deduction rests on: adopted with the staff and made known (劳动合同法 4)."""

    document: str
    title: Text
    adopted_on: date
    announced_on: date


class Pay(Frozen):
    """The pay rules and the day of the month (local) at which a period is settled."""

    cutoff_day: int = 25
    score: ScoreUsed = ScoreUsed.MIN
    attempt: AttemptUsed = AttemptUsed.BEST
    salary: SalaryUsed = SalaryUsed.AT_CUTOFF
    late_pass_reverses: bool = False
    rules: tuple[PayRule, ...]
    basis: Basis | None = None


class AttendanceRules(Frozen):
    """考勤: mark `abnormal` while a course is overdue, `qualified` when the stage opens."""

    abnormal_when_overdue: bool = True
    qualified_stage: Slug | None = None
