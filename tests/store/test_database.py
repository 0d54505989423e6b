"""The store opens on both databases, migrated to exactly what the models say."""

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import CheckConstraint, Engine, inspect, text
from sqlalchemy.exc import IntegrityError, StatementError

from lockstep.ports import Misconfigured, Rejected, Unavailable
from lockstep.store.database import open_database
from lockstep.store.tables import EmployeeRow, JourneyRow, Row
from lockstep.store.transaction import reading, upsert, writing
from tests.support.postgres import PostgresServer, shared_server

NOW = datetime(2026, 12, 1, 8, tzinfo=UTC)


def test_the_migrated_schema_is_what_the_models_say(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Row.metadata) == []


def test_the_migrated_checks_are_those_of_the_models(engine: Engine) -> None:
    # Alembic does not compare check constraints
    migrated = {
        (table, check["name"])
        for table in inspect(engine).get_table_names()
        for check in inspect(engine).get_check_constraints(table)
    }
    modelled = {
        (table.name, constraint.name)
        for table in Row.metadata.sorted_tables
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }
    assert migrated == modelled
    assert len(modelled) == 4


@pytest.mark.slow
def test_processes_that_start_together_migrate_once(new_database: Callable[[], str], tmp_path: Path) -> None:
    url = new_database()
    program = "import sys; from lockstep.store.database import open_database; open_database(sys.argv[1])"
    started = [
        subprocess.Popen([sys.executable, "-c", program, url], stderr=subprocess.PIPE) for _ in range(6)
    ]
    said = [process.communicate(timeout=120)[1].decode() for process in started]
    assert [process.returncode for process in started] == [0] * 6, said
    opened = open_database(url)
    with reading(opened) as session:
        assert session.connection().execute(text("SELECT version_num FROM alembic_version")).all() == [
            ("0002",)
        ]
    opened.dispose()


def test_a_store_of_a_newer_program_is_refused_in_words(engine: Engine, database_url: str) -> None:
    with writing(engine) as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Misconfigured, match="newer Lockstep"):
        open_database(database_url)


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "mysql://u:hunter2@h/d", "sqlite://", "sqlite:///:memory:", "sqlite+aiosqlite:///x.db"],
)
def test_any_other_url_is_refused_without_showing_its_password(url: str) -> None:
    with pytest.raises(Misconfigured, match="sqlite:///folder") as refused:
        open_database(url)
    assert "hunter2" not in str(refused.value)


def test_a_folder_that_cannot_be_made_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Misconfigured, match="file cannot be made"):
        open_database(f"sqlite:///{tmp_path}/file/store.db")


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_text("not a database " * 100)
    with pytest.raises(Misconfigured, match="damaged or no database"):
        open_database(f"sqlite:///{tmp_path}/store.db")


def test_sqlite_keeps_every_commit_through_a_power_cut_and_checks_foreign_keys(tmp_path: Path) -> None:
    opened = open_database(f"sqlite:///{tmp_path}/deep/er/store.db")
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")
    with opened.connect() as connection:
        found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in pragmas]
    opened.dispose()
    assert found == ["wal", 2, 1, 1, 20000]


def test_a_sqlite_store_is_for_its_owner_only(tmp_path: Path) -> None:
    opened = open_database(f"sqlite:///{tmp_path}/deep/er/store.db")
    with writing(opened) as session:
        session.add(EmployeeRow(employee_id="1", name="A"))
        modes = {file.name: oct(file.stat().st_mode & 0o777) for file in (tmp_path / "deep" / "er").iterdir()}
    opened.dispose()
    assert modes == {"store.db": "0o600", "store.db-wal": "0o600", "store.db-shm": "0o600"}


def test_a_sqlite_writer_waits_for_another_instead_of_failing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/store.db"
    one, two = open_database(url), open_database(url)
    with writing(one) as session:
        session.add(EmployeeRow(employee_id="1", name="A"))
        with reading(two) as other:  # readers never wait in WAL mode
            assert other.get(EmployeeRow, "1") is None
    with writing(two) as session:
        assert session.get_one(EmployeeRow, "1").name == "A"
    one.dispose()
    two.dispose()


@pytest.mark.slow
def test_a_database_that_goes_away_is_unavailable_and_then_there_again() -> None:
    server = PostgresServer(durable=True)
    try:
        engine = open_database(server.create("goes_away"))
        with writing(engine) as session:
            session.add(EmployeeRow(employee_id="1", name="A"))
        server.kill()
        with pytest.raises(Unavailable, match="store does not answer"), reading(engine) as session:
            session.get(EmployeeRow, "1")
        with pytest.raises(Unavailable, match="store does not answer"):
            open_database(server.url("goes_away"))
        server.start()
        with reading(engine) as session:
            assert session.get_one(EmployeeRow, "1").name == "A"
        engine.dispose()
    finally:
        server.stop()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    at=st.datetimes(
        min_value=datetime(1990, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone itself
        max_value=datetime(2200, 1, 1),  # noqa: DTZ001  # same
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
    )
)
def test_an_instant_comes_back_aware_in_utc_and_unchanged(engine: Engine, at: datetime) -> None:
    row = JourneyRow(
        workflow_id="w", employee_id="E1", passes="[]", outcome="passed", policy_hash="h", closed_at=at
    )
    with writing(engine) as session:
        upsert(session, row, overwrite=True)
    with reading(engine) as session:
        kept = session.get_one(JourneyRow, "w").closed_at
    assert kept == at
    assert kept.utcoffset() == timedelta(0)


def test_a_naive_time_is_refused(engine: Engine) -> None:
    naive = NOW.replace(tzinfo=None)
    row = JourneyRow(
        workflow_id="w", employee_id="E1", passes="[]", outcome="passed", policy_hash="h", closed_at=naive
    )
    with pytest.raises(StatementError, match="has no time zone"), writing(engine) as session:
        session.add(row)


@pytest.mark.parametrize("name", ["张\ud800三", "NUL\x00"])
def test_text_that_cannot_be_kept_is_rejected_or_kept_whole(engine: Engine, name: str) -> None:
    # PostgreSQL cannot hold NUL, SQLite can; a lone surrogate neither
    try:
        with writing(engine) as session:
            upsert(session, EmployeeRow(employee_id="1", name=name), overwrite=False)
    except Rejected as refused:
        assert "cannot hold this value" in str(refused)  # noqa: PT017  # the other outcome is legal too
    else:
        with reading(engine) as session:
            assert session.get_one(EmployeeRow, "1").name == name


def test_an_error_never_shows_the_values_it_was_about(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(EmployeeRow(employee_id="1", name="A", phone="13800000000"))
    again = text("INSERT INTO employee SELECT * FROM employee WHERE phone = :phone")
    with pytest.raises(IntegrityError) as raised, writing(engine) as session:
        session.connection().execute(again, {"phone": "13800000000"})
    assert "13800000000" not in str(raised.value)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes the URL of an empty, not yet migrated database."""
    if request.param == "sqlite":
        return lambda: f"sqlite:///{tmp_path}/new.db"
    return lambda: shared_server().create(f"new_{tmp_path.name}"[:60])
