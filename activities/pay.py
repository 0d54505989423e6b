"""Pay: percentages become fen here, where the salary is known, so that no salary is ever in a payload."""

from collections.abc import Sequence
from datetime import date

from temporalio import activity

from activities.deductions import Protection, capped, ceiling
from lockstep.core.base import Frozen
from lockstep.core.pay import amount_fen, base_salary
from lockstep.core.periods import Period
from lockstep.core.policy.pay import PayKind, SalaryUsed
from lockstep.core.steps import PayLine
from lockstep.ports import Adjustment, Component, Misconfigured, Payroll, People, Salary

_COMPONENT = {
    PayKind.ALLOWANCE: Component.ALLOWANCE,
    PayKind.AWARD: Component.AWARD,
    PayKind.FORFEITURE: Component.FORFEITURE,
    PayKind.DEDUCTION: Component.DEDUCTION,
    PayKind.FACTOR: Component.FACTOR,
}


class BookLines(Frozen):
    """Lines to book. `key` is the workflow's id; a line's ledger key is `key/pay/<line>/<revision>`."""

    key: str
    employee_id: str
    entity: str
    lines: tuple[PayLine, ...]
    salary: SalaryUsed
    cutoff_day: int
    policy_hash: str
    protection: Protection


class TakeBack(Frozen):
    """A line to undo."""

    key: str
    line: PayLine
    reason: str
    effective: date


class PayActivities:
    """The payroll system."""

    def __init__(self, payroll: Payroll, people: People) -> None:
        self._payroll = payroll
        self._people = people

    @activity.defn
    def book_lines(self, cmd: BookLines) -> tuple[str, ...]:
        """Book every line once; a later revision replaces the one before. Returns the entries' ids."""
        salaries = self._people.salaries(cmd.employee_id)
        return tuple(self._book(cmd, line, salaries) for line in cmd.lines)

    @activity.defn
    def take_back(self, cmd: TakeBack) -> str:
        """Book the counter-entry. Returns its id."""
        key = ledger_key(cmd.key, cmd.line, cmd.line.revision)
        posted = self._payroll.reverse(
            key, reversal_key=f"{key}/reversal", reason=cmd.reason, effective=cmd.effective
        )
        return posted.entry_id

    def _book(self, cmd: BookLines, line: PayLine, salaries: Sequence[Salary]) -> str:
        period = Period.parse(line.period)
        effective = date(period.year, period.month, cmd.cutoff_day)
        for earlier in range(line.revision):
            key = ledger_key(cmd.key, line, earlier)
            self._payroll.reverse(
                key, reversal_key=f"{key}/reversal", reason="salary changed", effective=effective
            )
        amount, cut_by = self._fen(cmd, line, salaries, period)
        adjustment = Adjustment(
            key=ledger_key(cmd.key, line, line.revision),
            employee_id=cmd.employee_id,
            entity=cmd.entity,
            for_period=line.period,
            rule=line.rule,
            component=_COMPONENT[line.kind],
            amount_fen=amount,
            factor=line.factor,
            basis=_basis(line, cmd.policy_hash, cut_by),
            effective=effective,
        )
        return self._payroll.post(adjustment).entry_id

    def _fen(
        self, cmd: BookLines, line: PayLine, salaries: Sequence[Salary], period: Period
    ) -> tuple[int, str]:
        """The amount, and the rule of wage law that made it smaller."""
        if line.factor is not None:
            return 0, ""
        base = base_salary(salaries, period, cmd.salary, cmd.cutoff_day)
        if base is None:
            raise Misconfigured(f"No salary on record for {cmd.employee_id} in {period}: import it")
        wanted = amount_fen(line, base)
        if line.kind is not PayKind.DEDUCTION:
            return wanted, ""
        limit = ceiling(
            cmd.protection,
            period,
            month_pay=base,
            # what is paid after probation may be on record already
            agreed_fen=max(salary.monthly_fen for salary in salaries),
            minimum_wage_fen=self._people.minimum_wage(cmd.entity, period.last),
        )
        return capped(wanted, limit, self._deducted(cmd, line))

    def _deducted(self, cmd: BookLines, line: PayLine) -> list[int]:
        """What earlier deductions of the same month took, in fen; those of this command before the line."""
        before = cmd.lines[: cmd.lines.index(line)]
        mine = [ledger_key(cmd.key, each, each.revision) for each in before if each.kind is line.kind]
        found = (self._payroll.by_key(key) for key in (*cmd.protection.deducted, *mine))
        return [booked.amount_fen for booked in found if booked is not None]


def _basis(line: PayLine, policy_hash: str, cut_by: str) -> str:
    words = (f"{line.why.policy_path}@{policy_hash[:12]}", *line.why.facts, cut_by and f"limit:{cut_by}")
    return " ".join(filter(None, words))


def ledger_key(workflow_id: str, line: PayLine, revision: int) -> str:
    """What a revision of a line is booked under: the same hire, line and revision, the same key."""
    return f"{workflow_id}/pay/{line.key}/{revision}"
