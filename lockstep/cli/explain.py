"""`lockstep explain`: every decision about a hire with its rule, policy line and facts."""

import asyncio
from collections.abc import Iterator
from datetime import datetime

from lockstep.cli.asking import answered
from lockstep.cli.find import find
from lockstep.cli.options import AsJson, Employee, Entity, Language
from lockstep.cli.output import Output
from lockstep.connection import connect
from lockstep.core.base import Lang
from lockstep.core.explain import Explanation, Reason
from workflows.contracts import Explain
from workflows.onboarding import OnboardingWorkflow


def explain_hire(
    employee: Employee, *, entity: Entity = "", as_json: AsJson = False, lang: Language = None
) -> None:
    """Say why everything about a hire is as it is."""
    out = Output(as_json=as_json, lang=lang)
    found = asyncio.run(_explanation(employee, entity, out.lang))
    out.record(found)
    for line in (*_stages(found, out), *_decisions(found, out), *_pay(found, out), *_rest(found, out)):
        out.text(line)


async def _explanation(employee: str, entity: str, lang: Lang) -> Explanation:
    found = await find(await connect(), employee, entity)
    return await answered(found.query(OnboardingWorkflow.explanation, Explain(lang=lang)))


def _stages(found: Explanation, out: Output) -> Iterator[str]:
    policy = found.policy
    yield (
        f"{found.employee_id}  {policy.id} {policy.version} {policy.hash[:12]}"
        if policy
        else found.employee_id
    )
    yield out.say(f"下一步：{found.next_step}", f"Next: {found.next_step}")
    for stage in found.stages:
        opened = out.say("锁定", "locked")
        if stage.open_since is not None:
            opened = out.say(f"已放行，自 {_at(stage.open_since)}", f"open since {_at(stage.open_since)}")
        yield f"\n[{stage.title}] {opened}"
        for lacking in stage.missing:
            yield f"  - {lacking.title}: {lacking.to_do}"


def _decisions(found: Explanation, out: Output) -> Iterator[str]:
    yield out.say("\n已作出的决定", "\nDecided")
    for made in found.decisions:
        outcome = f" [{made.outcome}]" if made.outcome not in ("", "done") else ""
        yield f"  {_at(made.at)}  {made.what}{outcome} {made.detail}".rstrip()
        yield from _why(made.reason, out)


def _pay(found: Explanation, out: Output) -> Iterator[str]:
    if found.adjustments:
        yield out.say("\n工资调整", "\nPay adjustments")
    for line in found.adjustments:
        yield f"  {line.adjustment.key}  {line.adjustment.percent} %  [{line.adjustment.state}]"
        yield from _why(line.basis, out)
        if line.taken_back is not None:
            yield from _why(line.taken_back, out)


def _rest(found: Explanation, out: Output) -> Iterator[str]:
    if found.coming:
        yield out.say("\n若无变化，接下来", "\nComing, if nothing changes")
    for coming in found.coming:
        yield f"  {_at(coming.at)}  {coming.what}"
        yield from _why(coming.reason, out)
    if found.refused:
        yield out.say("\n未被采纳的消息", "\nMessages that did not count")
    for refused in found.refused:
        yield f"  {_at(refused.at)}  {refused.kind} {refused.fact}: {refused.reason}"


def _why(reason: Reason, out: Output) -> Iterator[str]:
    place = f" ({reason.file}:{reason.line} {reason.path})" if reason.path else ""
    yield f"      {out.say('因为', 'because')} {reason.sentence}{place}"
    if reason.facts:
        yield f"      {out.say('依据', 'facts')}: {', '.join(reason.facts)}"


def _at(instant: datetime) -> str:
    """In the terminal's own time zone."""
    return f"{instant.astimezone():%Y-%m-%d %H:%M}"
