"""Starting one hire's workflow, once, whoever asks and however often."""

from temporalio.client import Client
from temporalio.common import WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from lockstep.core.hire import Hire
from workflows import ids
from workflows.contracts import Hired
from workflows.onboarding import OnboardingWorkflow


async def start(client: Client, hire: Hire) -> bool:
    """Start it by the signal `hired`; False when it is there already, under way or over."""
    workflow_id = ids.onboarding(hire)
    # asked first, so that a repeated import adds nothing to a journey's history
    if await _is_there(client, workflow_id):
        return False
    try:
        await client.start_workflow(
            OnboardingWorkflow.run,
            id=workflow_id,
            task_queue=ids.TASK_QUEUE,
            start_signal="hired",
            start_signal_args=[Hired(**hire.model_dump())],
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            static_summary=f"{hire.post} {hire.employee_id} {hire.first_day}",
        )
    except WorkflowAlreadyStartedError:
        return False
    return True


async def _is_there(client: Client, workflow_id: str) -> bool:
    try:
        await client.get_workflow_handle(workflow_id).describe()
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            return False
        raise
    return True
