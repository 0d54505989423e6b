"""What the ledger says of a period, and the bytes its digest is taken of."""

from collections.abc import Sequence
from decimal import Decimal

from lockstep.core.base import Frozen
from lockstep.ports import Adjustment
from lockstep.store.canonical import Plain, digest


class Line(Frozen):
    """One side of an entry, in fen; debits are positive."""

    account: str
    amount_fen: int


class Entry(Frozen):
    """A booked adjustment. `entry_id` is its voucher number; `reverses` that of the entry it cancels."""

    entry_id: str
    booked_period: str
    reverses: str | None = None
    adjustment: Adjustment
    lines: tuple[Line, Line]


class Statement(Frozen):
    """All entries of a period in voucher order. While it is open, `digest` is that of the entries so far."""

    entity: str
    period: str
    closed: bool
    digest: str
    entries: tuple[Entry, ...]


def fingerprint(adjustment: Adjustment, reverses: str | None) -> str:
    """SHA-256 of an entry's content: the same key must always come with the same one."""
    return digest(_content(adjustment, reverses))


def statement_digest(entity: str, period: str, entries: Sequence[Entry]) -> str:
    """SHA-256 of a period's entries, lines included, in voucher order."""
    return digest({"entity": entity, "period": period, "entries": [_facts(entry) for entry in entries]})


def _facts(entry: Entry) -> Plain:
    return {
        "entry_id": entry.entry_id,
        "content": _content(entry.adjustment, entry.reverses),
        "lines": [{"account": line.account, "amount_fen": str(line.amount_fen)} for line in entry.lines],
    }


def _content(adjustment: Adjustment, reverses: str | None) -> dict[str, Plain]:
    return {
        "key": adjustment.key,
        "employee_id": adjustment.employee_id,
        "entity": adjustment.entity,
        "for_period": adjustment.for_period,
        "rule": adjustment.rule,
        "component": adjustment.component.value,
        "amount_fen": str(adjustment.amount_fen),
        "currency": adjustment.currency,
        "factor": _plain_factor(adjustment.factor),
        "basis": adjustment.basis,
        "effective": adjustment.effective.isoformat(),
        "reverses": reverses,
    }


def _plain_factor(factor: Decimal | None) -> str | None:
    if factor is None:
        return None
    whole, _, part = format(factor, "f").partition(".")  # 1.10 and 1.1 are one factor
    return f"{whole}.{part.rstrip('0')}".rstrip(".")
