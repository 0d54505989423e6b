"""The embedded payroll: an append-only double-entry ledger in the store.

An amount paid to the employee is a debit of what it is for and a credit of the wages payable to them; one
taken back is the mirror image. Nothing is ever changed: a mistake is cancelled by a counter-entry.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from lockstep.adapters.payroll.statement import Entry, Line, Statement, fingerprint, statement_digest
from lockstep.core.periods import Period
from lockstep.ports import Adjustment, Clock, Component, Conflict, Posted, Rejected
from lockstep.store.tables import EntryRow, LineRow, PeriodRow
from lockstep.store.transaction import reading, upsert, utc_now, writing


class PayrollLedger:
    """`ports.Payroll` on the store, one ledger per legal entity."""

    name = "ledger"

    def __init__(self, engine: Engine, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._clock = clock

    def post(self, adjustment: Adjustment) -> Posted:
        """Book it once, in the first open period from `for_period` on. Raises Conflict or Rejected."""
        _check(adjustment)
        return self._book(adjustment)

    def reverse(self, key: str, *, reversal_key: str, reason: str, effective: date) -> Posted:
        """Book the counter-entry of `key`: amount and factor negated. Raises Conflict or Rejected."""
        with reading(self._engine) as session:
            original = _find(session, key)
        if original is None:
            raise Rejected(f"Nothing is booked under {key}, so nothing can be reversed.")
        if original.reverses is not None:
            raise Rejected(f"{key} is itself a reversal; post a new adjustment instead of reversing it.")
        booked = _adjustment(original)
        counter = booked.model_copy(
            update={
                "key": reversal_key,
                "amount_fen": -booked.amount_fen,
                "factor": None if booked.factor is None else booked.factor.copy_negate(),
                "basis": reason,
                "effective": effective,
            }
        )
        return self._book(counter, reverses=original.entry_id)

    def by_key(self, key: str) -> Adjustment | None:
        """What was booked under a key."""
        with reading(self._engine) as session:
            row = _find(session, key)
        return None if row is None else _adjustment(row)

    def close(self, entity: str, period: str) -> str:
        """Close a period; returns the SHA-256 of its entries. Closing twice returns the same digest."""
        month = str(_period(period))
        with writing(self._engine) as session:
            row = _lock_period(session, entity, month)
            if row.digest is None:
                row.digest = statement_digest(entity, month, _entries(session, entity, month))
                row.closed_at = self._clock()
            return row.digest

    def entries(self, entity: str, period: str) -> Sequence[Entry]:
        """What is booked in a period, in voucher order."""
        return self.statement(entity, period).entries

    def statement(self, entity: str, period: str) -> Statement:
        """A period as it stands, for export. Raises Rejected when `period` is not a month."""
        month = str(_period(period))
        with reading(self._engine) as session:
            row = session.get(
                PeriodRow, (entity, month)
            )  # first: what is closed cannot change while we read on
            entries = tuple(_entries(session, entity, month))
        closed = row.digest if row is not None else None
        return Statement(
            entity=entity,
            period=month,
            closed=closed is not None,
            digest=closed or statement_digest(entity, month, entries),
            entries=entries,
        )

    def _book(self, adjustment: Adjustment, *, reverses: str | None = None) -> Posted:
        try:
            return self._book_now(adjustment, reverses)
        except IntegrityError:
            # another process booked the same key or reversal meanwhile: now it is there to be compared with
            return self._book_now(adjustment, reverses)

    def _book_now(self, adjustment: Adjustment, reverses: str | None) -> Posted:
        content = fingerprint(adjustment, reverses)
        with writing(self._engine) as session:
            booked = _find(session, adjustment.key)
            if booked is not None:
                if booked.fingerprint != content:
                    raise Conflict(
                        f"{adjustment.key} is booked with other content as {booked.entry_id}; "
                        "reverse that entry and post under a new key."
                    )
                return Posted(entry_id=booked.entry_id, booked_period=booked.booked_period, replayed=True)
            if reverses is not None:
                _refuse_second_reversal(session, reverses)
            period = _open_period(session, adjustment.entity, _period(adjustment.for_period))
            period.last_number += 1
            entry = EntryRow(
                entry_id=f"{period.entity}/{period.period}/{period.last_number:06d}",
                booked_period=period.period,
                number=period.last_number,
                reverses=reverses,
                fingerprint=content,
                booked_at=self._clock(),
                component=adjustment.component.value,
                factor=None if adjustment.factor is None else format(adjustment.factor, "f"),
                **adjustment.model_dump(exclude={"component", "factor"}),
            )
            session.add(entry)
            session.flush()
            session.add_all(_lines(entry))
        return Posted(entry_id=entry.entry_id, booked_period=entry.booked_period)


ADAPTER = PayrollLedger


def _check(adjustment: Adjustment) -> None:
    if adjustment.component is Component.FACTOR:
        if adjustment.factor is None or adjustment.amount_fen != 0:
            raise Rejected(f"{adjustment.key}: a commission factor needs a factor and the amount 0.")
    elif adjustment.factor is not None:
        raise Rejected(
            f"{adjustment.key}: only a commission factor has a factor, not {adjustment.component}."
        )


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except ValueError as error:
        raise Rejected(f"{text!r} is not a pay period; write the month like 2026-12.") from error


def _find(session: Session, key: str) -> EntryRow | None:
    return session.exec(select(EntryRow).where(col(EntryRow.key) == key)).one_or_none()


def _refuse_second_reversal(session: Session, reverses: str) -> None:
    earlier = session.exec(select(EntryRow).where(col(EntryRow.reverses) == reverses)).one_or_none()
    if earlier is not None:
        raise Rejected(f"{reverses} is already reversed, by {earlier.entry_id}.")


def _open_period(session: Session, entity: str, period: Period) -> PeriodRow:
    while (row := _lock_period(session, entity, str(period))).digest is not None:
        period = period.next()
    return row


def _lock_period(session: Session, entity: str, period: str) -> PeriodRow:
    # the lock gives gapless voucher numbers and keeps a closing period from taking one more entry
    upsert(session, PeriodRow(entity=entity, period=period), overwrite=False)
    mine = (col(PeriodRow.entity) == entity) & (col(PeriodRow.period) == period)
    return session.exec(select(PeriodRow).where(mine).with_for_update()).one()


def _entries(session: Session, entity: str, period: str) -> list[Entry]:
    booked = (col(EntryRow.entity) == entity) & (col(EntryRow.booked_period) == period)
    rows = session.exec(select(EntryRow).where(booked).order_by(col(EntryRow.number))).all()
    both = select(LineRow).join(EntryRow).where(booked).order_by(col(LineRow.entry_id), col(LineRow.line))
    lines: dict[str, list[Line]] = {}
    for line in session.exec(both):
        lines.setdefault(line.entry_id, []).append(Line(account=line.account, amount_fen=line.amount_fen))
    return [
        Entry(
            entry_id=row.entry_id,
            booked_period=row.booked_period,
            reverses=row.reverses,
            adjustment=_adjustment(row),
            lines=(lines[row.entry_id][0], lines[row.entry_id][1]),
        )
        for row in rows
    ]


def _adjustment(row: EntryRow) -> Adjustment:
    factor = None if row.factor is None else Decimal(row.factor)
    return Adjustment.model_validate(row.model_dump() | {"factor": factor})


def _lines(entry: EntryRow) -> tuple[LineRow, LineRow]:
    return (
        LineRow(entry_id=entry.entry_id, line=1, account=entry.component, amount_fen=entry.amount_fen),
        LineRow(
            entry_id=entry.entry_id,
            line=2,
            account=f"wages_payable:{entry.employee_id}",
            amount_fen=-entry.amount_fen,
        ),
    )
