"""`lockstep adopt-policy`: put hires under way under another policy, after showing what it changes."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Annotated

import typer
from temporalio.client import Client, WorkflowUpdateFailedError

from lockstep.cli.asking import answered
from lockstep.cli.codes import Code, CommandError
from lockstep.cli.failures import failure_of
from lockstep.cli.find import HIRES, Handle, find, handle, quotable
from lockstep.cli.language import say
from lockstep.cli.options import AsJson, By, Entity, Language, Yes
from lockstep.cli.output import Output
from lockstep.connection import connect
from lockstep.core.base import Frozen, Lang
from lockstep.core.preview import Preview
from workflows import contracts as c
from workflows import search_attributes as sa
from workflows.onboarding import OnboardingWorkflow

_AT_ONCE = 8
_COLUMNS = {
    Lang.ZH: ("入职流程", "结果", "新增", "去掉", "失去已获成果", "期限变动", "重新锁上", "工资规则"),
    Lang.EN: ("Hire", "Outcome", "Added", "Removed", "Earned, lost", "Deadlines", "Gates shut", "Pay rules"),
}

_OUTCOMES = {"previewed": "仅查看", "adopted": "已改用", "refused": "被拒绝"}


class Row(Frozen):
    """What became of one hire. `outcome`: previewed, adopted, or refused with the reason."""

    workflow_id: str
    outcome: str
    difference: Preview | None = None
    reason: str = ""


def adopt_policy(  # noqa: PLR0913 - one parameter an option
    policy: Annotated[str, typer.Argument(metavar="POLICY", help=say("新制度的编号", "The policy's id"))],
    employees: Annotated[
        list[str] | None, typer.Argument(metavar="[EMPLOYEE]...", help=say("工号", "Employee numbers"))
    ] = None,
    *,
    by: By,
    under: Annotated[
        str,
        typer.Option("--under", help=say("现用制度哈希的开头", "Everybody under the policy of this hash")),
    ] = "",
    preview_only: Annotated[
        bool, typer.Option("--preview", help=say("只看差别，不改变", "Show the difference, change nothing"))
    ] = False,
    acknowledge: Annotated[
        bool,
        typer.Option("--acknowledge", help=say("确认会失去已获成果", "Accept that earned things are lost")),
    ] = False,
    yes: Yes = False,
    entity: Entity = "",
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Exit code 3 when some were refused; those who lose something are, unless it is acknowledged."""
    out = Output(as_json=as_json, lang=lang)
    if bool(employees) == bool(under):
        raise CommandError(
            Code.USAGE, "请写工号，或用 --under 写现用制度", "Give employee numbers, or --under a policy"
        )
    ask = c.AdoptPolicy(policy=policy, by=by, preview=True)
    seen = asyncio.run(_each(employees or [], under, entity, ask))
    if preview_only or all(row.difference is None for row in seen):
        _finish(seen, out)
        return
    _confirm(seen, policy, out, yes=yes)
    change = ask.model_copy(update={"preview": False, "acknowledged": acknowledge})
    ids = [row.workflow_id for row in seen if row.difference is not None]
    changed = asyncio.run(_each(ids, "", "", change))
    _finish([*changed, *(row for row in seen if row.difference is None)], out)


def _confirm(seen: Sequence[Row], policy: str, out: Output, *, yes: bool) -> None:
    _table(seen, out)
    losing = sum(row.difference is not None and row.difference.refuses for row in seen)
    out.confirm(
        f"{len(seen)} 人改用 {policy}，其中 {losing} 人会失去已获成果。继续吗？",
        f"{len(seen)} hires change to {policy}; {losing} of them lose something earned. Go on?",
        yes=yes,
    )


async def _each(employees: Sequence[str], under: str, entity: str, ask: c.AdoptPolicy) -> list[Row]:
    client = await connect()
    if under:
        handles = [each async for each in _under(client, under, entity)]
    else:
        handles = [await find(client, employee, entity) for employee in dict.fromkeys(employees)]
    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(hire: Handle) -> Row:
        async with turn:
            return await _asked(hire, ask)

    return list(await asyncio.gather(*map(one, handles)))


async def _under(client: Client, policy: str, entity: str) -> AsyncIterator[Handle]:
    terms = [HIRES, "ExecutionStatus = 'Running'", f"{sa.POLICY_HASH.name} STARTS_WITH '{quotable(policy)}'"]
    terms += [f"{sa.ENTITY.name} = '{quotable(entity)}'"] if entity else []
    async for execution in client.list_workflows(" AND ".join(terms), page_size=1000):
        yield handle(client, execution.id)


async def _asked(hire: Handle, ask: c.AdoptPolicy) -> Row:
    try:
        difference = await answered(hire.execute_update(OnboardingWorkflow.adopt_policy, ask))
    except WorkflowUpdateFailedError as error:
        failure = failure_of(error)
        return Row(workflow_id=hire.id, outcome="refused", reason=failure.sentence if failure else str(error))
    return Row(workflow_id=hire.id, outcome="previewed" if ask.preview else "adopted", difference=difference)


def _finish(rows: Sequence[Row], out: Output) -> None:
    """Show the rows. Raises typer.Exit when some or all were refused."""
    for row in rows:
        out.record(row)
    _table(rows, out)
    refused = [row for row in rows if row.outcome == "refused"]
    for row in refused:
        out.note(f"{row.workflow_id}：{row.reason}", f"{row.workflow_id}: {row.reason}")
    if not rows:
        out.note("没有人符合", "Nobody fits")
    if refused:
        raise typer.Exit(Code.FAILED if len(refused) == len(rows) else Code.PARTIAL)


def _table(rows: Sequence[Row], out: Output) -> None:
    out.table("", _COLUMNS[out.lang], [tuple(_cells(row, out)) for row in rows])


def _cells(row: Row, out: Output) -> Iterator[str]:
    yield row.workflow_id
    yield out.say(_OUTCOMES[row.outcome], row.outcome)
    found = row.difference
    if found is None:
        yield from [""] * (len(_COLUMNS[out.lang]) - 2)
        return
    yield _titles(found, "added", out)
    yield _titles(found, "removed", out)
    yield ", ".join(track.title.to(out.lang) for track in found.tracks if track.lost)
    yield ", ".join(track.title.to(out.lang) for track in found.tracks if track.moves_deadline)
    yield ", ".join(found.gates_shut)
    signed = (("+", found.pay_added), ("-", found.pay_removed), ("~", found.pay_changed))
    yield ", ".join(f"{sign}{name}" for sign, names in signed for name in names)


def _titles(found: Preview, change: str, out: Output) -> str:
    return ", ".join(track.title.to(out.lang) for track in found.tracks if track.change == change)
