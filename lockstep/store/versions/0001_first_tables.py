"""The first tables: people, outbox, ledger, attendance, archive index, journeys, policies, imports."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, then the triggers that keep the ledger append-only."""
    _people()
    _outbox()
    _ledger()
    _ledger_lines()
    _filing()
    _journeys()
    if op.get_bind().dialect.name == "sqlite":
        _guard_ledger_on_sqlite()
    else:
        _guard_ledger_on_postgresql()


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _long_text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _big_number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def _people() -> None:
    op.create_table(
        "employee",
        *(_text(n) for n in ("employee_id", "name", "language", "phone", "email", "wecom_id", "manager_id")),
        sa.PrimaryKeyConstraint("employee_id", name="pk_employee"),
    )
    op.create_table(
        "entity_role",
        *(_text(name) for name in ("entity", "role", "employee_id")),
        sa.PrimaryKeyConstraint("entity", "role", name="pk_entity_role"),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.employee_id"], name="fk_entity_role_employee_id"),
    )
    op.create_table(
        "salary",
        _text("employee_id"),
        sa.Column("effective_from", sa.Date(), nullable=False),
        _big_number("monthly_fen"),
        sa.PrimaryKeyConstraint("employee_id", "effective_from", name="pk_salary"),
        sa.ForeignKeyConstraint(["employee_id"], ["employee.employee_id"], name="fk_salary_employee_id"),
        sa.CheckConstraint("monthly_fen >= 0", name=op.f("ck_salary_not_negative")),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        *(_text(name) for name in ("key", "channel", "employee_id", "state")),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=False),
        _number("attempts"),
        _text("letter_digest"),
        _text("provider_id"),
        _long_text("detail"),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_outbox"),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'refused', 'unknown')", name=op.f("ck_outbox_state")
        ),
    )
    op.create_index("ix_outbox_employee_id", "outbox", ["employee_id"])
    op.create_index("ix_outbox_state", "outbox", ["state"])


def _ledger() -> None:
    op.create_table(
        "pay_period",
        _text("entity"),
        _text("period"),
        _number("last_number"),
        _text("digest", nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("entity", "period", name="pk_pay_period"),
    )
    op.create_table(
        "ledger_entry",
        *(_text(name) for name in ("entry_id", "key", "entity", "booked_period")),
        _number("number"),
        _text("reverses", nullable=True),
        *(_text(name) for name in ("employee_id", "for_period", "rule", "component")),
        _big_number("amount_fen"),
        _text("currency"),
        _text("factor", nullable=True),
        _long_text("basis"),
        sa.Column("effective", sa.Date(), nullable=False),
        _text("fingerprint"),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name="pk_ledger_entry"),
        sa.ForeignKeyConstraint(["reverses"], ["ledger_entry.entry_id"], name="fk_ledger_entry_reverses"),
        sa.UniqueConstraint("key", name="uq_ledger_entry_key"),
        sa.UniqueConstraint("reverses", name="uq_ledger_entry_reverses"),
        sa.UniqueConstraint(
            "entity", "booked_period", "number", name="uq_ledger_entry_entity_booked_period_number"
        ),
    )
    op.create_index("ix_ledger_entry_employee_id", "ledger_entry", ["employee_id"])


def _ledger_lines() -> None:
    op.create_table(
        "ledger_line",
        _text("entry_id"),
        _number("line"),
        _text("account"),
        _big_number("amount_fen"),
        sa.PrimaryKeyConstraint("entry_id", "line", name="pk_ledger_line"),
        sa.ForeignKeyConstraint(["entry_id"], ["ledger_entry.entry_id"], name="fk_ledger_line_entry_id"),
        sa.CheckConstraint("line IN (1, 2)", name=op.f("ck_ledger_line_two_lines")),
    )


def _filing() -> None:
    op.create_table(
        "attendance_mark",
        *(_text(name) for name in ("key", "employee_id", "entity")),
        sa.Column("day", sa.Date(), nullable=False),
        _text("mark"),
        _long_text("reason"),
        sa.PrimaryKeyConstraint("key", name="pk_attendance_mark"),
    )
    op.create_index("ix_attendance_mark_employee_id", "attendance_mark", ["employee_id"])
    op.create_table(
        "archive_index",
        *(_text(name) for name in ("ref", "description_digest", "employee_id", "filename", "media_type")),
        _big_number("size"),
        _long_text("details"),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ref", "description_digest", name="pk_archive_index"),
    )
    op.create_index("ix_archive_index_employee_id", "archive_index", ["employee_id"])


def _journeys() -> None:
    op.create_table(
        "journey",
        *(_text(name) for name in ("workflow_id", "employee_id", "outcome", "policy_hash")),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        _long_text("passes"),
        sa.PrimaryKeyConstraint("workflow_id", name="pk_journey"),
    )
    op.create_index("ix_journey_employee_id", "journey", ["employee_id"])
    op.create_table(
        "policy",
        _text("policy_hash"),
        _long_text("canonical"),
        _long_text("source"),
        sa.PrimaryKeyConstraint("policy_hash", name="pk_policy"),
    )
    op.create_table(
        "import_row",
        _text("batch"),
        _number("row_number"),
        _text("outcome"),
        _long_text("detail"),
        sa.PrimaryKeyConstraint("batch", "row_number", name="pk_import_row"),
    )


def _guard_ledger_on_sqlite() -> None:
    refuse = "BEGIN SELECT RAISE(ABORT, '{0} is append-only: book a counter-entry'); END"
    # REPLACE deletes without asking a DELETE trigger; a BEFORE INSERT trigger sees the row it would replace
    same = {
        "ledger_entry": "entry_id = NEW.entry_id OR key = NEW.key OR reverses = NEW.reverses",
        "ledger_line": "entry_id = NEW.entry_id AND line = NEW.line",
    }
    for table, condition in same.items():
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {refuse.format(table)}"
            )
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "  # noqa: S608  # no outside text
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {condition}) "
            "BEGIN SELECT RAISE(ABORT, 'UNIQUE constraint failed: this entry is already booked'); END"
        )
    for verb in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER pay_period_no_{verb.lower()} BEFORE {verb} ON pay_period "
            "WHEN OLD.digest IS NOT NULL "
            "BEGIN SELECT RAISE(ABORT, 'a closed pay period stays closed'); END"
        )


def _guard_ledger_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION lockstep_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in ("ledger_entry", "ledger_line"):
        said = f"lockstep_refuse('{table} is append-only: book a counter-entry')"
        op.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {said}"
        )
    said = "lockstep_refuse('a closed pay period stays closed')"
    op.execute(
        "CREATE TRIGGER pay_period_no_change BEFORE UPDATE OR DELETE ON pay_period "
        f"FOR EACH ROW WHEN (OLD.digest IS NOT NULL) EXECUTE FUNCTION {said}"
    )
    op.execute(
        "CREATE TRIGGER pay_period_no_truncate BEFORE TRUNCATE ON pay_period "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {said}"
    )
