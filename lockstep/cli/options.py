"""The options that many commands share."""

from typing import Annotated

import typer

from lockstep.cli.language import say
from lockstep.core.base import Lang

Employee = Annotated[
    str,
    typer.Argument(
        metavar="EMPLOYEE",
        help=say(
            "工号，或完整的流程编号 onboarding/…", "Employee number, or a whole workflow id onboarding/..."
        ),
    ),
]
Entity = Annotated[
    str,
    typer.Option(
        "--entity",
        help=say("用人单位，工号在几个单位都有时用", "Legal entity, where several know the number"),
    ),
]
AsJson = Annotated[
    bool, typer.Option("--json", help=say("每行输出一个 JSON 对象", "One JSON object a line on stdout"))
]
Language = Annotated[
    Lang | None, typer.Option("--lang", help=say("zh 或 en，默认随终端", "zh or en; default: the terminal's"))
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help=say("不再询问", "Do not ask"))]
By = Annotated[str, typer.Option("--by", help=say("作决定者的工号", "Who decides: an employee number"))]
Role = Annotated[str, typer.Option("--role", help=say("以什么角色，如 hr", "In which role, such as hr"))]
Reason = Annotated[str, typer.Option("--reason", help=say("理由，会留作证据", "Why; kept as evidence"))]
