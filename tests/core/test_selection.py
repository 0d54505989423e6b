"""Which policy a hire gets."""

import pytest

from lockstep.core.policy.policy import Policy
from lockstep.core.selection import Ambiguous, NoMatch, overlaps, select, selects_of
from tests.support.policies import course, pinned, policy

SEAT = {"post": "dev", "entity": "A", "employment_type": "full_time", "jurisdiction": "CN"}


def made(name: str, priority: int = 0, **selects: list[str]) -> Policy:
    return policy(course("a"), id=name, selects={"posts": ["*"], "priority": priority, **selects})


@pytest.mark.parametrize(
    ("selects", "matches"),
    [
        ({}, True),
        ({"posts": ["dev"]}, True),
        ({"posts": ["sales", "dev"]}, True),
        ({"posts": ["sales"]}, False),
        ({"entities": ["A"]}, True),
        ({"entities": ["B"]}, False),
        ({"employment_types": ["intern"]}, False),
        ({"employment_types": ["intern", "full_time"]}, True),
        ({"jurisdictions": ["CN"]}, True),
        ({"jurisdictions": ["CN-SZ"]}, False),
    ],
)
def test_a_policy_is_chosen_by_all_four_of_its_terms(selects: dict[str, list[str]], matches: bool) -> None:
    one = made("one", **selects)
    assert select([one], **SEAT) == (one if matches else NoMatch())
    assert select([pinned(one)], **SEAT) == (pinned(one) if matches else NoMatch())


def test_the_highest_priority_wins_whatever_the_order() -> None:
    low, high = made("low", 1), made("high", 2)
    assert select([low, high], **SEAT) is high
    assert select([high, low], **SEAT) is high


def test_two_of_equal_priority_are_named_in_order() -> None:
    found = [made("b", 3), made("a", 3), made("c", 1)]
    assert select(found, **SEAT) == Ambiguous(("a", "b"))
    assert select(map(pinned, found), **SEAT) == Ambiguous(("a", "b"))


def test_no_policy_at_all_is_no_match() -> None:
    empty: list[Policy] = []
    assert select(empty, **SEAT) == NoMatch()


def test_two_policies_overlap_when_some_hire_could_have_both() -> None:
    here, there, anywhere = made("h", entities=["A"]), made("t", entities=["B"]), made("x", posts=["dev"])
    assert not overlaps(selects_of(here), selects_of(there))
    assert overlaps(selects_of(here), selects_of(anywhere))
    assert overlaps(selects_of(anywhere), selects_of(here))
