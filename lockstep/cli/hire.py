"""`lockstep hire`: one hire, by the same rules as a row of an imported file."""

import asyncio
from collections.abc import Sequence
from typing import Annotated

import typer

from lockstep.authoring.problems import Problem
from lockstep.cli.codes import Code
from lockstep.cli.find import journeys_under_way
from lockstep.cli.given import refused, row
from lockstep.cli.language import say
from lockstep.cli.options import AsJson, Language
from lockstep.cli.output import Output
from lockstep.connection import connect
from lockstep.intake import check
from lockstep.intake.hires import COLUMNS, NewHire, new_hire
from lockstep.intake.start import start as start_workflow
from lockstep.settings import Settings
from lockstep.wiring import Wiring
from workflows import ids


def hire(  # noqa: PLR0913 - one parameter an option
    employee_id: Annotated[str, typer.Argument(metavar="EMPLOYEE", help=say("工号", "Employee number"))],
    *,
    name: Annotated[str, typer.Option(help=say("姓名", "Name"))],
    post: Annotated[str, typer.Option(help=say("岗位", "Post"))],
    entity: Annotated[str, typer.Option(help=say("用人单位", "Legal entity"))],
    hire_date: Annotated[str, typer.Option(help=say("合同日期", "The contract's date, 2026-11-02"))],
    start_date: Annotated[str, typer.Option(help=say("到岗日期", "First day at work"))] = "",
    phone: Annotated[str, typer.Option(help=say("手机", "Mobile"))] = "",
    email: Annotated[str, typer.Option(help=say("邮箱", "E-mail"))] = "",
    wecom_id: Annotated[str, typer.Option(help=say("企业微信", "WeCom account"))] = "",
    jurisdiction: Annotated[str, typer.Option(help=say("地区，默认 CN", "Default CN"))] = "",
    employment_type: Annotated[str, typer.Option(help=say("用工类型，默认全职", "Default full_time"))] = "",
    monthly_salary: Annotated[str, typer.Option(help=say("月薪，元", "Monthly salary in yuan"))] = "",
    manager_id: Annotated[str, typer.Option(help=say("直属上级工号", "The manager's employee number"))] = "",
    language: Annotated[str, typer.Option(help=say("语言 zh、en", "The hire's language, zh or en"))] = "",
    tz: Annotated[str, typer.Option(help=say("时区", "Time zone, default Asia/Shanghai"))] = "",
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Put one hire on record and start the onboarding; doing so again starts nothing twice."""
    typed = dict(locals())
    out = Output(as_json=as_json, lang=lang)
    new = new_hire(row({column.key: column for column in COLUMNS}, {c.key: typed[c.key] for c in COLUMNS}))
    wiring = Wiring(Settings())
    _, problems = check.choose([new], wiring.policies)
    _refuse(problems)
    started = asyncio.run(_register(new, wiring))
    workflow_id = ids.onboarding(new.hire)
    out.record({"workflow_id": workflow_id, "outcome": "started" if started else "already_there"})
    if started:
        out.text(out.say(f"已开始：{workflow_id}", f"Started: {workflow_id}"))
    else:
        out.text(out.say(f"早已在内：{workflow_id}", f"Already there: {workflow_id}"))


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise refused(problems, Code.FAILED)


async def _register(new: NewHire, wiring: Wiring) -> bool:
    """The personnel record first, then the workflow; False when the hire is there already."""
    client = await connect()
    journeys = await journeys_under_way(client, {new.hire.entity}, new.hire.employee_id)
    _refuse(list(check.under_way([new], journeys)))
    wiring.people.save_person(new.person)
    if new.salary is not None:
        wiring.people.save_salary(new.salary)
    return await start_workflow(client, new.hire)
