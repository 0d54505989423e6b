"""What only policies, store and server know of a file of hires, checked before anything is done."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from lockstep.authoring.problems import Problem
from lockstep.core.hire import Hire
from lockstep.core.policy.policy import Snapshot
from lockstep.intake import sentences as say
from lockstep.intake.hires import NewHire
from lockstep.ports import Misconfigured, Policies
from workflows import ids

Seat = tuple[str, str, str, str]


def seat(hire: Hire) -> Seat:
    """What a policy is chosen by."""
    return hire.post, hire.entity, hire.employment_type, hire.jurisdiction


def choose(hires: Iterable[NewHire], policies: Policies) -> tuple[dict[Seat, Snapshot], list[Problem]]:
    """The policy of each seat, asked once, and the rows that have none."""
    chosen: dict[Seat, Snapshot] = {}
    refused: dict[Seat, Misconfigured] = {}
    problems = []
    for new in hires:
        at = seat(new.hire)
        if at not in chosen and at not in refused:
            try:
                chosen[at] = _policy(policies, at)
            except Misconfigured as error:
                refused[at] = error
        if at in refused:
            problems.append(say.NO_POLICY.at(line=new.line, zh=refused[at].zh, en=refused[at]))
        elif new.salary is None and chosen[at].policy.pay is not None:
            policy = chosen[at].policy.id
            problems.append(say.NO_SALARY.at(line=new.line, employee=new.hire.employee_id, policy=policy))
    return chosen, problems


def managers(hires: Iterable[NewHire], is_known: Callable[[str], bool]) -> Iterator[Problem]:
    """Managers who are neither in the file nor on record."""
    rows = list(hires)
    known = {new.hire.employee_id: True for new in rows}
    for new in rows:
        manager = new.person.manager_id
        if manager and manager not in known:
            known[manager] = is_known(manager)
        if manager and not known[manager]:
            yield say.UNKNOWN_MANAGER.at(line=new.line, employee=new.hire.employee_id, manager=manager)


def under_way(hires: Iterable[NewHire], journeys: Mapping[tuple[str, str], str]) -> Iterator[Problem]:
    """Hires who have another journey under way; `journeys` are open ids by entity and employee number."""
    for new in hires:
        hire = new.hire
        other = journeys.get((hire.entity, hire.employee_id))
        if other is not None and other != ids.onboarding(hire):
            yield say.UNDER_WAY.at(line=new.line, employee=hire.employee_id, other=other)


def _policy(policies: Policies, at: Seat) -> Snapshot:
    post, entity, kind, jurisdiction = at
    return policies.choose(post=post, entity=entity, employment_type=kind, jurisdiction=jurisdiction)
