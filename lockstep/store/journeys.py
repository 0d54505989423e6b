"""Finished journeys and the policies they were run under."""

from datetime import datetime

from sqlalchemy import Engine

from lockstep.core.base import Frozen
from lockstep.ports import Conflict, Misconfigured
from lockstep.store.tables import JourneyRow, PolicyRow
from lockstep.store.transaction import reading, upsert, writing


class ClosedJourney(Frozen):
    """How a journey ended."""

    workflow_id: str
    outcome: str
    policy_hash: str
    closed_at: datetime


class StoredPolicy(Frozen):
    """A policy as it was when pinned: canonical JSON for machines, the source text for people."""

    policy_hash: str
    canonical: str
    source: str


class Journeys:
    """Remembers journeys after the engine has forgotten them."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def close(self, journey: ClosedJourney) -> ClosedJourney:
        """Note how it ended; returns the first note made, which stands."""
        with writing(self._engine) as session:
            upsert(session, JourneyRow.model_validate(journey.model_dump()), overwrite=False)
        return self.closed(journey.workflow_id) or journey

    def closed(self, workflow_id: str) -> ClosedJourney | None:
        """How the journey ended; None when it has not."""
        with reading(self._engine) as session:
            row = session.get(JourneyRow, workflow_id)
        return None if row is None else ClosedJourney.model_validate(row.model_dump())


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
