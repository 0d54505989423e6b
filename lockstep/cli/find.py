"""From an employee number to the hire's workflow."""

import re
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import datetime

from temporalio.client import Client, WorkflowExecution, WorkflowExecutionStatus, WorkflowHandle

from lockstep.cli.codes import Code, CommandError
from workflows.contracts import Summary
from workflows.onboarding import OnboardingWorkflow

HIRES = "WorkflowType = 'OnboardingWorkflow' AND ExecutionStatus != 'ContinuedAsNew'"
"""Every hire once, whatever runs the journey has taken."""

Handle = WorkflowHandle[OnboardingWorkflow, Summary]
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Found:
    """A hire in the server's list."""

    workflow_id: str
    entity: str
    employee_id: str
    hire_date: str
    started_at: datetime
    open: bool

    @classmethod
    def of(cls, execution: WorkflowExecution) -> "Found":
        """What the id says, and whether it still runs."""
        _, entity, employee_id, hire_date = execution.id.split("/")
        running = execution.status is WorkflowExecutionStatus.RUNNING
        return cls(execution.id, entity, employee_id, hire_date, execution.start_time, running)


async def find(client: Client, employee: str, entity: str = "") -> Handle:
    """The hire's workflow: the open one, else the latest. Raises CommandError when none or several fit."""
    if "/" in employee:
        return handle(client, employee)
    for word in filter(None, (employee, entity)):
        quotable(word)
    known = [found async for found in _of(client, employee, entity)]
    if not known:
        raise CommandError(
            Code.FAILED,
            f"没有工号为 {employee} 的入职流程；刚登记的请等一秒再试",
            f"No hire has employee number {employee}; one registered just now appears within a second",
        )
    fitting = [found for found in known if found.open] or known
    if len({found.entity for found in fitting}) > 1:
        several = "\n".join(f"  {found.workflow_id}" for found in fitting)
        raise CommandError(
            Code.USAGE,
            f"工号 {employee} 在几个用人单位都有，请加 --entity 或写完整编号：\n{several}",
            f"Several legal entities know {employee}; add --entity or give the whole id:\n{several}",
        )
    latest = max(fitting, key=lambda found: (found.hire_date, found.started_at))
    return handle(client, latest.workflow_id)


async def journeys_under_way(
    client: Client, entities: Iterable[str], employee: str = ""
) -> dict[tuple[str, str], str]:
    """Open journeys by entity and employee number: all of these entities, or one employee's."""
    found = {}
    for entity in entities:
        place = f"onboarding/{entity}/{employee}{'/' if employee else ''}"
        query = f"{HIRES} AND ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '{place}'"
        async for execution in client.list_workflows(query, page_size=1000):
            each = Found.of(execution)
            found[each.entity, each.employee_id] = each.workflow_id
    return found


def handle(client: Client, workflow_id: str) -> Handle:
    """The workflow of that id."""
    return client.get_workflow_handle_for(OnboardingWorkflow.run, workflow_id)


def quotable(word: str) -> str:
    """A word that may stand in a query. Raises CommandError."""
    if not _ID.fullmatch(word):
        raise CommandError(
            Code.USAGE,
            f"{word!r} 不对：只能用字母、数字、点、下划线、连字符",
            f"{word!r} cannot be right: only letters, digits, dot, underscore and hyphen",
        )
    return word


async def _of(client: Client, employee: str, entity: str) -> AsyncIterator[Found]:
    # the number is in the middle of the id, where the server cannot search: without an entity we look at all
    query = f"{HIRES} AND WorkflowId STARTS_WITH 'onboarding/{entity}/{employee}/'" if entity else HIRES
    async for execution in client.list_workflows(query, page_size=1000):
        if execution.id.count("/") == 3 and execution.id.split("/")[2] == employee:
            yield Found.of(execution)
