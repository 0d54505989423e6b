"""Every id in one place: employee numbers only, never personal data."""

from lockstep.core.hire import Hire

TASK_QUEUE = "lockstep"


def onboarding(hire: Hire) -> str:
    """The workflow id of a hire: the same hire from any door is one workflow; a re-hire is another."""
    return f"onboarding/{hire.entity}/{hire.employee_id}/{hire.hire_date.isoformat()}"


def effect(workflow_id: str, key: str) -> str:
    """The key under which an effect happens once, whatever crashes."""
    return f"{workflow_id}/{key}"


def update_fact(update_id: str) -> str:
    """The id of the fact an update states."""
    return f"update/{update_id}"
