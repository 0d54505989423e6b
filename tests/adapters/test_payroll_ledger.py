"""The pay ledger books once, balances, and never changes what is booked."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from lockstep.adapters.payroll.ledger import PayrollLedger
from lockstep.adapters.payroll.statement import statement_digest
from lockstep.ports import Adjustment, Component, Conflict, Posted, Rejected
from lockstep.store.tables import PeriodRow
from lockstep.store.transaction import reading
from tests.support.payroll import LATE, NOW, allowance, count, factor


@pytest.fixture
def ledger(engine: Engine) -> PayrollLedger:
    return PayrollLedger(engine, lambda: NOW)


def test_an_adjustment_is_booked_in_its_month_under_the_next_voucher_number(ledger: PayrollLedger) -> None:
    assert ledger.post(allowance()) == Posted(entry_id="acme/2026-12/000001", booked_period="2026-12")
    assert ledger.post(allowance("k2")).entry_id == "acme/2026-12/000002"
    assert ledger.post(allowance("k3", entity="beta")).entry_id == "beta/2026-12/000001"
    assert ledger.post(allowance("k4", for_period="2027-01")).entry_id == "acme/2027-01/000001"


def test_the_same_key_and_content_is_answered_again_and_booked_once(
    ledger: PayrollLedger, engine: Engine
) -> None:
    first = ledger.post(allowance())
    assert ledger.post(allowance()) == first.model_copy(update={"replayed": True})
    assert count(engine) == 1


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({name: value}, id=name)
        for name, value in {
            "employee_id": "00124",
            "entity": "beta",
            "for_period": "2027-01",
            "rule": "fail",
            "component": Component.AWARD,
            "amount_fen": 40_051,
            "currency": "USD",
            "basis": "another",
            "effective": date(2026, 12, 4),
        }.items()
    ],
)
def test_the_same_key_with_other_content_is_a_conflict(
    ledger: PayrollLedger, engine: Engine, changes: dict[str, object]
) -> None:
    ledger.post(allowance())
    with pytest.raises(Conflict, match="k1 is booked with other content as acme/2026-12/000001"):
        ledger.post(allowance().model_copy(update=changes))
    assert count(engine) == 1


def test_a_factor_written_otherwise_is_the_same_factor(ledger: PayrollLedger) -> None:
    ledger.post(factor(value="1.10"))
    assert ledger.post(factor(value="1.1")).replayed
    with pytest.raises(Conflict):
        ledger.post(factor(value="1.11"))
    assert ledger.post(factor("f2", value="10")).replayed is False
    with pytest.raises(Conflict):
        ledger.post(factor("f2", value="1"))


@pytest.mark.parametrize(
    "adjustment", [allowance(), factor(), allowance(amount_fen=-(2**53) - 1, component=Component.FORFEITURE)]
)
def test_what_was_booked_comes_back_by_its_key(ledger: PayrollLedger, adjustment: Adjustment) -> None:
    ledger.post(adjustment)
    assert ledger.by_key(adjustment.key) == adjustment
    assert ledger.by_key("another") is None


@pytest.mark.parametrize(
    ("adjustment", "says"),
    [
        pytest.param(allowance(for_period="2026-13"), "'2026-13' is not a pay period", id="no month"),
        pytest.param(allowance(for_period="December"), "is not a pay period", id="no period"),
        pytest.param(allowance(factor=Decimal(1)), "only a commission factor has a factor", id="factor"),
        pytest.param(
            allowance(component=Component.FACTOR), "needs a factor and the amount 0", id="no factor"
        ),
        pytest.param(
            factor().model_copy(update={"amount_fen": 1}), "needs a factor and the amount 0", id="both"
        ),
        pytest.param(allowance(amount_fen=2**63), "cannot hold this value", id="more than all the money"),
    ],
)
def test_what_makes_no_sense_is_rejected_and_leaves_nothing(
    ledger: PayrollLedger, engine: Engine, adjustment: Adjustment, says: str
) -> None:
    with pytest.raises(Rejected, match=says):
        ledger.post(adjustment)
    assert count(engine) == 0


@pytest.mark.parametrize(
    ("adjustment", "debit", "credit"),
    [
        pytest.param(allowance(), 40_050, -40_050, id="paid to the employee"),
        pytest.param(
            allowance(component=Component.FORFEITURE, amount_fen=-64_000), -64_000, 64_000, id="not paid"
        ),
        pytest.param(factor(), 0, 0, id="a factor moves no money"),
    ],
)
def test_each_entry_has_two_sides(
    ledger: PayrollLedger, adjustment: Adjustment, debit: int, credit: int
) -> None:
    ledger.post(adjustment)
    (entry,) = ledger.entries("acme", "2026-12")
    sides = [(line.account, line.amount_fen) for line in entry.lines]
    assert sides == [(adjustment.component.value, debit), ("wages_payable:00123", credit)]


def test_a_reversal_books_the_opposite_and_names_what_it_reverses(ledger: PayrollLedger) -> None:
    ledger.post(allowance())
    posted = ledger.reverse("k1", reversal_key="r1", reason="appeal 7 upheld", effective=LATE)
    original, counter = ledger.entries("acme", "2026-12")
    assert posted == Posted(entry_id=counter.entry_id, booked_period="2026-12")
    assert counter.reverses == original.entry_id
    assert counter.adjustment == allowance("r1", amount_fen=-40_050, basis="appeal 7 upheld", effective=LATE)
    assert ledger.by_key("r1") == counter.adjustment


def test_a_reversed_factor_cancels_out(ledger: PayrollLedger) -> None:
    ledger.post(factor())
    ledger.reverse("f1", reversal_key="r1", reason="appeal", effective=LATE)
    factors = [entry.adjustment.factor for entry in ledger.entries("acme", "2026-12")]
    assert factors == [Decimal("1.10"), Decimal("-1.10")]


def test_a_reversal_delivered_again_is_answered_again(ledger: PayrollLedger, engine: Engine) -> None:
    ledger.post(allowance())
    first = ledger.reverse("k1", reversal_key="r1", reason="appeal", effective=LATE)
    again = ledger.reverse("k1", reversal_key="r1", reason="appeal", effective=LATE)
    assert again == first.model_copy(update={"replayed": True})
    with pytest.raises(Conflict):
        ledger.reverse("k1", reversal_key="r1", reason="another reason", effective=LATE)
    assert count(engine) == 2


def test_nothing_is_reversed_twice_nor_a_reversal_reversed(ledger: PayrollLedger, engine: Engine) -> None:
    ledger.post(allowance())
    ledger.reverse("k1", reversal_key="r1", reason="appeal", effective=LATE)
    with pytest.raises(Rejected, match="already reversed, by acme/2026-12/000002"):
        ledger.reverse("k1", reversal_key="r2", reason="appeal", effective=LATE)
    with pytest.raises(Rejected, match="itself a reversal"):
        ledger.reverse("r1", reversal_key="r3", reason="appeal", effective=LATE)
    with pytest.raises(Rejected, match="Nothing is booked under k9"):
        ledger.reverse("k9", reversal_key="r4", reason="appeal", effective=LATE)
    with pytest.raises(Conflict):  # a key is used for one thing only
        ledger.reverse("k1", reversal_key="k1", reason="appeal", effective=LATE)
    assert count(engine) == 2


def test_a_closed_period_takes_nothing_more_but_still_answers(ledger: PayrollLedger) -> None:
    first = ledger.post(allowance())
    digest = ledger.close("acme", "2026-12")
    ledger.close("acme", "2027-01")
    assert ledger.post(allowance()) == first.model_copy(update={"replayed": True})
    late = ledger.post(allowance("late"))
    reversal = ledger.reverse("k1", reversal_key="r1", reason="appeal", effective=LATE)
    assert (late.booked_period, reversal.booked_period) == ("2027-02", "2027-02")
    assert ledger.post(allowance("k5", entity="beta")).booked_period == "2026-12"
    assert ledger.close("acme", "2026-12") == digest
    statement = ledger.statement("acme", "2026-12")
    assert (statement.closed, statement.digest, len(statement.entries)) == (True, digest, 1)
    assert ledger.by_key("late") == allowance("late")  # about December, whenever it was booked


def test_a_period_is_closed_at_the_first_closing(engine: Engine) -> None:
    PayrollLedger(engine, lambda: NOW).close("acme", "2026-12")
    PayrollLedger(engine, lambda: NOW + timedelta(days=1)).close("acme", "2026-12")
    with reading(engine) as session:
        assert session.get_one(PeriodRow, ("acme", "2026-12")).closed_at == NOW


def test_a_reversal_is_never_booked_before_what_it_reverses(ledger: PayrollLedger) -> None:
    ledger.close("acme", "2026-12")
    ledger.post(allowance())
    assert ledger.reverse("k1", reversal_key="r", reason="x", effective=LATE).booked_period == "2027-01"


def test_the_digest_speaks_for_every_entry_of_the_period(ledger: PayrollLedger) -> None:
    empty = ledger.statement("acme", "2026-12").digest
    ledger.post(allowance())
    provisional = ledger.statement("acme", "2026-12")
    assert provisional.closed is False
    assert provisional.digest == ledger.close("acme", "2026-12") != empty
    assert len(provisional.digest) == 64
    (entry,) = provisional.entries
    altered = entry.model_copy(update={"adjustment": entry.adjustment.model_copy(update={"amount_fen": 1})})
    assert statement_digest("acme", "2026-12", [altered]) != provisional.digest
    assert ledger.close("beta", "2026-12") != empty  # an empty period of another entity is another fact


def test_a_digest_means_the_same_on_any_database_and_in_any_later_version(ledger: PayrollLedger) -> None:
    ledger.post(allowance("键 b"))
    ledger.post(allowance("Key A", component=Component.FORFEITURE, amount_fen=-64_000))
    kept_by_hr = "6d191efaf1d9bee9b67641ea6753004e38c61cd7b6958ca2f816025578269d6e"
    assert ledger.close("acme", "2026-12") == kept_by_hr


def test_a_period_that_is_no_month_is_rejected(ledger: PayrollLedger) -> None:
    for ask in (ledger.close, ledger.entries):
        with pytest.raises(Rejected, match="is not a pay period; write the month like 2026-12"):
            ask("acme", "12/2026")
