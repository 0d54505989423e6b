"""A real PostgreSQL for the tests: own data folder, own port, loopback only, stopped by its pid."""

import atexit
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TypedDict

import psycopg
import pytest
from sqlalchemy import Engine

from lockstep.store.database import open_database

_DEBIAN = Path("/usr/lib/postgresql/15/bin")


def _find_binaries() -> Path:
    if (_DEBIAN / "postgres").exists():
        return _DEBIAN
    if pg_config := shutil.which("pg_config"):
        said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=True)
        found = Path(said.stdout.strip())
        if (found / "postgres").exists() and (found / "initdb").exists():
            return found
    raise pytest.fail.Exception(
        "PostgreSQL's server programs (initdb, postgres) are not on this machine. "
        "Install Debian's package postgresql-15, or put pg_config of another installation on the PATH.",
        pytrace=False,
    )


class Account(TypedDict, total=False):
    """Whom a child process runs as: keywords of subprocess."""

    user: int
    group: int
    extra_groups: list[int]


def _account() -> Account:
    # initdb and postgres refuse to run as root
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class PostgresServer:
    """One cluster in a folder of its own; `durable` turns fsync on."""

    def __init__(self, *, durable: bool = False) -> None:
        self._binaries = _find_binaries()
        self._account = _account()
        self._folder = Path(tempfile.mkdtemp(prefix="lockstep-postgres-"))
        self._password = secrets.token_hex(16)
        self._durable = durable
        self._port = _free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self._initialise()
        self.start()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://lockstep:{self._password}@127.0.0.1:{self._port}/{database}"

    def create(self, database: str, *, template: str = "template1") -> str:
        """A new database; returns its URL."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"'.encode())
        return self.url(database)

    def drop(self, database: str) -> None:
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{database}" WITH (FORCE)'.encode())

    def start(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                # after kill() it refuses to start until the old one's children are gone
                self._process = self._launch()
            try:
                psycopg.connect(self.url(), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        log = (self._folder / "log").read_text(errors="replace")[-2000:]
        pytest.fail(
            f"PostgreSQL in {self._folder} did not answer within 60 s; its log ends: {log}", pytrace=False
        )

    def kill(self) -> None:
        """As a power cut would end it: no clean-up, its children too."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGINT)
        shutil.rmtree(self._folder)

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(timeout=30)
            self._process = None

    def _initialise(self) -> None:
        secret = self._folder / "password"
        secret.write_text(self._password)
        if self._account:
            for path in (self._folder, secret):
                os.chown(path, self._account["user"], self._account["group"])
        command = [
            *(str(self._binaries / "initdb"), "-D", str(self._folder / "data"), "-U", "lockstep"),
            *(
                "--auth=scram-sha-256",
                f"--pwfile={secret}",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ),
        ]
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=self._folder, check=False, **self._account
        )
        if done.returncode != 0:
            pytest.fail(f"initdb failed in {self._folder}: {done.stderr}", pytrace=False)

    def _launch(self) -> subprocess.Popen[bytes]:
        sync = "on" if self._durable else "off"
        command = [
            *(str(self._binaries / "postgres"), "-D", str(self._folder / "data"), "-p", str(self._port)),
            *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="),
            *("-c", f"fsync={sync}", "-c", "max_connections=100", "-c", "shared_buffers=16MB"),
        ]
        with (self._folder / "log").open("ab") as log:
            return subprocess.Popen(
                command, stdout=log, stderr=log, cwd=self._folder / "data", **self._account
            )


@cache
def shared_server() -> PostgresServer:
    """The one server of this test run, with a migrated database `migrated` to copy from."""
    server = PostgresServer()
    atexit.register(server.stop)
    open_database(server.create("migrated")).dispose()
    return server


@cache
def _migrated_file() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "migrated.db"
        open_database(f"sqlite:///{file}").dispose()
        return file.read_bytes()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh migrated database of each kind."""
    if request.param == "sqlite":
        file = tmp_path / "store.db"
        file.write_bytes(_migrated_file())
        yield f"sqlite:///{file}"
        return
    server, name = shared_server(), f"test_{secrets.token_hex(6)}"
    yield server.create(name, template="migrated")
    server.drop(name)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh migrated database of each kind."""
    opened = open_database(database_url)
    yield opened
    opened.dispose()
