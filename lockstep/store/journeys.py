"""Finished journeys and the policies they were run under."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import Engine
from sqlmodel import col, select

from lockstep.core.base import Frozen
from lockstep.core.facts import Credit
from lockstep.ports import Conflict, Finished, Misconfigured
from lockstep.store.tables import JourneyRow, PolicyRow
from lockstep.store.transaction import reading, upsert, writing

_PASSES = TypeAdapter(tuple[Credit, ...])


class StoredPolicy(Frozen):
    """A policy as it was when pinned: canonical JSON for machines, the source text for people."""

    policy_hash: str
    canonical: str
    source: str


class Journeys:
    """`ports.Journeys`: remembers journeys after the engine has forgotten them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def record(self, finished: Finished) -> None:
        """Remember it; the first record of a journey stands."""
        values = finished.model_dump(exclude={"passes"})
        row = JourneyRow(**values, passes=_PASSES.dump_json(finished.passes).decode())
        with writing(self._engine) as session:
            upsert(session, row, overwrite=False)

    def finished(self, workflow_id: str) -> Finished | None:
        """The journey of that id, if it is over."""
        with reading(self._engine) as session:
            row = session.get(JourneyRow, workflow_id)
        return None if row is None else _finished(row)

    def credits(self, employee_id: str) -> Sequence[Credit]:
        """Everything the employee passed in earlier journeys, oldest journey first."""
        mine = select(JourneyRow).where(col(JourneyRow.employee_id) == employee_id)
        with reading(self._engine) as session:
            rows = session.exec(mine.order_by(col(JourneyRow.closed_at))).all()
        return [credit for row in rows for credit in _finished(row).passes]


def _finished(row: JourneyRow) -> Finished:
    values = row.model_dump(exclude={"passes"})
    return Finished(**values, passes=_PASSES.validate_json(row.passes))


class Policies:
    """Keeps every policy a hire was ever bound to."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, policy: StoredPolicy) -> None:
        """Keep it; saving it again changes nothing. Raises Conflict when the hash has another content."""
        with writing(self._engine) as session:
            upsert(session, PolicyRow.model_validate(policy.model_dump()), overwrite=False)
        if self.load(policy.policy_hash).canonical != policy.canonical:
            raise Conflict(f"The policy hash {policy.policy_hash} is stored with another content.")

    def load(self, policy_hash: str) -> StoredPolicy:
        """Raises Misconfigured when it was never saved here."""
        with reading(self._engine) as session:
            row = session.get(PolicyRow, policy_hash)
        if row is None:
            raise Misconfigured(f"The policy {policy_hash} is not in this store: was the store replaced?")
        return StoredPolicy.model_validate(row.model_dump())
