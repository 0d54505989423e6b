"""`lockstep staff`: the people behind the roles that policies name."""

from pathlib import Path
from typing import Annotated

import typer

from lockstep.cli.apps import new_app
from lockstep.cli.files import personnel_file
from lockstep.cli.language import say
from lockstep.cli.options import AsJson, Language
from lockstep.cli.output import Output
from lockstep.intake.staff import read_staff
from lockstep.settings import Settings
from lockstep.wiring import Wiring

app = new_app()


@app.callback(help=say("上级、人事、安全员等角色", "Managers, HR, safety officers and other roles"))
def staff() -> None:
    """A group, although there is one command yet."""


@app.command(
    "import", help=say("从 CSV 或 Excel 导入人员和角色", "Import people and roles from CSV or Excel")
)
def import_staff(
    path: Annotated[Path, typer.Argument(metavar="FILE", help=say("CSV 或 .xlsx", "CSV or .xlsx"))],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=say("只检查，不写任何东西", "Check only, write nothing"))
    ] = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Bring people and their roles up to date; doing so again changes nothing."""
    out = Output(as_json=as_json, lang=lang)
    found = read_staff(personnel_file(path, out))
    out.refuse(found.problems)
    if not dry_run:
        people = Wiring(Settings()).people
        for person in found.people:
            people.save_person(person)
        for each in found.appointments:
            people.save_role(each.entity, each.role, each.employee_id)
    for each in found.appointments:
        out.record({"entity": each.entity, "role": each.role, "employee_id": each.employee_id})
    columns = out.say("用人单位 角色 工号", "Entity Role No.").split()
    out.table("", columns, [(each.entity, each.role, each.employee_id) for each in found.appointments])
    number, roles = len(found.people), len(found.appointments)
    if dry_run:
        out.note(
            f"检查通过：{number} 人，{roles} 个角色。什么都没有写。",
            f"All is well: {number} people, {roles} roles. Nothing was written.",
        )
    else:
        out.note(f"已登记 {number} 人，{roles} 个角色", f"{number} people and {roles} roles are on record")
