"""Choosing the policy of a hire, and remembering journeys that are over."""

from temporalio import activity
from temporalio.exceptions import ApplicationError

from lockstep.core.base import Frozen
from lockstep.core.facts import Credit
from lockstep.core.policy.policy import Snapshot
from lockstep.errors import FailureType
from lockstep.ports import Journeys, Policies


class ChoosePlan(Frozen):
    """Which policy is for this hire?"""

    workflow_id: str
    employee_id: str
    post: str
    entity: str
    employment_type: str
    jurisdiction: str


class Chosen(Frozen):
    """The policy, pinned, and the earlier passes that may count."""

    snapshot: Snapshot
    credits: tuple[Credit, ...] = ()


class NamedPolicy(Frozen):
    """A policy by its id."""

    policy: str


class PlanActivities:
    """Policies as HR has them now."""

    def __init__(self, policies: Policies, journeys: Journeys) -> None:
        self._policies = policies
        self._journeys = journeys

    @activity.defn
    def choose_plan(self, ask: ChoosePlan) -> Chosen:
        """The policy for the post. Fails for good when this very journey is over already."""
        finished = self._journeys.finished(ask.workflow_id)
        if finished is not None:
            raise ApplicationError(
                f"{ask.workflow_id} ended on {finished.closed_at:%Y-%m-%d} ({finished.outcome}); "
                "a re-hire has a new hire_date",
                type=FailureType.ALREADY_ONBOARDED,
                non_retryable=True,
            )
        snapshot = self._policies.choose(
            post=ask.post,
            entity=ask.entity,
            employment_type=ask.employment_type,
            jurisdiction=ask.jurisdiction,
        )
        return Chosen(snapshot=snapshot, credits=tuple(self._journeys.credits(ask.employee_id)))

    @activity.defn
    def named_policy(self, ask: NamedPolicy) -> Snapshot:
        """A policy by its id."""
        return self._policies.named(ask.policy)
