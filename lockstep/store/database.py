"""Opening the store: one URL in, an engine on a migrated database out, SQLite or PostgreSQL."""

from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from lockstep.ports import Misconfigured
from lockstep.store.migrate import upgrade_to_head
from lockstep.store.transaction import writing

_AT_CONNECT = {
    "sqlite": (
        "PRAGMA busy_timeout = 20000",  # ms; first, so that the switch to WAL already waits its turn
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",  # with NORMAL a power cut takes the last commits along
        "PRAGMA foreign_keys = ON",
        "PRAGMA recursive_triggers = ON",  # else REPLACE deletes behind the append-only triggers
    ),
    "postgresql": (
        "SET lock_timeout = '20s'",
        "SET statement_timeout = '60s'",
    ),
}


def open_database(url: str) -> Engine:
    """An engine on `url`, migrated to head. Raises Misconfigured or Unavailable."""
    place = _place(url)
    engine = create_engine(place, hide_parameters=True, pool_pre_ping=place.drivername != "sqlite")
    event.listen(engine, "connect", _prepare)
    if place.drivername == "sqlite":
        event.listen(engine, "begin", _begin)
    try:
        with writing(engine) as session:
            upgrade_to_head(session.connection())
    except BaseException:
        engine.dispose()
        raise
    return engine


def _place(url: str) -> URL:
    try:
        place = make_url(url)
    except ArgumentError:
        place = URL.create("unreadable")
    if place.drivername in ("postgresql", "postgresql+psycopg"):
        return place.set(drivername="postgresql+psycopg")
    if place.drivername == "sqlite" and place.database not in (None, "", ":memory:"):
        _make_file(Path(str(place.database)))
        return place
    raise Misconfigured(
        "Set the store's URL to sqlite:///folder/file.db or postgresql://user:password@host/database; "
        f"the one given ({place.render_as_string(hide_password=True)}) is neither.",
        zh="请把 LOCKSTEP_DATABASE_URL 设为 sqlite:///folder/file.db 或 postgresql://user:password@host/database；"
        f"现在的（{place.render_as_string(hide_password=True)}）两者都不是",
    )


def _make_file(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)  # personal data: the owner's eyes only; SQLite's side files follow its mode
    except OSError as error:
        raise Misconfigured(
            f"The store's file cannot be made or written: {error}. Choose another.",
            zh=f"存储文件无法建立或写入（{error}），请另选一个",
        ) from error


def _prepare(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    sqlite = hasattr(connection, "isolation_level") and not hasattr(connection, "pgconn")
    if sqlite:
        connection.isolation_level = None  # the driver opens no transactions of its own: _begin does
    cursor = connection.cursor()
    for statement in _AT_CONNECT["sqlite" if sqlite else "postgresql"]:
        cursor.execute(statement)
    cursor.close()
    connection.commit()


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")
