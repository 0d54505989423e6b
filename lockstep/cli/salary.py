"""`lockstep salary` and `lockstep minimum-wage`: what pay is reckoned from, put on record by HR."""

from datetime import date
from typing import Annotated

import typer

from lockstep.cli.codes import Code, CommandError
from lockstep.cli.given import day, given
from lockstep.cli.language import say
from lockstep.cli.options import AsJson, Language
from lockstep.cli.output import Output
from lockstep.intake import values
from lockstep.ports import Misconfigured, Salary
from lockstep.settings import Settings
from lockstep.wiring import Wiring


def salary(
    employee: Annotated[str, typer.Argument(metavar="EMPLOYEE", help=say("工号", "Employee number"))],
    monthly: Annotated[str, typer.Argument(metavar="YUAN", help=say("月薪，元", "Monthly salary in yuan"))],
    *,
    since: Annotated[str, typer.Option("--from", help=say("从哪一天起", "From which day on"))],
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Record it; the same day again replaces what was recorded for that day."""
    out = Output(as_json=as_json, lang=lang)
    people = Wiring(Settings()).people
    try:
        people.person(employee)
    except Misconfigured as error:
        raise CommandError(
            Code.FAILED,
            f"没有工号 {employee} 的人事记录；先用 hire 或 import 登记",
            f"Nobody has employee number {employee}; register with hire or import first",
        ) from error
    found = Salary(
        employee_id=employee,
        effective_from=date.fromisoformat(day(since, "--from")),
        monthly_fen=int(given(values.yuan, monthly, "YUAN")),
    )
    people.save_salary(found)
    out.record(found)
    out.text(
        out.say(
            f"{employee} 自 {found.effective_from} 起月薪 {found.monthly_fen / 100:,.2f} 元",
            f"{employee} earns {found.monthly_fen / 100:,.2f} yuan a month from {found.effective_from} on",
        )
    )


def minimum_wage(
    entity: Annotated[str, typer.Argument(metavar="ENTITY", help=say("用人单位", "Legal entity"))],
    monthly: Annotated[str, typer.Argument(metavar="YUAN", help=say("每月，元", "Yuan a month"))],
    *,
    since: Annotated[str, typer.Option("--from", help=say("从哪一天起", "From which day on"))],
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Record it; without one, no wage deduction is made in that entity."""
    out = Output(as_json=as_json, lang=lang)
    name = given(values.identifier, entity, "ENTITY")
    first = date.fromisoformat(day(since, "--from"))
    fen = int(given(values.yuan, monthly, "YUAN"))
    Wiring(Settings()).people.save_minimum_wage(name, first, fen)
    out.record({"entity": name, "effective_from": first.isoformat(), "monthly_fen": fen})
    out.text(
        out.say(
            f"{name} 自 {first} 起最低工资每月 {fen / 100:,.2f} 元",
            f"{name}: minimum wage of {fen / 100:,.2f} yuan a month from {first} on",
        )
    )
