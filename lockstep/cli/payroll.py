"""`lockstep payroll`: what is booked in a month, as a table or as files for the payroll office; closing."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lockstep.cli.apps import new_app
from lockstep.cli.codes import Code, CommandError
from lockstep.cli.language import say
from lockstep.cli.options import AsJson, Language, Yes
from lockstep.cli.output import Output
from lockstep.core.base import Lang
from lockstep.settings import Settings
from lockstep.wiring import Wiring

if TYPE_CHECKING:
    from lockstep.adapters.payroll.statement import Entry, Statement

app = new_app()

_COLUMNS = {
    Lang.ZH: ("凭证号", "工号", "所属期间", "项目", "金额", "依据", "冲销"),
    Lang.EN: ("Voucher", "No.", "For period", "Item", "Amount", "Basis", "Reverses"),
}
EntityArgument = Annotated[str, typer.Argument(metavar="ENTITY", help=say("用人单位", "Legal entity"))]
PeriodArgument = Annotated[
    str, typer.Argument(metavar="PERIOD", help=say("期间，如 2026-11", "The month, such as 2026-11"))
]


@app.callback(help=say("工资台账：查看、导出、关账", "Pay ledger: show, export, close"))
def payroll() -> None:
    """A group."""


@app.command("show", help=say("列出一个期间的分录", "List a period's entries"))
def show(
    entity: EntityArgument, period: PeriodArgument, *, as_json: AsJson = False, lang: Language = None
) -> None:
    """The entries in voucher order."""
    out = Output(as_json=as_json, lang=lang)
    statement = Wiring(Settings()).payroll.statement(entity, period)
    for entry in statement.entries:
        out.record(entry)
    out.table(f"{entity} {period}", _COLUMNS[out.lang], [_cells(entry) for entry in statement.entries])
    _tell_state(statement, out)


@app.command("export", help=say("导出 Excel 或 CSV", "Write an Excel workbook, or CSV"))
def export(  # noqa: PLR0913 - one parameter an option
    entity: EntityArgument,
    period: PeriodArgument,
    *,
    folder: Annotated[
        Path, typer.Option("--to", file_okay=False, help=say("写入哪个文件夹", "Into which folder"))
    ] = Path(),
    as_csv: Annotated[
        bool, typer.Option("--csv", help=say("CSV，另附封面", "CSV with a cover sheet"))
    ] = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """A statement without entries is refused: an empty file would be taken for a month without pay."""
    out = Output(as_json=as_json, lang=lang)
    wiring = Wiring(Settings())
    statement = wiring.payroll.statement(entity, period)
    if not statement.entries:
        raise CommandError(
            Code.FAILED,
            f"{entity} 在 {period} 没有任何分录；请核对用人单位与期间",
            f"Nothing is booked for {entity} in {period}; check the entity and the month",
        )
    folder.mkdir(parents=True, exist_ok=True)
    files = wiring.payroll_csv(statement) if as_csv else [wiring.payroll_workbook(statement)]
    for name, content in files:
        (folder / name).write_bytes(content)
        out.record({"file": str(folder / name), "rows": len(statement.entries), "closed": statement.closed})
        out.text(str(folder / name))
    _tell_state(statement, out)


@app.command(
    "close", help=say("关账：此后的分录记入下一期间", "Close a period: later entries go to the next")
)
def close(
    entity: EntityArgument,
    period: PeriodArgument,
    *,
    yes: Yes = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """A closed period is never opened again; closing it twice changes nothing."""
    out = Output(as_json=as_json, lang=lang)
    ledger = Wiring(Settings()).payroll
    statement = ledger.statement(entity, period)
    rows = len(statement.entries)
    if not statement.closed:
        out.confirm(
            f"{entity} {period} 有 {rows} 笔分录。关账后不能再开。继续吗？",
            f"{entity} {period} has {rows} entries. A closed period is not opened again. Go on?",
            yes=yes,
        )
    digest = ledger.close(entity, period)
    out.record({"entity": entity, "period": period, "rows": rows, "digest": digest})
    out.text(out.say(f"已关账，{rows} 笔，摘要 {digest}", f"Closed with {rows} entries, digest {digest}"))


def _tell_state(statement: "Statement", out: Output) -> None:
    if not statement.closed:
        out.note("期间未关账，仅供核对", "The period is open: for checking only, do not pay from this")


def _cells(entry: "Entry") -> tuple[str, ...]:
    booked = entry.adjustment
    yuan = f"{booked.amount_fen / 100:,.2f} {booked.currency}"
    amount = yuan if booked.factor is None else f"×{booked.factor}"
    return (
        entry.entry_id,
        booked.employee_id,
        booked.for_period,
        booked.component,
        amount,
        booked.basis,
        entry.reverses or "",
    )
