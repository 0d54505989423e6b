"""`lockstep import`: a file of hires into the store and on their way, checked as a whole first."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer

from lockstep.cli.codes import Code
from lockstep.cli.files import personnel_file
from lockstep.cli.find import journeys_under_way
from lockstep.cli.language import say
from lockstep.cli.options import AsJson, Language, Yes
from lockstep.cli.output import Output
from lockstep.cli.results import ResultFile, Row
from lockstep.connection import connect
from lockstep.core.policy.policy import Snapshot
from lockstep.intake import check
from lockstep.intake.enrol import ALREADY_THERE, FAILED, STARTED, Enrolment
from lockstep.intake.hires import NewHire, placed, read_hires
from lockstep.intake.read import File
from lockstep.ports import Misconfigured
from lockstep.settings import Settings
from lockstep.store.imports import ImportBatch, RowResult
from lockstep.wiring import Wiring
from workflows import ids

_UNTRIED = "untried"


@dataclass
class _Import:
    """One file on its way in."""

    file: File
    hires: tuple[NewHire, ...]
    wiring: Wiring
    out: Output
    policies: dict[check.Seat, Snapshot] = field(default_factory=dict)
    results: dict[int, RowResult] = field(default_factory=dict)

    def check(self) -> None:
        """What policies and store have to say. Raises CommandError."""
        self.policies, problems = check.choose(self.hires, self.wiring.policies)
        problems += check.managers(self.hires, self._is_on_record)
        self.out.refuse(placed(problems, self.file))

    def row(self, new: NewHire) -> Row:
        """What is known of a row now."""
        result = self.results.get(new.line)
        failed = result is not None and result.outcome == FAILED
        snapshot = self.policies[check.seat(new.hire)]
        return Row(
            line=new.line,
            employee_id=new.hire.employee_id,
            outcome=result.outcome if result else _UNTRIED,
            workflow_id=ids.onboarding(new.hire),
            policy=f"{snapshot.policy.id} {snapshot.policy.version}",
            detail=result.detail if result and failed else "",
        )

    async def run(self, results: ResultFile) -> Code:
        """Take the hires in; the result file is written however it ends."""
        client = await connect()
        journeys = await journeys_under_way(client, {new.hire.entity for new in self.hires})
        self.out.refuse(placed(list(check.under_way(self.hires, journeys)), self.file))
        by_line = {new.line: new for new in self.hires}
        with self.out.progress() as progress:
            bar = progress.add_task(self.out.say("导入", "import"), total=len(self.hires))

            def done(result: RowResult) -> None:
                self.results[result.row_number] = result
                progress.advance(bar)
                self.out.record(self.row(by_line[result.row_number]))

            batch = ImportBatch(self.wiring.engine, self.file.digest)
            try:
                finished = await Enrolment(client, self.wiring.people, batch, done).enrol(self.hires)
            finally:
                results.write([self.row(new) for new in self.hires])
        return self._code(finished=finished)

    def _code(self, *, finished: bool) -> Code:
        counts = Counter(result.outcome for result in self.results.values())
        if finished and not counts[FAILED]:
            return Code.OK
        if counts[STARTED] or counts[ALREADY_THERE]:
            return Code.PARTIAL
        return Code.FAILED if finished else Code.UNAVAILABLE

    def _is_on_record(self, employee_id: str) -> bool:
        try:
            self.wiring.people.person(employee_id)
        except Misconfigured:
            return False
        return True


def import_hires(  # noqa: PLR0913 - one parameter an option
    path: Annotated[Path, typer.Argument(metavar="FILE", help=say("CSV 或 .xlsx", "CSV or .xlsx"))],
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=say("只检查，谁也不导入", "Check only, import nobody"))
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help=say("只导入前几人", "Only the first so many"))
    ] = None,
    result: Annotated[
        Path | None,
        typer.Option(
            "--result",
            help=say(
                "结果文件 .csv 或 .ndjson，默认与原文件同处",
                "Result file, .csv or .ndjson; default: beside FILE",
            ),
        ),
    ] = None,
    yes: Yes = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Import hires; the same file again goes on where it stopped and starts nobody twice."""
    out = Output(as_json=as_json, lang=lang)
    file = personnel_file(path, out)
    found = read_hires(file)
    out.refuse(found.problems)
    intake = _Import(file, found.hires[:limit], Wiring(Settings()), out)
    intake.check()
    if dry_run:
        _tell_plan(intake)
        return
    number, intended = len(intake.hires), _by_policy(intake)
    out.confirm(f"导入 {number} 人（{intended}）？", f"Import {number} hires ({intended})?", yes=yes)
    results = ResultFile(result or path.with_name(f"{path.stem}.result.csv"))
    code = asyncio.run(intake.run(results))
    _tell_results(intake, results)
    raise typer.Exit(code)


def _by_policy(intake: _Import) -> str:
    counts = Counter(intake.policies[check.seat(new.hire)].policy.id for new in intake.hires)
    return ", ".join(f"{policy} {number}" for policy, number in sorted(counts.items()))


def _tell_plan(intake: _Import) -> None:
    out, rows = intake.out, [intake.row(new) for new in intake.hires]
    for row in rows:
        out.record(row)
    columns = out.say("行 工号 制度 流程编号", "Line No. Policy Workflow").split()
    out.table("", columns, [(str(row.line), row.employee_id, row.policy, row.workflow_id) for row in rows])
    number, intended = len(rows), _by_policy(intake)
    out.note(
        f"检查通过：{number} 人（{intended}）。没有导入任何人。",
        f"All is well: {number} hires ({intended}). Nobody was imported.",
    )


def _tell_results(intake: _Import, results: ResultFile) -> None:
    out, rows = intake.out, [intake.row(new) for new in intake.hires]
    counts = Counter(row.outcome for row in rows)
    for row in rows:
        if row.outcome != STARTED:
            out.text(_line(row, out))
    out.note(
        f"{counts[STARTED]} 人已开始，{counts[ALREADY_THERE]} 人早已在内，{counts[FAILED]} 人失败，"
        f"{counts[_UNTRIED]} 人未处理；明细见 {results.path}",
        f"{counts[STARTED]} started, {counts[ALREADY_THERE]} already there, {counts[FAILED]} failed, "
        f"{counts[_UNTRIED]} untried; row by row in {results.path}",
    )
    if counts[FAILED] or counts[_UNTRIED]:
        out.note(
            "排除原因后再运行同一条命令即可继续", "Mend the cause and run the same command again to go on"
        )


def _line(row: Row, out: Output) -> str:
    outcome = {
        ALREADY_THERE: out.say("早已在内", "already there"),
        FAILED: out.say("失败", "failed"),
        _UNTRIED: out.say("未处理", "untried"),
    }[row.outcome]
    return f"{row.line}\t{row.employee_id}\t{outcome}\t{row.detail or row.workflow_id}"
