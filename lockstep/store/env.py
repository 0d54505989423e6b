"""What Alembic runs: the migrations of `versions/`, on the connection that `migrate.py` hands over."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, create_engine
from sqlmodel.sql.sqltypes import AutoString

from lockstep.store.tables import Row
from lockstep.store.types import UtcDateTime


def _plain_type(kind: str, item: object, _context: AutogenContext) -> str | Literal[False]:
    # a migration must keep its meaning when our own column types change
    match kind, item:
        case "type", AutoString():
            return "sa.String()"
        case "type", UtcDateTime():
            return "sa.DateTime(timezone=True)"
        case _:
            return False


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Row.metadata,
        transactional_ddl=True,  # SQLite can: our driver connection opens no transactions of its own
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=_plain_type,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over: Connection | None = context.config.attributes.get("connection")
if handed_over is not None:
    _run(handed_over)
else:
    # a developer writes a revision: alembic -c lockstep/store/alembic.ini -x url=... revision ...
    with create_engine(context.get_x_argument(as_dictionary=True)["url"]).connect() as own:
        _run(own)
