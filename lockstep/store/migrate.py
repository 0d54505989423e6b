"""Brings a database to the newest schema. Only forward: to go back, restore a backup."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, text

from lockstep.ports import Misconfigured

_LOCK = 4_951_083_726  # any number, the same in every process of ours


def upgrade_to_head(connection: Connection) -> None:
    """Migrate inside the caller's transaction, one process at a time. Raises Misconfigured."""
    if connection.dialect.name == "postgresql":  # on SQLite the caller's BEGIN IMMEDIATE is the lock
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise Misconfigured(
            f"The store was migrated by a newer Lockstep than this one ({error}); run the newer program.",
            zh=f"存储已由更新版本的 Lockstep 迁移（{error}）：请运行新版程序",
        ) from error
