"""The outbox without crashes of processes: every answer a channel can give, late ones, and doubt."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import col, select

from lockstep.ports import (
    Conflict,
    Letter,
    Misconfigured,
    Person,
    PortError,
    Receipt,
    Rejected,
    SendState,
    Unavailable,
)
from lockstep.store.outbox import Outbox
from lockstep.store.tables import SendRow
from lockstep.store.transaction import reading

LETTER = Letter(employee_id="00123", address="13800000000", body="您有1门课程未完成，请于3日内学习")
START = datetime(2026, 12, 1, 8, tzinfo=UTC)
LEASE = timedelta(minutes=1)
KEY = "onboarding/acme/00123/2026-12-01/remind/sms/1"


class Crash(BaseException):
    """Ends a send as the death of the process would: nothing after it runs."""


@dataclass
class Clock:
    """A clock that stands still until told."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta = LEASE) -> None:
        self.now += by


def nothing() -> None:
    """Happens most of the time."""


@dataclass
class RecordingChannel:
    """Keeps what it accepted; `then` runs after accepting, `first` before."""

    name: str = "sms"
    tells: bool = False
    first: Callable[[], None] = nothing
    then: Callable[[], None] = nothing
    accepted: list[str] = field(default_factory=list)

    def address(self, person: Person) -> str:
        return person.phone

    def send(self, letter: Letter, *, dedup_key: str, at: datetime) -> Receipt:
        self.first()
        self.accepted.append(dedup_key)
        self.then()
        return self._receipt(dedup_key)

    def find(self, dedup_key: str) -> Receipt | None:
        return self._receipt(dedup_key) if self.tells and dedup_key in self.accepted else None

    def _receipt(self, key: str) -> Receipt:
        return Receipt(state=SendState.SENT, channel=self.name, provider_id=f"id of {key}", at=START)


def fails(error: BaseException) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def row_of(engine: Engine, key: str = KEY) -> SendRow:
    with reading(engine) as session:
        return session.exec(select(SendRow).where(col(SendRow.key) == key)).one()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def outbox(engine: Engine, clock: Clock) -> Outbox:
    return Outbox(engine, clock)


def send(outbox: Outbox, channel: RecordingChannel, key: str = KEY, letter: Letter = LETTER) -> Receipt:
    return outbox.send_once(channel, letter, key=key, at=START, lease=LEASE)


def test_a_repeated_send_answers_with_the_first_receipt(outbox: Outbox) -> None:
    channel = RecordingChannel()
    first = send(outbox, channel)
    assert first == Receipt(state=SendState.SENT, channel="sms", provider_id=f"id of {KEY}", at=START)
    assert send(outbox, channel) == first
    assert channel.accepted == [KEY]


def test_the_words_may_change_between_repetitions_and_the_first_ones_count(
    outbox: Outbox, engine: Engine
) -> None:
    channel = RecordingChannel()
    send(outbox, channel)
    digest = row_of(engine).letter_digest
    send(outbox, channel, letter=LETTER.model_copy(update={"body": "other words after an upgrade"}))
    assert channel.accepted == [KEY]
    assert row_of(engine).letter_digest == digest
    assert len(digest) == 64


def test_the_store_keeps_no_address_and_no_words_of_a_message(outbox: Outbox, engine: Engine) -> None:
    send(outbox, RecordingChannel())
    kept = repr(row_of(engine).model_dump())
    assert LETTER.address not in kept
    assert LETTER.body not in kept


def test_a_refusal_is_recorded_and_final(outbox: Outbox, clock: Clock) -> None:
    refusing = RecordingChannel(first=fails(Rejected("the number is not in service")))
    refused = send(outbox, refusing)
    clock.advance()
    assert refused.state is SendState.REFUSED
    assert refused.detail == "the number is not in service"
    assert send(outbox, RecordingChannel()) == refused


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(Unavailable("busy", retry_after=7), id="unavailable"),
        pytest.param(Misconfigured("no signature is approved"), id="misconfigured"),
    ],
)
def test_what_certainly_did_not_go_is_sent_at_the_next_try_without_waiting(
    outbox: Outbox, engine: Engine, error: PortError
) -> None:
    with pytest.raises(type(error)) as raised:
        send(outbox, RecordingChannel(first=fails(error)))
    assert raised.value is error
    assert row_of(engine).state == "pending"
    assert send(outbox, RecordingChannel()).state is SendState.SENT
    assert row_of(engine).attempts == 2


@pytest.mark.parametrize(
    ("tells", "ends"),
    [
        pytest.param(True, SendState.SENT, id="the provider finds it"),
        pytest.param(False, SendState.UNKNOWN, id="the provider cannot tell"),
    ],
)
def test_a_lost_answer_is_looked_up_and_never_repeated(
    outbox: Outbox, tells: bool, ends: SendState
) -> None:  # a column
    channel = RecordingChannel(tells=tells, then=fails(TimeoutError("13800000000 timed out")))
    receipt = send(outbox, channel)
    assert receipt.state is ends
    assert send(outbox, channel).state is ends
    assert channel.accepted == [KEY]
    assert "13800000000" not in receipt.detail
    if ends is SendState.UNKNOWN:
        assert receipt.detail == "the channel failed with TimeoutError"


def test_a_provider_that_cannot_answer_the_question_now_is_asked_again(outbox: Outbox, clock: Clock) -> None:
    class Down(RecordingChannel):
        def find(self, dedup_key: str) -> Receipt | None:
            raise Unavailable("busy")

    down = Down(then=fails(ConnectionResetError()))
    with pytest.raises(Unavailable, match="busy"):
        send(outbox, down)
    clock.advance()
    up = RecordingChannel(tells=True, accepted=down.accepted)
    assert send(outbox, up).state is SendState.SENT
    assert up.accepted == [KEY]


def test_while_another_holds_the_key_one_is_told_when_to_come_back(outbox: Outbox, clock: Clock) -> None:
    told: list[float | None] = []

    def another_comes() -> None:
        clock.advance(timedelta(seconds=20))
        with pytest.raises(Unavailable) as held:
            send(outbox, RecordingChannel())
        told.append(held.value.retry_after)

    assert send(outbox, RecordingChannel(then=another_comes)).state is SendState.SENT
    assert told == [40.0]


def test_a_sender_slower_than_its_lease_still_settles_what_another_called_unknown(
    outbox: Outbox, engine: Engine, clock: Clock
) -> None:
    meanwhile: list[SendState] = []

    def another_comes() -> None:
        clock.advance()
        meanwhile.append(send(outbox, RecordingChannel()).state)

    slow = RecordingChannel(then=another_comes)
    assert send(outbox, slow).state is SendState.SENT
    assert meanwhile == [SendState.UNKNOWN]
    assert row_of(engine).state == "sent"
    assert outbox.in_doubt() == []
    assert slow.accepted == [KEY]


def test_a_late_certainty_that_nothing_went_does_not_reopen_what_a_human_was_shown(
    outbox: Outbox, engine: Engine, clock: Clock
) -> None:
    def another_comes() -> None:
        clock.advance()
        send(outbox, RecordingChannel())
        raise Unavailable("busy")

    with pytest.raises(Unavailable):
        send(outbox, RecordingChannel(first=another_comes))
    assert row_of(engine).state == "unknown"
    channel = RecordingChannel()
    assert send(outbox, channel).state is SendState.UNKNOWN
    assert channel.accepted == []


def test_a_sender_that_lost_its_claim_before_the_call_does_not_call(engine: Engine) -> None:
    # its clock jumps between the claim and the mark: another takes the claim over and sends
    clock, channel = Clock(), RecordingChannel()

    class Stalled(Outbox):
        def _mark_sending(self, row: SendRow, letter: Letter) -> None:
            clock.advance()
            send(Outbox(engine, clock), channel)
            super()._mark_sending(row, letter)

    with pytest.raises(Unavailable, match="took over"):
        send(Stalled(engine, clock), channel)
    assert channel.accepted == [KEY]


def test_a_slow_question_about_one_attempt_says_nothing_of_the_next(outbox: Outbox, clock: Clock) -> None:
    first_in_call, first_may_fail = Event(), Event()
    third_in_call, third_may_end = Event(), Event()
    settled: list[SendState] = []

    def busy() -> None:
        first_in_call.set()
        first_may_fail.wait(10)
        raise Unavailable("busy")

    def slow() -> None:
        third_in_call.set()
        third_may_end.wait(10)

    def try_first() -> None:
        with pytest.raises(Unavailable, match="busy"):
            send(outbox, RecordingChannel(first=busy))

    first = Thread(target=try_first)
    third = Thread(target=lambda: settled.append(send(outbox, RecordingChannel(then=slow)).state))

    class AskedSlowly(RecordingChannel):
        def find(self, dedup_key: str) -> Receipt | None:
            first_may_fail.set()
            first.join(10)
            third.start()
            third_in_call.wait(10)
            return None

    first.start()
    first_in_call.wait(10)
    clock.advance()
    with pytest.raises(Unavailable, match="Another process is sending"):
        send(outbox, AskedSlowly())
    third_may_end.set()
    third.join(10)
    assert settled == [SendState.SENT]
    assert outbox.in_doubt() == []


def test_a_claim_taken_over_is_held_for_a_whole_lease_again(
    engine: Engine, outbox: Outbox, clock: Clock
) -> None:
    class DiesAfterClaiming(Outbox):
        def _mark_sending(self, row: SendRow, letter: Letter) -> None:
            raise Crash

    with pytest.raises(Crash):
        send(DiesAfterClaiming(engine, clock), RecordingChannel())
    clock.advance()

    def another_comes() -> None:
        with pytest.raises(Unavailable) as held:
            send(outbox, RecordingChannel())
        assert held.value.retry_after == LEASE.total_seconds()

    assert send(outbox, RecordingChannel(then=another_comes)).state is SendState.SENT


def test_a_send_abandoned_midway_is_in_doubt_once_its_lease_is_over(outbox: Outbox, clock: Clock) -> None:
    with pytest.raises(Crash):
        send(outbox, RecordingChannel(then=fails(Crash())))
    assert outbox.in_doubt() == []
    clock.advance()
    (doubt,) = outbox.in_doubt()
    assert (doubt.key, doubt.channel, doubt.employee_id, doubt.at) == (KEY, "sms", "00123", START)


def test_doubts_are_listed_oldest_first(outbox: Outbox, clock: Clock) -> None:
    lost = RecordingChannel(then=fails(TimeoutError()))
    for name in ("b", "a", "c"):
        send(outbox, lost, key=name)
        clock.advance()
    assert [doubt.key for doubt in outbox.in_doubt()] == ["b", "a", "c"]


@pytest.mark.parametrize(
    ("channel", "letter"),
    [
        pytest.param(RecordingChannel(name="email"), LETTER, id="another channel"),
        pytest.param(RecordingChannel(), LETTER.model_copy(update={"employee_id": "7"}), id="another person"),
    ],
)
def test_a_key_belongs_to_one_channel_and_one_person(
    outbox: Outbox, channel: RecordingChannel, letter: Letter
) -> None:
    send(outbox, RecordingChannel())
    with pytest.raises(Conflict, match="belongs to sms for 00123"):
        send(outbox, channel, letter=letter)


EXAMPLE = itertools.count()
EVENTS: dict[str, tuple[Callable[[], None], Callable[[], None]]] = {
    "sent": (nothing, nothing),
    "sent, answer lost": (nothing, fails(TimeoutError())),
    "sent, then died": (nothing, fails(Crash())),
    "died before sending": (fails(Crash()), nothing),
    "failed before sending": (fails(OSError()), nothing),
    "refused": (fails(Rejected("no")), nothing),
    "busy": (fails(Unavailable("busy")), nothing),
    "set up wrongly": (fails(Misconfigured("no")), nothing),
}


@pytest.mark.slow
@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    events=st.lists(st.sampled_from([*EVENTS, "time passes"]), max_size=8),
    tells=st.booleans(),
)
def test_no_sequence_of_answers_and_crashes_sends_twice(
    engine: Engine,
    events: list[str],
    tells: bool,  # drawn
) -> None:
    key = f"example {next(EXAMPLE)}"  # all examples share one database
    clock, accepted = Clock(), list[str]()
    outbox = Outbox(engine, clock)
    settled: set[SendState] = set()
    for happens in [*events, "time passes", "sent", "time passes", "sent"]:
        if happens == "time passes":
            clock.advance()
            continue
        try:
            first, then = EVENTS[happens]
            channel = RecordingChannel(tells=tells, accepted=accepted, first=first, then=then)
            settled.add(send(outbox, channel, key=key).state)
        except (Crash, Unavailable, Misconfigured):
            continue
    (end,) = settled  # what was once answered is never taken back
    times = accepted.count(key)
    assert times <= 1
    assert end is not SendState.SENT or times == 1
    assert end is not SendState.REFUSED or times == 0
    assert end is not SendState.UNKNOWN or not (tells and times)
