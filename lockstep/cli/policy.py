"""`lockstep policy`: check policies, say and draw them, write the schema editors use."""

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from lockstep.authoring.calendars import CALENDARS
from lockstep.authoring.checks.base import Context
from lockstep.authoring.content import Content
from lockstep.authoring.drawing.mermaid import mermaid
from lockstep.authoring.drawing.svg import svg
from lockstep.authoring.lint import check_alone, lint
from lockstep.authoring.load import load
from lockstep.authoring.problems import Problem
from lockstep.authoring.saying.policy import as_markdown, explain
from lockstep.authoring.schema import fields_text, schema_text
from lockstep.authoring.shelf import PolicyShelf
from lockstep.cli.apps import new_app
from lockstep.cli.codes import Code, CommandError
from lockstep.cli.language import say
from lockstep.cli.options import AsJson, Language
from lockstep.cli.output import Output
from lockstep.core.base import Lang
from lockstep.core.hire import Hire
from lockstep.core.policy.policy import Policy, Snapshot
from lockstep.core.preview import PlanRow, plan_for
from lockstep.settings import Settings
from lockstep.store.transaction import utc_now
from lockstep.wiring import Wiring
from lockstep.words.templates import EVENTS, Templates

app = new_app()

_PLAN_COLUMNS = {
    Lang.ZH: ("课程", "名称", "先修", "期限", "分钟", "及格", "上岗环节"),
    Lang.EN: ("Course", "Title", "After", "Deadline", "Minutes", "Pass mark", "Stages"),
}

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH...",
        exists=True,
        help=say("制度文件或文件夹，默认是全部制度", "Policy files or folders; default: all policies"),
    ),
]


@app.callback(help=say("制度：检查、解释、试算", "Policies: check, explain, plan"))
def policy() -> None:
    """A group."""


@app.command("lint", help=say("一次列出制度文件的全部问题", "List every problem of policy files at once"))
def lint_files(paths: Paths = None, *, as_json: AsJson = False, lang: Language = None) -> None:
    """Exit code 1 when a policy has an error; warnings alone are well."""
    out = Output(as_json=as_json, lang=lang)
    settings = Settings()
    found = lint(paths or [_near(settings.policies)], surroundings(settings))
    _show(found.problems, out)
    errors, files = len(found.errors), len(found.loaded)
    warnings = len(found.problems) - errors
    out.note(
        f"检查了 {files} 个制度：{errors} 处错误，{warnings} 处提醒",
        f"Policies checked: {files}. Errors: {errors}, warnings: {warnings}",
    )
    if errors:
        raise typer.Exit(Code.FAILED)


@app.command(
    "explain", help=say("用一句句话说明制度，并画出流程", "Say a policy in sentences, draw its flow")
)
def explain_file(
    path: Annotated[
        Path,
        typer.Argument(metavar="FILE", exists=True, dir_okay=False, help=say("制度文件", "A policy file")),
    ],
    *,
    svg_to: Annotated[
        Path | None,
        typer.Option("--svg", help=say("把流程图写成 SVG 文件", "Draw the flow into this SVG file")),
    ] = None,
    as_mermaid: Annotated[
        bool,
        typer.Option(
            "--mermaid", help=say("只输出 Mermaid 流程图", "Print the flow as Mermaid, nothing else")
        ),
    ] = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Plain sentences for whoever must agree to a policy."""
    out = Output(as_json=as_json, lang=lang)
    said = _sound(path, out)
    chapters = [chapter.model_dump(mode="json") for chapter in explain(said)]
    out.record(
        {"policy": said.id, "version": said.version, "chapters": chapters, "mermaid": mermaid(said, out.lang)}
    )
    if as_mermaid:
        out.text(mermaid(said, out.lang))
    elif svg_to is None:
        out.markdown(as_markdown(said, out.lang))
    if svg_to is not None:
        svg_to.write_text(svg(said, out.lang), encoding="utf-8")
        out.note(f"流程图：{svg_to}", f"The flow is in {svg_to}")


@app.command("plan", help=say("试算：一名新员工会得到的计划", "Show the plan a hire would get"))
def plan(
    hire: Annotated[
        Path,
        typer.Option(
            "--hire", exists=True, dir_okay=False, help=say("新员工的 JSON", "The hire as JSON, see hired")
        ),
    ],
    *,
    named: Annotated[
        str, typer.Option("--policy", help=say("制度编号，默认按岗位选", "A policy's id; default: by post"))
    ] = "",
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Everything counted from now, as if the contract were signed today."""
    out = Output(as_json=as_json, lang=lang)
    new = Hire.model_validate_json(hire.read_bytes())
    shelf = Wiring(Settings()).policies
    found = shelf.named(named) if named else _chosen(shelf, new)
    rows = plan_for(new, found, utc_now())
    for row in rows:
        out.record({"policy": found.policy.id, "policy_hash": found.hash} | row.model_dump(mode="json"))
    title = f"{found.policy.title.to(out.lang)} · {found.policy.id} {found.policy.version}"
    out.table(title, _PLAN_COLUMNS[out.lang], [_plan_cells(row, out.lang) for row in rows])


@app.command("schema", help=say("输出编辑器用的 JSON Schema", "Print the JSON Schema for editors"))
def schema(
    *,
    fields: Annotated[
        bool, typer.Option("--fields", help=say("输出字段说明页", "Print the page of all keys instead"))
    ] = False,
) -> None:
    """What policies/schema.json and policies/FIELDS.md hold."""
    print((fields_text() if fields else schema_text()), end="")  # noqa: T201 - the product's output


def surroundings(settings: Settings) -> Context:
    """What policies may refer to in this installation. Raises CommandError when a folder is missing."""
    for folder in (settings.content, settings.templates):
        if not folder.is_dir():
            raise CommandError(
                Code.CONFIGURATION,
                f"文件夹 {folder} 不存在；请检查 LOCKSTEP_CONTENT 和 LOCKSTEP_TEMPLATES",
                f"There is no folder {folder}; check LOCKSTEP_CONTENT and LOCKSTEP_TEMPLATES",
            )
    channels, templates = frozenset(Wiring(settings).channels), Templates(settings.templates)

    def missing(asked: Policy) -> Iterable[str]:
        used = channels.intersection(asked.reminders.channels if asked.reminders else ())
        return templates.missing(EVENTS, sorted(used))

    certificates = settings.templates / "certificates"
    return Context(
        content=Content(settings.content),
        certificates=frozenset(path.name for path in certificates.iterdir() if path.is_dir()),
        channels=channels,
        calendars=frozenset(CALENDARS),
        missing_templates=missing,
    )


def _chosen(shelf: PolicyShelf, new: Hire) -> Snapshot:
    return shelf.choose(
        post=new.post,
        entity=new.entity,
        employment_type=new.employment_type,
        jurisdiction=new.jurisdiction,
    )


def _plan_cells(row: PlanRow, lang: Lang) -> tuple[str, ...]:
    exam = f"≥ {row.exam.pass_mark}" if row.exam else ""
    return (
        row.course,
        row.title.to(lang),
        ", ".join(row.after),
        f"{row.deadline:%Y-%m-%d %H:%M}" if row.deadline else "",
        str(row.minutes),
        exam,
        ", ".join(row.stages),
    )


def _sound(path: Path, out: Output) -> Policy:
    """The policy of a file without errors. Raises typer.Exit after listing them."""
    file = load(path)
    problems = list(file.problems)
    if file.policy is not None:
        alone = (problem.placed(file.lines, file.file) for problem in check_alone(file.policy))
        problems = [problem for problem in alone if problem.is_error]
    if problems or file.policy is None:
        _show(problems, out)
        raise typer.Exit(Code.FAILED)
    return file.policy


def _near(path: Path) -> Path:
    """As short as it can be written from here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _show(problems: Iterable[Problem], out: Output) -> None:
    for problem in problems:
        out.record(problem)
        out.text(problem.text(out.lang))
