"""The decisions of humans: waiver, extra attempt, appeal, and the answer to a question put to somebody."""

import asyncio
import uuid
from typing import Annotated, TypeVar

import typer
from pydantic import BaseModel
from temporalio.workflow import UpdateMethodMultiParam

from lockstep.cli.asking import answered
from lockstep.cli.find import find
from lockstep.cli.given import day
from lockstep.cli.language import say
from lockstep.cli.options import AsJson, By, Employee, Entity, Language, Reason, Role
from lockstep.cli.output import Output
from lockstep.connection import connect
from lockstep.core.policy.people import Outcome
from workflows import contracts as c
from workflows.onboarding import OnboardingWorkflow

Asked = TypeVar("Asked", bound=BaseModel)
Answer = TypeVar("Answer")
Course = Annotated[str, typer.Argument(metavar="COURSE", help=say("课程编号", "The course's id"))]


def waive(  # noqa: PLR0913 - one parameter an option
    employee: Employee,
    course: Course,
    *,
    by: By,
    role: Role,
    reason: Reason,
    evidence: Annotated[
        str, typer.Option("--evidence", help=say("证明材料的编号", "Reference of the proof"))
    ] = "",
    entity: Entity = "",
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Sign a waiver; where the policy wants two people, it counts once the second has signed."""
    asked = c.Waive(course=course, by=by, role=role, reason=reason, evidence=evidence)
    signed = asyncio.run(_ask(employee, entity, OnboardingWorkflow.waive, asked))
    _tell_signed(signed, Output(as_json=as_json, lang=lang))


def grant_attempt(  # noqa: PLR0913 - one parameter an option
    employee: Employee,
    course: Course,
    *,
    by: By,
    role: Role,
    reason: Reason,
    entity: Entity = "",
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Sign an extra attempt at a course's exam."""
    asked = c.GrantAttempt(course=course, by=by, role=role, reason=reason)
    signed = asyncio.run(_ask(employee, entity, OnboardingWorkflow.grant_attempt, asked))
    _tell_signed(signed, Output(as_json=as_json, lang=lang))


def appeal(  # noqa: PLR0913 - one parameter an option
    employee: Employee,
    course: Course,
    *,
    reason: Reason,
    name: Annotated[
        str, typer.Option("--id", help=say("申诉编号，默认自动", "The appeal's id; default: a new one"))
    ] = "",
    entity: Entity = "",
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """File a hire's appeal against a course's result or its consequence."""
    out = Output(as_json=as_json, lang=lang)
    asked = c.Appeal(appeal=name or f"appeal-{uuid.uuid4().hex[:8]}", course=course, reason=reason)
    taken = asyncio.run(_ask(employee, entity, OnboardingWorkflow.appeal, asked))
    out.record(taken)
    due = f"{taken.answer_by.astimezone():%Y-%m-%d %H:%M}"
    out.text(
        out.say(
            f"申诉 {taken.appeal} 已受理，{due} 前答复", f"Appeal {taken.appeal} is taken; answer by {due}"
        )
    )


def decide_appeal(  # noqa: PLR0913 - one parameter an option
    employee: Employee,
    name: Annotated[str, typer.Argument(metavar="APPEAL", help=say("申诉编号", "The appeal's id"))],
    *,
    upheld: Annotated[
        bool, typer.Option("--uphold/--reject", help=say("成立 / 不成立", "Right / not right"))
    ],
    by: By,
    role: Role,
    reason: Reason,
    score: Annotated[
        str, typer.Option("--score", help=say("更正后的成绩，0–100", "The corrected score, 0 to 100"))
    ] = "",
    entity: Entity = "",
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Sign the decision on an appeal; one upheld may carry the corrected score."""
    fields = {"appeal": name, "upheld": upheld, "by": by, "role": role, "reason": reason}
    asked = c.DecideAppeal.model_validate(fields | ({"score": score} if score else {}))
    signed = asyncio.run(_ask(employee, entity, OnboardingWorkflow.decide_appeal, asked))
    _tell_signed(signed, Output(as_json=as_json, lang=lang))


def decide(  # noqa: PLR0913 - one parameter an option
    employee: Employee,
    question: Annotated[
        str,
        typer.Argument(metavar="QUESTION", help=say("问题编号，见 status", "The question's id, see status")),
    ],
    outcome: Annotated[Outcome, typer.Argument(metavar="OUTCOME", help=" | ".join(Outcome))],
    *,
    by: By,
    role: Role,
    reason: Reason,
    until: Annotated[str, typer.Option("--until", help=say("延长到哪一天", "Extended until which day"))] = "",
    entity: Entity = "",
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Answer a question the workflow put to a human."""
    out = Output(as_json=as_json, lang=lang)
    fields = {"question": question, "outcome": outcome, "by": by, "role": role, "reason": reason}
    asked = c.Decide.model_validate(fields | ({"until": day(until, "--until")} if until else {}))
    shown = asyncio.run(_ask(employee, entity, OnboardingWorkflow.decide, asked))
    out.record(shown)
    out.text(out.say(f"已决定：{outcome}", f"Decided: {outcome}"))


async def _ask(
    employee: str,
    entity: str,
    update: UpdateMethodMultiParam[[OnboardingWorkflow, Asked], Answer],
    asked: Asked,
) -> Answer:
    found = await find(await connect(), employee, entity)
    return await answered(found.execute_update(update, asked))


def _tell_signed(signed: c.Signed, out: Output) -> None:
    out.record(signed)
    if signed.effective:
        out.text(out.say("已签署，立即生效", "Signed and in force"))
    else:
        out.text(
            out.say("已签署，还需另一人签署才生效", "Signed; another person has to sign before it counts")
        )
