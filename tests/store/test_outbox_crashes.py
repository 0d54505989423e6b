"""Whatever is killed and whenever: a message goes once, or its row says unknown."""

import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from lockstep.ports import Receipt, SendState, Unavailable
from lockstep.store.outbox import Outbox
from lockstep.store.tables import SendRow
from lockstep.store.transaction import reading, utc_now
from tests.store.outbox_driver import LEASE, LETTER
from tests.store.peer import Peer, PeerChannel, running_peer

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
KEY = "onboarding/acme/00123/2026-12-01/remind/sms/1"


@pytest.fixture
def peer() -> Iterator[Peer]:
    with running_peer() as running:
        yield running


class Driver:
    """A sending process; `until` reads its lines up to the one that says it reached a stage."""

    def __init__(self, **order: object) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.outbox_driver", json.dumps(order)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.until("ready")

    def until(self, stage: str) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if json.loads(line).get("reached") == stage:
                return
        raise AssertionError(f"the driver ended before it reached {stage!r}")

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()

    def kill(self) -> None:
        self._process.kill()
        self._close()

    def receipts(self) -> list[dict[str, str]]:
        """All it said, once it has ended by itself."""
        assert self._process.stdout is not None
        said = [json.loads(line) for line in self._process.stdout]
        self._close()
        assert self._process.returncode == 0
        return said

    def _close(self) -> None:
        self._process.wait(timeout=60)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()


@contextmanager
def drivers(count: int, **order: object) -> Iterator[list[Driver]]:
    started: list[Driver] = []
    try:
        started.extend(Driver(**order) for _ in range(count))
        yield started
    finally:
        for driver in started:
            driver.kill()


def row_of(engine: Engine, key: str) -> SendRow | None:
    with reading(engine) as session:
        return session.exec(select(SendRow).where(col(SendRow.key) == key)).one_or_none()


def successor(engine: Engine, peer: Peer, *, tells: bool, after: timedelta) -> Receipt:
    """What another process gets that long after the crash."""

    def later() -> datetime:
        return utc_now() + after

    channel = PeerChannel(peer.url, tells=tells)
    return Outbox(engine, later).send_once(channel, LETTER, key=KEY, at=later(), lease=LEASE)


@dataclass(frozen=True)
class Crash:
    """Killed at `stop_at`, the row is left `state`; a successor gets `ends`, the peer saw `sends`."""

    stop_at: str
    tells: bool
    state: str | None
    ends: str
    sends: int


@pytest.mark.parametrize(
    "crash",
    [
        pytest.param(Crash("before claim", True, None, "sent", 1), id="before the claim"),
        pytest.param(Crash("claimed", True, "pending", "sent", 1), id="after the claim"),
        pytest.param(Crash("claimed", False, "pending", "sent", 1), id="after the claim, mute provider"),
        pytest.param(Crash("sending", True, "sending", "unknown", 0), id="before the call"),
        pytest.param(Crash("sending", False, "sending", "unknown", 0), id="before the call, mute provider"),
        pytest.param(Crash("accepted", True, "sending", "sent", 1), id="before the record"),
        pytest.param(
            Crash("accepted", False, "sending", "unknown", 1), id="before the record, mute provider"
        ),
        pytest.param(Crash("recorded", True, "sent", "sent", 1), id="after the record"),
        pytest.param(Crash("recorded", False, "sent", "sent", 1), id="after the record, mute provider"),
    ],
)
def test_a_sender_killed_at_any_point_never_makes_two_messages(
    engine: Engine, database_url: str, peer: Peer, crash: Crash
) -> None:
    order = {"url": database_url, "peer": peer.url, "keys": [KEY], "tells": crash.tells}
    with drivers(1, **order, stop_at=crash.stop_at) as (driver,):
        driver.go()
        driver.until(crash.stop_at)
        driver.kill()
    row = row_of(engine, KEY)
    assert (row and row.state) == crash.state
    if crash.state in ("pending", "sending"):
        with pytest.raises(Unavailable) as held:
            successor(engine, peer, tells=crash.tells, after=timedelta(seconds=-5))
        assert 0 < (held.value.retry_after or 0) <= LEASE.total_seconds() + 5

    receipt = successor(engine, peer, tells=crash.tells, after=LEASE)
    again = successor(engine, peer, tells=crash.tells, after=3 * LEASE)

    assert (receipt.state, again.state) == (crash.ends, crash.ends)
    assert peer.accepted[KEY] == crash.sends
    doubts = Outbox(engine).in_doubt()
    assert [doubt.key for doubt in doubts] == ([KEY] if crash.ends == "unknown" else [])
    if receipt.state is SendState.SENT:
        assert receipt.provider_id == f"{KEY}#1"


def test_sixteen_racers_of_one_key_send_once(engine: Engine, database_url: str, peer: Peer) -> None:
    peer.latency = 0.3
    order = {"url": database_url, "peer": peer.url, "keys": [KEY], "tells": False, "threads": 4}
    with drivers(4, **order) as racers:
        for racer in racers:
            racer.go()
        said = [receipt for racer in racers for receipt in racer.receipts()]
    assert said == [{"key": KEY, "state": "sent", "provider_id": f"{KEY}#1"}] * 16
    assert peer.accepted == {KEY: 1}


def test_senders_killed_at_random_moments_leave_nothing_doubled_and_nothing_lost(
    engine: Engine, database_url: str, peer: Peer
) -> None:
    peer.latency = 0.03  # long enough that most kills hit a call under way
    chance = random.Random(2026)  # noqa: S311  # reproducible
    keys = [f"{KEY}/{number}" for number in range(150)]
    order = {"url": database_url, "peer": peer.url, "tells": False, "tries": 1}
    for _ in range(3):
        with drivers(2, **order, keys=chance.sample(keys, len(keys))) as pair:
            for driver in pair:
                driver.go()
            for driver in pair:
                time.sleep(chance.uniform(0.05, 0.3))
                driver.kill()
    peer.latency = 0.0
    rows = {key: row_of(engine, key) for key in keys}
    killed_midway = [key for key, row in rows.items() if row and row.state == "sending"]

    def later() -> datetime:
        return utc_now() + LEASE

    outbox, channel = Outbox(engine, later), PeerChannel(peer.url, tells=False)
    ends = {key: outbox.send_once(channel, LETTER, key=key, at=later(), lease=LEASE).state for key in keys}

    assert killed_midway
    assert max(peer.accepted.values()) == 1
    assert all(peer.accepted[key] == 1 for key in keys if ends[key] is SendState.SENT)
    assert [key for key in keys if ends[key] is not SendState.SENT] == killed_midway
    assert sorted(doubt.key for doubt in outbox.in_doubt()) == sorted(killed_midway)
