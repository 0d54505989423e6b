"""Adjustments to book, and a count of what was booked."""

from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import Engine
from sqlmodel import select

from lockstep.ports import Adjustment, Component
from lockstep.store.tables import EntryRow
from lockstep.store.transaction import reading

NOW = datetime(2026, 12, 10, 8, tzinfo=UTC)
LATE = date(2027, 1, 15)


def allowance(key: str = "k1", **changes: object) -> Adjustment:
    facts: dict[str, object] = {
        "key": key,
        "employee_id": "00123",
        "entity": "acme",
        "for_period": "2026-12",
        "rule": "pass",
        "component": Component.ALLOWANCE,
        "amount_fen": 40_050,
        "basis": "培训制度 §3: 5 % of 8010.00",
        "effective": date(2026, 12, 3),
    }
    return Adjustment.model_validate(facts | changes)


def factor(key: str = "f1", value: str = "1.10") -> Adjustment:
    return allowance(key, component=Component.FACTOR, amount_fen=0, factor=Decimal(value))


def count(engine: Engine) -> int:
    with reading(engine) as session:
        return len(session.exec(select(EntryRow)).all())
