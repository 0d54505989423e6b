"""`lockstep list`: hires by the columns of the server's list."""

import asyncio
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer
from temporalio.client import WorkflowExecution

from lockstep.cli.find import HIRES, Found, quotable
from lockstep.cli.language import say
from lockstep.cli.options import AsJson, Entity, Language
from lockstep.cli.output import Output
from lockstep.connection import connect
from lockstep.core.base import Frozen, Lang
from workflows import search_attributes as sa

_COLUMNS = {
    Lang.ZH: ("工号", "用人单位", "岗位", "环节", "锁定", "逾期", "最近期限", "制度", "进行中"),
    Lang.EN: ("No.", "Entity", "Post", "Stage", "Locked", "Overdue", "Next deadline", "Policy", "Under way"),
}


class Listed(Frozen):
    """One hire in the list; what is not known yet is None."""

    workflow_id: str
    employee_id: str
    entity: str | None
    post: str | None
    stage: str | None
    locked: bool | None
    overdue: int | None
    next_deadline: datetime | None
    policy_hash: str | None
    open: bool


def list_hires(  # noqa: PLR0913 - one parameter an option
    *,
    locked: Annotated[bool | None, typer.Option(help=say("流程锁未开 / 已开", "Gate shut / open"))] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help=say("有课程逾期", "Some course is late"))
    ] = False,
    post: Annotated[str, typer.Option("--post", help=say("岗位", "Post"))] = "",
    entity: Entity = "",
    stage: Annotated[str, typer.Option("--stage", help=say("环节", "Stage"))] = "",
    policy: Annotated[
        str, typer.Option("--policy", help=say("制度哈希的开头", "Beginning of the policy's hash"))
    ] = "",
    everyone: Annotated[
        bool, typer.Option("--all", help=say("也列出已结束的", "Those that are over as well"))
    ] = False,
    limit: Annotated[int, typer.Option("--limit", min=1, help=say("最多列出", "At most"))] = 1000,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """List hires, those under way unless `--all`."""
    out = Output(as_json=as_json, lang=lang)
    words = {sa.POST.name: post, sa.ENTITY.name: entity, sa.STAGE.name: stage}
    terms = [f"{name} = '{quotable(word)}'" for name, word in words.items() if word]
    terms += [f"{sa.POLICY_HASH.name} STARTS_WITH '{quotable(policy)}'"] if policy else []
    terms += [] if locked is None else [f"{sa.LOCKED.name} = {str(locked).lower()}"]
    terms += [f"{sa.OVERDUE.name} > 0"] if overdue else []
    terms += [] if everyone else ["ExecutionStatus = 'Running'"]
    found = asyncio.run(_listed(" AND ".join((HIRES, *terms)), limit))
    for hire in found:
        out.record(hire)
    out.table("", _COLUMNS[out.lang], [tuple(_cells(hire, out)) for hire in found])
    if len(found) == limit:
        out.note(f"只列出前 {limit} 人；用 --limit 列出更多", f"Only the first {limit}; --limit lists more")


async def _listed(query: str, limit: int) -> list[Listed]:
    client = await connect()
    found = [_of(each) async for each in client.list_workflows(query, limit=limit, page_size=1000)]
    return sorted(found, key=lambda hire: hire.workflow_id)


def _of(execution: WorkflowExecution) -> Listed:
    found, known = Found.of(execution), execution.typed_search_attributes
    return Listed(
        workflow_id=found.workflow_id,
        employee_id=found.employee_id,
        entity=known.get(sa.ENTITY),
        post=known.get(sa.POST),
        stage=known.get(sa.STAGE),
        locked=known.get(sa.LOCKED),
        overdue=known.get(sa.OVERDUE),
        next_deadline=known.get(sa.NEXT_DEADLINE),
        policy_hash=known.get(sa.POLICY_HASH),
        open=found.open,
    )


def _cells(hire: Listed, out: Output) -> Iterator[str]:
    yes, no = out.say("是", "yes"), out.say("否", "no")
    deadline = hire.next_deadline
    yield hire.employee_id
    yield hire.entity or ""
    yield hire.post or ""
    yield hire.stage or ""
    yield "" if hire.locked is None else yes if hire.locked else no
    yield "" if hire.overdue is None else str(hire.overdue)
    yield f"{deadline.astimezone():%Y-%m-%d %H:%M}" if deadline else ""
    yield (hire.policy_hash or "")[:12]
    yield yes if hire.open else no
