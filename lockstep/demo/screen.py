"""What the demo shows: the board while it runs, and what came of everybody in the end."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from sqlmodel import Session, func, select
from temporalio.client import Client

from lockstep.core.base import Lang
from lockstep.core.explain import Explanation
from lockstep.core.state import Status
from lockstep.demo.learner import Learner
from lockstep.embedded import EmbeddedServer
from lockstep.store.tables import SendRow
from lockstep.wiring import Wiring
from workflows.contracts import Explain
from workflows.onboarding import OnboardingWorkflow

if TYPE_CHECKING:
    from lockstep.adapters.payroll.statement import Entry, Statement

_DONE = (Status.EARNED, Status.RELEASED)
_MONTHS = 3


def board(learners: Sequence[Learner]) -> Table:
    """Where everybody stands now."""
    table = Table(title="新员工入职培训 · Onboarding", title_justify="left", expand=False)
    for column in (
        "工号 No.",
        "岗位 Post",
        "日期 Date",
        "课程 Courses",
        "流程锁 Lock",
        "逾期 Late",
        "近况 Now",
    ):
        table.add_column(column, no_wrap=True, overflow="ellipsis", max_width=46)
    for learner in learners:
        seen = learner.seen
        if seen is None:
            table.add_row(learner.workflow_id.split("/")[2], "", "", "", "", "", "[dim]waits[/]")
            continue
        earned = sum(track.status in _DONE for track in seen.tracks)
        lock = "[green]open 开[/]" if not seen.locked else "[red]locked 锁[/]"
        date = f"{learner.clock:%m-%d}" if learner.clock else ""
        late = f"[yellow]{seen.overdue}[/]" if seen.overdue else ""
        courses = f"{earned}/{len(seen.tracks)}"
        table.add_row(seen.employee_id, seen.post, date, courses, lock, late, learner.note)
    return table


async def summary(
    console: Console, learners: Sequence[Learner], wiring: Wiring, client: Client, server: EmbeddedServer
) -> None:
    """Who is through, who is locked and why, what was sent, what it did to pay, where the files are."""
    _through(console, learners)
    await _locked(console, learners)
    statements = _statements(learners, wiring)
    _messages(console, learners, wiring)
    _pay(console, statements)
    exports = _export(statements, wiring)
    total = await client.count_workflows()
    console.print("\n[bold]在哪里 · Where everything is[/]")
    console.print(f"  Temporal UI    {server.ui}  ({total.count} workflows; make demo KEEP=1 leaves it up)")
    console.print(f"  certificates   {wiring.settings.archive}  ({_certificates(learners, wiring)} PDF)")
    console.print(f"  pay ledger     {', '.join(str(path) for path in exports) or 'nothing to export'}")
    console.print(f"  messages       {wiring.settings.outbox}")
    console.print("  one hire       .venv/bin/lockstep explain <number> (with KEEP=1)")


def _through(console: Console, learners: Sequence[Learner]) -> None:
    through = [seen.employee_id for learner in learners if (seen := learner.seen) and not seen.locked]
    console.print(f"\n[bold green]已放行 · Through the gate ({len(through)}):[/] {', '.join(through)}")


async def _locked(console: Console, learners: Sequence[Learner]) -> None:
    locked = [learner for learner in learners if learner.seen is not None and learner.seen.locked]
    table = Table(title=f"仍锁定 · Locked, and why ({len(locked)})", title_justify="left")
    for column in ("工号 No.", "经过 Story", "原因 · Why"):
        table.add_column(column)
    for learner in locked:
        told = await learner.handle.query(OnboardingWorkflow.explanation, Explain(lang=Lang.ZH))
        table.add_row(told.employee_id, learner.note, _why(told))
    console.print(table)


def _why(told: Explanation) -> str:
    missing = [item for stage in told.stages for item in stage.missing if not stage.open_since]
    return " ".join(dict.fromkeys(item.to_do for item in missing)) or told.next_step


def _messages(console: Console, learners: Sequence[Learner], wiring: Wiring) -> None:
    with Session(wiring.engine) as session:
        rows = session.exec(
            select(SendRow.employee_id, SendRow.channel, func.count()).group_by(
                SendRow.employee_id, SendRow.channel
            )
        ).all()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for employee, channel, number in rows:
        counts[employee][channel] += number
    hires = {learner.workflow_id.split("/")[2] for learner in learners}
    per_hire = [f"{e} {sum(c.values())}" for e, c in sorted(counts.items()) if e in hires]
    staff = [f"{e} {sum(c.values())}" for e, c in sorted(counts.items()) if e not in hires]
    console.print(f"\n[bold]消息数 · Messages per person:[/] {', '.join(per_hire)}")
    console.print(f"[bold]经理与人事 · Managers and HR:[/] {', '.join(staff) or 'none'}")


def _statements(learners: Sequence[Learner], wiring: Wiring) -> "list[Statement]":
    entities = sorted({learner.workflow_id.split("/")[1] for learner in learners})
    clocks = [learner.clock for learner in learners if learner.clock is not None]
    months = sorted({f"{clock:%Y-%m}" for clock in clocks} | _next_months(min(clocks).strftime("%Y-%m")))
    found = [wiring.payroll.statement(entity, month) for entity in entities for month in months]
    return [statement for statement in found if statement.entries]


def _next_months(first: str) -> set[str]:
    year, month = map(int, first.split("-"))
    return {f"{year + (month - 1 + i) // 12}-{(month - 1 + i) % 12 + 1:02d}" for i in range(-1, _MONTHS)}


def _pay(console: Console, statements: "Sequence[Statement]") -> None:
    table = Table(title="工资调整 · Pay adjustments", title_justify="left")
    for column in ("工号 No.", "期间 Period", "项目 Item", "金额 Amount", "依据 Basis"):
        table.add_column(column, justify="right" if "金额" in column else "left", overflow="ellipsis")
    entries: list[Entry] = sorted(
        (entry for statement in statements for entry in statement.entries),
        key=lambda e: e.adjustment.employee_id,
    )
    for entry in entries:
        adjustment = entry.adjustment
        yuan = f"{_yuan(adjustment.amount_fen):.2f} 元"
        amount = yuan if adjustment.factor is None else f"×{adjustment.factor}"
        item = f"{adjustment.component} (冲回 reversal)" if entry.reverses else adjustment.component
        basis = adjustment.basis.split(" ")[0]
        table.add_row(adjustment.employee_id, entry.booked_period, item, amount, basis)
    console.print(table)


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100


def _export(statements: "Sequence[Statement]", wiring: Wiring) -> list[Path]:
    folder = wiring.settings.home / "payroll"
    folder.mkdir(exist_ok=True)
    paths = []
    for statement in statements:
        name, workbook = wiring.payroll_workbook(statement)
        path = folder / name
        path.write_bytes(workbook)
        paths.append(path)
    return paths


def _certificates(learners: Sequence[Learner], wiring: Wiring) -> int:
    files = (f for learner in learners for f in wiring.archive.of(learner.workflow_id.split("/")[2]))
    return sum(file.media_type == "application/pdf" for file in files)
