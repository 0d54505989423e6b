"""A process that sends through the outbox, to be killed: it says where it is and then waits there.

    python -m tests.store.outbox_driver {"url":…, "peer":…, "keys":[…], "stop_at":…, "tells":…, "threads":…}

Prints one JSON line for each thing that happened. `stop_at` is one of STAGES, or "" to run through.
"""

import json
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import event

from lockstep.ports import Letter, Receipt, Unavailable
from lockstep.store.database import open_database
from lockstep.store.outbox import Outbox
from lockstep.store.transaction import utc_now
from tests.store.peer import PeerChannel

STAGES = ("before claim", "claimed", "sending", "accepted", "recorded")
LEASE = timedelta(seconds=60)
LETTER = Letter(employee_id="00123", address="13800000000", body="您有1门课程未完成，请于3日内学习")

_transactions = 0


def say(**facts: object) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def wait_to_be_killed(stage: str) -> None:
    say(reached=stage)
    time.sleep(600)


class StoppingChannel(PeerChannel):
    """Waits to be killed after the peer has accepted."""

    def send(self, letter: Letter, *, dedup_key: str, at: datetime) -> Receipt:
        receipt = super().send(letter, dedup_key=dedup_key, at=at)
        wait_to_be_killed("accepted")
        return receipt


def stop_after_transaction(engine: Any, stop_at: str) -> None:  # an Engine, to SQLAlchemy's event too
    stage_after = {1: "claimed", 2: "sending", 3: "recorded"}

    def ended(*_: object) -> None:
        global _transactions  # noqa: PLW0603  # counts over the life of the process
        _transactions += 1
        if stage_after.get(_transactions) == stop_at:
            wait_to_be_killed(stop_at)

    event.listen(engine, "checkin", ended)


def send(outbox: Outbox, channel: PeerChannel, key: str, tries: int) -> None:
    for _ in range(tries):  # a racer that starves says nothing, and the test sees that
        try:
            receipt = outbox.send_once(channel, LETTER, key=key, at=datetime.now(UTC), lease=LEASE)
        except Unavailable as busy:
            time.sleep(min(busy.retry_after or 1.0, 0.05))
        else:
            say(key=key, state=receipt.state, provider_id=receipt.provider_id)
            break


def main() -> None:
    order = json.loads(sys.argv[1])
    engine = open_database(order["url"])
    stop_at = order.get("stop_at", "")
    kind = StoppingChannel if stop_at == "accepted" else PeerChannel
    channel, outbox = kind(order["peer"], tells=order["tells"]), Outbox(engine, utc_now)
    stop_after_transaction(engine, stop_at)
    say(reached="ready")
    sys.stdin.readline()  # so that several start at once
    if stop_at == "before claim":
        wait_to_be_killed(stop_at)
    for key in order["keys"]:
        threads = [
            threading.Thread(target=send, args=(outbox, channel, key, order.get("tries", 1000)))
            for _ in range(order.get("threads", 1))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


if __name__ == "__main__":
    main()
