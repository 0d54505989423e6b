"""Which policy a hire gets: the one of the highest priority among those that select them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from lockstep.core.policy.policy import Policy, Selects, Snapshot

ANY = "*"

Choosable = TypeVar("Choosable", Policy, Snapshot)


@dataclass(frozen=True, slots=True)
class NoMatch:
    """No policy selects such a hire."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several policies of the same, highest priority select the hire; `policies` are their ids in order."""

    policies: tuple[str, ...]


def select(
    policies: Iterable[Choosable], *, post: str, entity: str, employment_type: str, jurisdiction: str
) -> Choosable | NoMatch | Ambiguous:
    """The policy for a hire."""
    seat = Selects(
        posts=(post,), entities=(entity,), employment_types=(employment_type,), jurisdictions=(jurisdiction,)
    )
    matching = [policy for policy in policies if overlaps(selects_of(policy), seat)]
    if not matching:
        return NoMatch()
    highest = max(selects_of(policy).priority for policy in matching)
    best = [policy for policy in matching if selects_of(policy).priority == highest]
    return best[0] if len(best) == 1 else Ambiguous(tuple(sorted(_id(policy) for policy in best)))


def overlaps(one: Selects, other: Selects) -> bool:
    """Whether some hire is selected by both."""
    return all(
        ANY in mine or ANY in theirs or not set(mine).isdisjoint(theirs)
        for mine, theirs in (
            (one.posts, other.posts),
            (one.entities, other.entities),
            (one.employment_types, other.employment_types),
            (one.jurisdictions, other.jurisdictions),
        )
    )


def selects_of(policy: Policy | Snapshot) -> Selects:
    """What a policy, pinned or not, selects."""
    return policy.policy.selects if isinstance(policy, Snapshot) else policy.selects


def _id(policy: Policy | Snapshot) -> str:
    return policy.policy.id if isinstance(policy, Snapshot) else policy.id
