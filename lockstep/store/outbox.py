"""Sends once per key, whatever crashes: doubt ends in UNKNOWN for a human, never in a second message.

    pending ──► sending ──► sent | refused
       ▲           │──────► unknown ──► sent | refused, if the sender was only late and still tells
       └───────────┘ the channel was Unavailable or Misconfigured: certainly not sent

The lease only decides how soon another process may look. What keeps a message single: `sending` is on disk
before the channel is called, and nobody but the process that wrote it can lead the row back to `pending`.
The number of the attempt tells that process from any later one.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlmodel import col, or_, select, update

from lockstep.core.base import Frozen
from lockstep.ports import (
    Channel,
    Clock,
    Conflict,
    Letter,
    Misconfigured,
    Receipt,
    Rejected,
    SendState,
    Unavailable,
)
from lockstep.store.canonical import digest
from lockstep.store.tables import SendRow
from lockstep.store.transaction import reading, upsert, utc_now, writing

_PENDING, _SENDING = "pending", "sending"


class Doubt(Frozen):
    """A send that may or may not have gone: a human asks the person or the provider."""

    key: str
    channel: str
    employee_id: str
    detail: str
    at: datetime


class Outbox:
    """Every message that leaves goes through here."""

    def __init__(self, engine: Engine, clock: Clock = utc_now) -> None:
        self._engine = engine
        self._clock = clock

    def send_once(
        self, channel: Channel, letter: Letter, *, key: str, at: datetime, lease: timedelta
    ) -> Receipt:
        """Send, or answer what is known of the send with that key.

        `lease` should outlast the channel's own timeout. Raises Unavailable while another process holds the
        key, Conflict when the key belongs to another channel or person, and passes on the channel's
        Unavailable and Misconfigured, after which the send may be repeated.
        """
        wanted = SendRow(
            key=key,
            channel=channel.name,
            employee_id=letter.employee_id,
            state=_PENDING,
            lease_until=self._clock() + lease,
            at=at,
        )
        row = self._claim(wanted)
        if row.state == _SENDING:
            return self._reconcile(channel, row, "the sender stopped before it wrote down the answer")
        if row.state != _PENDING:
            return _receipt(row)
        self._mark_sending(row, letter)
        return self._send(channel, letter, row, at)

    def in_doubt(self) -> Sequence[Doubt]:
        """All sends a human must look at, oldest first."""
        abandoned = (col(SendRow.state) == _SENDING) & (col(SendRow.lease_until) <= self._clock())
        doubtful = or_(col(SendRow.state) == SendState.UNKNOWN.value, abandoned)
        with reading(self._engine) as session:
            rows = session.exec(select(SendRow).where(doubtful).order_by(col(SendRow.at), col(SendRow.key)))
            return [Doubt.model_validate(row.model_dump()) for row in rows]

    def _claim(self, wanted: SendRow) -> SendRow:
        """The row as it stands: pending is ours to send, sending ours to reconcile, all else is settled."""
        with writing(self._engine) as session:
            if upsert(session, wanted, overwrite=False):
                return wanted
            row = session.exec(select(SendRow).where(col(SendRow.key) == wanted.key).with_for_update()).one()
            if (row.channel, row.employee_id) != (wanted.channel, wanted.employee_id):
                raise Conflict(
                    f"The key {row.key} belongs to {row.channel} for {row.employee_id}; use another."
                )
            if row.state not in (_PENDING, _SENDING):
                return row
            remaining = (row.lease_until - self._clock()).total_seconds()
            if remaining > 0:
                raise Unavailable(f"Another process is sending {row.key}", retry_after=remaining)
            if row.state == _PENDING:
                row.lease_until, row.at = wanted.lease_until, wanted.at
            return row

    def _mark_sending(self, row: SendRow, letter: Letter) -> None:
        marked = self._change(
            row,
            when=(_PENDING,),
            state=_SENDING,
            letter_digest=digest(letter.model_dump(mode="json")),
            attempts=row.attempts + 1,
        )
        if not marked:
            raise Unavailable(f"Another process took over sending {row.key}", retry_after=1.0)
        row.attempts += 1

    def _send(self, channel: Channel, letter: Letter, row: SendRow, at: datetime) -> Receipt:
        try:
            receipt = channel.send(letter, dedup_key=row.key, at=at)
        except Rejected as error:
            receipt = self._own_receipt(row, SendState.REFUSED, str(error))
        except (Unavailable, Misconfigured):
            self._change(row, when=(_SENDING,), state=_PENDING, lease_until=self._clock())
            raise
        except Exception as error:  # noqa: BLE001  # ports: "anything else means unknown"
            return self._reconcile(channel, row, f"the channel failed with {type(error).__name__}")
        return self._record(row, receipt)

    def _reconcile(self, channel: Channel, row: SendRow, reason: str) -> Receipt:
        found = channel.find(row.key)
        return self._record(row, found or self._own_receipt(row, SendState.UNKNOWN, reason))

    def _record(self, row: SendRow, receipt: Receipt) -> Receipt:
        recorded = self._change(
            row,
            when=(_SENDING, SendState.UNKNOWN.value),
            state=receipt.state.value,
            provider_id=receipt.provider_id,
            detail=receipt.detail,
            at=receipt.at,
        )
        if recorded:
            return receipt
        with reading(self._engine) as session:
            now = session.exec(select(SendRow).where(col(SendRow.key) == row.key)).one()
        if now.state in (_PENDING, _SENDING):
            raise Unavailable(f"Another process is sending {row.key}", retry_after=1.0)
        return _receipt(now)

    def _change(self, row: SendRow, *, when: Sequence[str], **values: object) -> bool:
        """Change the row unless another process did so first; True when changed."""
        mine = (col(SendRow.key) == row.key) & (col(SendRow.attempts) == row.attempts)
        statement = update(SendRow).where(mine, col(SendRow.state).in_(when)).values(**values)
        with writing(self._engine) as session:
            return session.exec(statement).rowcount == 1

    def _own_receipt(self, row: SendRow, state: SendState, detail: str) -> Receipt:
        return Receipt(state=state, channel=row.channel, detail=detail, at=self._clock())


def _receipt(row: SendRow) -> Receipt:
    return Receipt(
        state=SendState(row.state),
        channel=row.channel,
        provider_id=row.provider_id,
        detail=row.detail,
        at=row.at,
    )
