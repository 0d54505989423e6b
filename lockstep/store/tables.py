"""Every table of the store. Rows stay in `lockstep.store` and the adapters on it; ports see values."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, MetaData, Text, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

from lockstep.core.base import Lang
from lockstep.store.types import UtcDateTime

_NAMES = {
    "pk": "pk_%(table_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
}


class Row(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """Base of all rows; its metadata is ours alone, with every constraint named for Alembic."""


class EmployeeRow(Row, table=True):
    """One employee: the personal data of `ports.Person`."""

    __tablename__ = "employee"

    employee_id: str = Field(primary_key=True)
    name: str
    language: str = Lang.ZH.value
    phone: str = ""
    email: str = ""
    wecom_id: str = ""
    manager_id: str = ""


class RoleRow(Row, table=True):
    """Who holds a role in a legal entity."""

    __tablename__ = "entity_role"

    entity: str = Field(primary_key=True)
    role: str = Field(primary_key=True)
    employee_id: str = Field(foreign_key="employee.employee_id")


class SalaryRow(Row, table=True):
    """A monthly salary, in fen, from a day on."""

    __tablename__ = "salary"
    __table_args__ = (CheckConstraint("monthly_fen >= 0", name="not_negative"),)

    employee_id: str = Field(primary_key=True, foreign_key="employee.employee_id")
    effective_from: date = Field(primary_key=True)
    monthly_fen: int = Field(sa_type=BigInteger)


class MinimumWageRow(Row, table=True):
    """The monthly minimum wage where a legal entity is, in fen, from a day on."""

    __tablename__ = "minimum_wage"
    __table_args__ = (CheckConstraint("monthly_fen > 0", name="positive"),)

    entity: str = Field(primary_key=True)
    effective_from: date = Field(primary_key=True)
    monthly_fen: int = Field(sa_type=BigInteger)


class SendRow(Row, table=True):
    """One send, keyed workflow_id/step/channel/round. `letter_digest` is of the letter last attempted."""

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("state IN ('pending', 'sending', 'sent', 'refused', 'unknown')", name="state"),
    )

    key: str = Field(primary_key=True)
    channel: str
    employee_id: str = Field(index=True)
    state: str = Field(index=True)
    lease_until: datetime = Field(sa_type=UtcDateTime)
    attempts: int = 0
    letter_digest: str = ""
    provider_id: str = ""
    detail: str = Field(default="", sa_type=Text)
    at: datetime = Field(sa_type=UtcDateTime)


class PeriodRow(Row, table=True):
    """A pay period of a legal entity; `last_number` is the last voucher number given out in it."""

    __tablename__ = "pay_period"

    entity: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    last_number: int = 0
    digest: str | None = None
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class EntryRow(Row, table=True):
    """A booked adjustment. Append-only: triggers refuse UPDATE and DELETE."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("reverses"),
        UniqueConstraint("entity", "booked_period", "number"),
    )

    entry_id: str = Field(primary_key=True)
    key: str
    entity: str
    booked_period: str
    number: int
    reverses: str | None = Field(default=None, foreign_key="ledger_entry.entry_id")
    employee_id: str = Field(index=True)
    for_period: str
    rule: str
    component: str
    amount_fen: int = Field(sa_type=BigInteger)
    currency: str
    factor: str | None = None
    basis: str = Field(sa_type=Text)
    effective: date
    fingerprint: str
    booked_at: datetime = Field(sa_type=UtcDateTime)


class LineRow(Row, table=True):
    """One side of an entry, debits positive: two lines, summing to 0. Append-only like the entry."""

    __tablename__ = "ledger_line"
    __table_args__ = (CheckConstraint("line IN (1, 2)", name="two_lines"),)

    entry_id: str = Field(primary_key=True, foreign_key="ledger_entry.entry_id")
    line: int = Field(primary_key=True)
    account: str
    amount_fen: int = Field(sa_type=BigInteger)


class MarkRow(Row, table=True):
    """An attendance mark on one day of one employee."""

    __tablename__ = "attendance_mark"

    key: str = Field(primary_key=True)
    employee_id: str = Field(index=True)
    entity: str
    day: date
    mark: str
    reason: str = Field(sa_type=Text)


class FiledRow(Row, table=True):
    """What the archive holds, findable by employee; the bytes and their description are in the archive."""

    __tablename__ = "archive_index"

    ref: str = Field(primary_key=True)
    description_digest: str = Field(primary_key=True)
    employee_id: str = Field(index=True)
    filename: str
    media_type: str
    size: int = Field(sa_type=BigInteger)
    details: str = Field(sa_type=Text)
    filed_at: datetime = Field(sa_type=UtcDateTime)


class JourneyRow(Row, table=True):
    """A finished journey: a hire delivered again is recognised, `passes` (JSON) may be credited later."""

    __tablename__ = "journey"

    workflow_id: str = Field(primary_key=True)
    employee_id: str = Field(index=True)
    outcome: str
    policy_hash: str
    closed_at: datetime = Field(sa_type=UtcDateTime)
    passes: str = Field(sa_type=Text)


class PolicyRow(Row, table=True):
    """A policy as it was when pinned: canonical JSON for machines, the source text for people."""

    __tablename__ = "policy"

    policy_hash: str = Field(primary_key=True)
    canonical: str = Field(sa_type=Text)
    source: str = Field(sa_type=Text)


class ImportedRow(Row, table=True):
    """What became of one row of an imported file, so that a broken-off import resumes."""

    __tablename__ = "import_row"

    batch: str = Field(primary_key=True)
    row_number: int = Field(primary_key=True)
    outcome: str
    detail: str = Field(sa_type=Text)
