"""Reading and writing the store: transactions, and database trouble said in the words of the ports."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Engine, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DatabaseError, DataError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session

from lockstep.ports import Misconfigured, Rejected, Unavailable
from lockstep.store.tables import Row


def utc_now() -> datetime:
    """The wall clock, a `ports.Clock`."""
    return datetime.now(UTC)


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A transaction that only reads. Raises Unavailable when the database does not answer."""
    with _port_errors(), Session(engine, expire_on_commit=False) as session, session.begin():
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """A transaction that writes; durable once left. Raises Unavailable, or Rejected for unstorable text."""
    # IMMEDIATE: SQLite refuses a reader that turns writer at once, instead of letting it wait
    writer = engine.execution_options(begin="IMMEDIATE")
    with _port_errors(), Session(writer, expire_on_commit=False) as session, session.begin():
        yield session


def upsert(session: Session, row: Row, *, overwrite: bool) -> bool:
    """Insert `row`; where its primary key exists, overwrite or leave alone. True when it was written."""
    table: Table = row.__table__  # type: ignore[attr-defined]  # SQLModel sets it on table classes only
    values = row.model_dump()
    key = [column.name for column in table.primary_key]
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(values)
    if overwrite:
        fresh = {name: statement.excluded[name] for name in values if name not in key}
        statement = statement.on_conflict_do_update(index_elements=key, set_=fresh)
    else:
        statement = statement.on_conflict_do_nothing(index_elements=key)
    # RETURNING, for PostgreSQL's driver knows no row count of an INSERT
    return session.connection().execute(statement.returning(*table.primary_key)).first() is not None


@contextmanager
def _port_errors() -> Iterator[None]:
    # IntegrityError passes: only the caller knows which of our rules it stands for
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        line = _first_line(error.orig)
        raise Unavailable(f"The store does not answer: {line}", 1.0, zh=f"存储没有应答：{line}") from error
    except PoolTimeout as error:
        raise Unavailable("The store has no connection free", 1.0, zh="存储的连接都在用") from error
    except DataError as error:
        raise Rejected(f"The store cannot hold this value: {_first_line(error.orig)}") from error
    except DatabaseError as error:
        if type(error) is not DatabaseError:
            raise
        line = _first_line(error.orig)
        raise Misconfigured(
            f"The store is damaged or no database ({line}): restore it from a backup.",
            zh=f"存储已损坏，或不是数据库（{line}）：请从备份恢复",
        ) from error
    except (OverflowError, UnicodeEncodeError) as error:
        raise Rejected(f"The store cannot hold this value: {_first_line(error)}") from error


def _first_line(error: BaseException | None) -> str:
    return str(error).partition("\n")[0]  # the lines after the first may quote personal data
