"""A wage deduction keeps what wage law says, whatever the policy wants: on the real ledger and records."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from activities.deductions import Protection
from activities.pay import BookLines, PayActivities, ledger_key
from lockstep.adapters.payroll.ledger import PayrollLedger
from lockstep.adapters.people.store import StoredPeople
from lockstep.core.base import Why
from lockstep.core.policy.pay import PayKind, SalaryUsed
from lockstep.core.steps import PayLine
from lockstep.ports import Person, Rejected, Salary
from lockstep.store.database import open_database

HIRE = "onboarding/ACME/E1/2026-11-02"
SALARY = 1_000_000


class Books:
    """The pay activities on a store of their own."""

    def __init__(self, people: StoredPeople, ledger: PayrollLedger) -> None:
        self.people, self.ledger = people, ledger
        self.activities = PayActivities(ledger, people)

    def book(self, *lines: PayLine, **given: object) -> list[int]:
        """Book lines; what each came to, in fen."""
        protection = Protection.model_validate({"jurisdiction": "CN"} | given)
        command = BookLines(
            key=HIRE, employee_id="E1", entity="ACME", lines=lines, salary=SalaryUsed.AT_CUTOFF,
            cutoff_day=25, policy_hash="f" * 64, protection=protection,
        )  # fmt: skip
        self.activities.book_lines(command)
        return [self.booked(line)[0] for line in lines]

    def booked(self, line: PayLine) -> tuple[int, str]:
        """A line's amount in fen and its basis."""
        found = self.ledger.by_key(ledger_key(HIRE, line, line.revision))
        assert found is not None
        return found.amount_fen, found.basis


def cut(percent: int, rule: str = "cut", kind: PayKind = PayKind.DEDUCTION) -> PayLine:
    why = Why(rule="not_passed", policy_path=f"pay.rules.{rule}")
    key = f"2026-11/{rule}"
    return PayLine(key=key, period="2026-11", rule=rule, kind=kind, percent=Decimal(-percent), why=why)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    engine = open_database(f"sqlite:///{tmp_path / 'store.db'}")
    people = StoredPeople(engine)
    people.save_person(Person(employee_id="E1", name="张三"))
    people.save_salary(Salary(employee_id="E1", effective_from=date(2026, 1, 1), monthly_fen=SALARY))
    people.save_minimum_wage("ACME", date(2026, 1, 1), 250_000)
    yield Books(people, PayrollLedger(engine))
    engine.dispose()


@pytest.mark.parametrize(
    ("percent", "given", "fen", "limit"),
    [
        (8, {}, -80_000, ""),
        (20, {}, -200_000, ""),
        (21, {}, -200_000, "monthly_cap"),
        (8, {"jurisdiction": "CN-JS"}, -80_000, ""),
        (8, {"jurisdiction": "CN-GD"}, 0, "deduction_not_allowed"),
        (8, {"jurisdiction": "FR"}, 0, "jurisdiction_unknown"),
        (8, {"probation_until": date(2027, 1, 1)}, -80_000, ""),
        (8, {"probation_until": date(2026, 11, 1)}, -80_000, ""),
    ],
)
def test_a_deduction_stays_within_the_limits_of_its_place(
    books: Books, percent: int, given: dict[str, object], fen: int, limit: str
) -> None:
    line = cut(percent)
    assert books.book(line, **given) == [fen]
    basis = books.booked(line)[1]
    assert basis == f"pay.rules.cut@{'f' * 12}" + (f" limit:{limit}" if limit else "")


@pytest.mark.parametrize(
    ("minimum", "fen", "limit"),
    [(900_000, -80_000, ""), (950_000, -50_000, "limit:minimum_wage"), (1_100_000, 0, "limit:minimum_wage")],
)
def test_the_minimum_wage_is_left(books: Books, minimum: int, fen: int, limit: str) -> None:
    books.people.save_minimum_wage("ACME", date(2026, 11, 1), minimum)
    books.people.save_minimum_wage("ACME", date(2026, 12, 1), 1)
    line = cut(8)
    assert books.book(line) == [fen]
    assert books.booked(line)[1].endswith(limit)


def test_without_a_minimum_wage_on_record_nothing_is_deducted(books: Books) -> None:
    books.people.save_minimum_wage("BETA", date(2026, 1, 1), 1)
    assert books.people.minimum_wage("ACME", date(2025, 12, 31)) is None
    line = cut(8).model_copy(update={"key": "2025-12/cut", "period": "2025-12"})
    books.people.save_salary(Salary(employee_id="E1", effective_from=date(2025, 1, 1), monthly_fen=SALARY))
    assert books.book(line) == [0]
    assert books.booked(line)[1].endswith("limit:minimum_wage_unknown")


def test_a_wage_of_probation_is_not_cut_below_80_percent_of_what_was_agreed(books: Books) -> None:
    agreed = Salary(employee_id="E1", effective_from=date(2027, 2, 1), monthly_fen=1_200_000)
    books.people.save_salary(agreed)
    line = cut(8)
    assert books.book(line, probation_until=date(2027, 2, 1)) == [-40_000]
    assert books.booked(line)[1].endswith("limit:probation_floor")


def test_the_cap_is_of_all_deductions_of_a_month_together(books: Books) -> None:
    first, second, third = (cut(8, rule) for rule in ("a", "b", "c"))
    assert books.book(first, second) == [-80_000, -80_000]
    earlier = tuple(ledger_key(HIRE, line, 0) for line in (first, second))
    assert books.book(third, deducted=earlier) == [-40_000]
    assert books.book(third, deducted=earlier) == [-40_000], "done again, it is the same entry"


def test_a_bonus_that_is_not_earned_is_no_deduction(books: Books) -> None:
    assert books.book(cut(30, kind=PayKind.FORFEITURE), jurisdiction="FR") == [-300_000]


def test_a_minimum_wage_is_above_zero(books: Books) -> None:
    with pytest.raises(Rejected, match="above zero"):
        books.people.save_minimum_wage("ACME", date(2026, 1, 1), 0)
