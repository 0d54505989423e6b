"""Pay: percentages become fen here, where the salary is known, so that no salary is ever in a payload."""

from collections.abc import Sequence
from datetime import date

from temporalio import activity

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
        key = _ledger_key(cmd.key, cmd.line, cmd.line.revision)
        posted = self._payroll.reverse(
            key, reversal_key=f"{key}/reversal", reason=cmd.reason, effective=cmd.effective
        )
        return posted.entry_id

    def _book(self, cmd: BookLines, line: PayLine, salaries: Sequence[Salary]) -> str:
        period = Period.parse(line.period)
        effective = date(period.year, period.month, cmd.cutoff_day)
        for earlier in range(line.revision):
            key = _ledger_key(cmd.key, line, earlier)
            self._payroll.reverse(
                key, reversal_key=f"{key}/reversal", reason="salary changed", effective=effective
            )
        adjustment = Adjustment(
            key=_ledger_key(cmd.key, line, line.revision),
            employee_id=cmd.employee_id,
            entity=cmd.entity,
            for_period=line.period,
            rule=line.rule,
            component=_COMPONENT[line.kind],
            amount_fen=_fen(cmd, line, salaries, period),
            factor=line.factor,
            basis=f"{line.why.policy_path}@{cmd.policy_hash[:12]} {' '.join(line.why.facts)}".strip(),
            effective=effective,
        )
        return self._payroll.post(adjustment).entry_id


def _fen(cmd: BookLines, line: PayLine, salaries: Sequence[Salary], period: Period) -> int:
    if line.factor is not None:
        return 0
    base = base_salary(salaries, period, cmd.salary, cmd.cutoff_day)
    if base is None:
        raise Misconfigured(f"No salary on record for {cmd.employee_id} in {period}: import it")
    return amount_fen(line, base)


def _ledger_key(workflow_id: str, line: PayLine, revision: int) -> str:
    return f"{workflow_id}/pay/{line.key}/{revision}"
