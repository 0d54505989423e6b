"""The ledger against hands in the database, racing posters, and whatever order things come in."""

import itertools
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from lockstep.adapters.payroll.ledger import PayrollLedger
from lockstep.adapters.payroll.statement import statement_digest
from lockstep.ports import Conflict, PortError, Posted, Rejected
from lockstep.store.database import open_database
from lockstep.store.tables import EntryRow, LineRow, PeriodRow
from lockstep.store.transaction import reading, writing
from tests.support.payroll import LATE, NOW, allowance, count


@pytest.fixture
def ledger(engine: Engine) -> PayrollLedger:
    return PayrollLedger(engine, lambda: NOW)


ATTACKS = {
    "change an entry": "UPDATE ledger_entry SET amount_fen = 1",
    "change no entry at all": "UPDATE ledger_line SET amount_fen = 1 WHERE entry_id = 'acme/2026-12/000001'",
    "remove an entry": "DELETE FROM ledger_entry",
    "remove a line": "DELETE FROM ledger_line",
    "reopen a period": "UPDATE pay_period SET digest = NULL",
    "remove a closed period": "DELETE FROM pay_period",
    "add a third line": "INSERT INTO ledger_line VALUES ('acme/2026-12/000001', 3, 'x', 1)",
    "add a line to nothing": "INSERT INTO ledger_line VALUES ('acme/2026-12/000009', 1, 'x', 1)",
}
SQLITE_ATTACKS = {
    "replace an entry": "INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry",
    "replace a line": "INSERT OR REPLACE INTO ledger_line SELECT entry_id, line, account, 1 FROM ledger_line",
}
POSTGRES_ATTACKS = {
    "empty the entries": "TRUNCATE ledger_entry CASCADE",
    "empty the lines": "TRUNCATE ledger_line",
    "empty the periods": "TRUNCATE pay_period",
    "overwrite an entry": "INSERT INTO ledger_entry SELECT * FROM ledger_entry "
    "ON CONFLICT (entry_id) DO UPDATE SET amount_fen = 1",
}


ATTACKS_BY_DATABASE = [
    pytest.param(kind, statement, id=f"{kind}: {name}")
    for kind, own in (("sqlite", SQLITE_ATTACKS), ("postgresql", POSTGRES_ATTACKS))
    for name, statement in (ATTACKS | own).items()
]


@pytest.mark.parametrize(("database_url", "attack"), ATTACKS_BY_DATABASE, indirect=["database_url"])
def test_the_database_itself_refuses_to_change_the_ledger(database_url: str, attack: str) -> None:
    engine = open_database(database_url)
    ledger = PayrollLedger(engine)
    ledger.post(allowance())
    ledger.close("acme", "2026-12")
    before = ledger.statement("acme", "2026-12")
    with pytest.raises(IntegrityError), writing(engine) as session:
        session.connection().execute(text(attack))
    assert ledger.statement("acme", "2026-12") == before
    assert statement_digest("acme", "2026-12", before.entries) == before.digest
    engine.dispose()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # PostgreSQL has no REPLACE
def test_a_replace_from_outside_our_program_is_refused_too(engine: Engine, ledger: PayrollLedger) -> None:
    ledger.post(allowance())
    with engine.connect() as connection:
        connection.execute(text("PRAGMA recursive_triggers = OFF"))  # as the sqlite3 shell has it
        with pytest.raises(IntegrityError, match="already booked"):
            connection.execute(text("INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry"))
        connection.invalidate()


def race(act: Callable[[int], Posted]) -> list[Posted | PortError]:
    """What each of 16 threads, started at one moment, got or raised."""
    barrier = Barrier(16)

    def run(number: int) -> Posted | PortError:
        barrier.wait()
        try:
            return act(number)
        except PortError as error:
            return error

    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(run, range(16)))


def test_sixteen_racing_posters_of_one_key_book_it_once(ledger: PayrollLedger, engine: Engine) -> None:
    outcomes = race(lambda _: ledger.post(allowance()))
    posted = [outcome for outcome in outcomes if isinstance(outcome, Posted)]
    assert len(posted) == 16
    assert {outcome.entry_id for outcome in posted} == {"acme/2026-12/000001"}
    assert Counter(outcome.replayed for outcome in posted) == {False: 1, True: 15}
    assert count(engine) == 1


def test_of_racing_posters_with_different_content_one_wins(ledger: PayrollLedger, engine: Engine) -> None:
    # other periods and entities too, so that no common lock hides the race for the key
    def post(number: int) -> Posted:
        return ledger.post(allowance(for_period=f"2026-{number % 12 + 1:02d}", entity=f"e{number // 12}"))

    outcomes = race(post)
    assert Counter(type(outcome) for outcome in outcomes) == {Posted: 1, Conflict: 15}
    assert count(engine) == 1


def test_of_racing_reversals_one_wins(ledger: PayrollLedger, engine: Engine) -> None:
    ledger.post(allowance())
    outcomes = race(lambda n: ledger.reverse("k1", reversal_key=f"r{n}", reason="appeal", effective=LATE))
    assert Counter(type(outcome) for outcome in outcomes) == {Posted: 1, Rejected: 15}
    assert count(engine) == 2


def test_a_period_closed_amid_racing_posters_is_digested_whole(ledger: PayrollLedger) -> None:
    digests: list[str] = []

    def act(number: int) -> Posted:
        if number == 8:
            digests.append(ledger.close("acme", "2026-12"))
        return ledger.post(allowance(f"k{number}"))

    booked = race(act)
    december, january = (ledger.statement("acme", period) for period in ("2026-12", "2027-01"))
    assert december.closed
    assert [december.digest, statement_digest("acme", "2026-12", december.entries)] == digests * 2
    assert len(december.entries) + len(january.entries) == len(booked) == 16
    for statement in (december, january):
        numbers = [entry.entry_id.rpartition("/")[2] for entry in statement.entries]
        assert numbers == [f"{number:06d}" for number in range(1, len(numbers) + 1)]


@dataclass
class Model:
    """What the ledger should hold, in the simplest words: content and period by key."""

    booked: dict[str, tuple[object, str]] = field(default_factory=dict)
    reversed_by: dict[str, str] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)

    def post(self, key: str, content: object, period: str) -> str:
        if key in self.booked:
            return "replayed" if self.booked[key][0] == content else "Conflict"
        while period in self.digests:
            period = MONTHS[MONTHS.index(period) + 1]
        self.booked[key] = (content, period)
        return "posted"

    def reverse(self, key: str, reversal_key: str) -> str:
        if key not in self.booked or key in self.reversed_by.values():
            return "Rejected"
        if reversal_key not in self.booked and key in self.reversed_by:
            return "Rejected"
        said = self.post(reversal_key, ("reverses", key), self.booked[key][1])
        if said == "posted":
            self.reversed_by[key] = reversal_key
        return said


MONTHS = [f"2026-{month:02d}" for month in range(1, 6)]
EXAMPLE = itertools.count()
keys = st.sampled_from(["a", "b", "c", "d"])
months = st.sampled_from(MONTHS[:3])
posts = st.tuples(st.just("post"), keys, months, st.sampled_from([-64_000, 1, 40_050]))
reversals = st.tuples(st.just("reverse"), keys, keys, st.just(0))
closings = st.tuples(st.just("close"), st.just(""), months, st.just(0))


@pytest.mark.slow
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=st.lists(st.one_of(posts, posts, reversals, closings), max_size=14))
def test_whatever_is_posted_repeated_reversed_and_closed_the_books_balance(
    ledger: PayrollLedger, engine: Engine, acts: list[tuple[str, str, str, int]]
) -> None:
    entity, model = f"example {next(EXAMPLE)}", Model()  # all examples share one database
    for verb, key, other, amount in acts:
        if verb == "close":
            digest = ledger.close(entity, other)
            assert model.digests.setdefault(other, digest) == digest
        elif verb == "post":
            posted = allowance(f"{entity} {key}", entity=entity, for_period=other, amount_fen=amount)
            assert outcome(partial(ledger.post, posted)) == model.post(key, (other, amount), other)
        else:
            reverse = partial(ledger.reverse, f"{entity} {key}", reversal_key=f"{entity} {other}")
            said = outcome(partial(reverse, reason="appeal", effective=LATE))
            assert said == model.reverse(key, other)
    check_books(ledger, engine, entity, model)


def outcome(act: Callable[[], Posted]) -> str:
    try:
        return "replayed" if act().replayed else "posted"
    except Rejected as error:
        return type(error).__name__


def check_books(ledger: PayrollLedger, engine: Engine, entity: str, model: Model) -> None:
    entries = [entry for month in MONTHS for entry in ledger.entries(entity, month)]
    where = {entry.adjustment.key.removeprefix(f"{entity} "): entry.booked_period for entry in entries}
    assert len(entries) == len(where)
    assert where == {key: period for key, (_, period) in model.booked.items()}
    assert all(sum(line.amount_fen for line in entry.lines) == 0 for entry in entries)
    for period, digest in model.digests.items():
        statement = ledger.statement(entity, period)
        assert statement.digest == digest == statement_digest(entity, period, statement.entries)
    with reading(engine) as session:
        lines = Counter(line.entry_id for line in session.exec(select(LineRow)))
        vouchers = {row.entry_id for row in session.exec(select(EntryRow))}
        closed = [row for row in session.exec(select(PeriodRow)) if row.digest is not None]
    assert lines == dict.fromkeys(vouchers, 2)
    assert all(row.closed_at == NOW for row in closed)
