"""Doing what core decided: one effect, one activity (a message: one per channel, until one takes it)."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from temporalio import workflow
from temporalio.exceptions import ActivityError, ApplicationError

from activities.attendance import AttendanceActivities
from activities.deductions import Protection
from activities.messages import MessageActivities, SendMessage
from activities.papers import PaperActivities
from activities.pay import BookLines, PayActivities, TakeBack, ledger_key
from lockstep.core import steps as s
from lockstep.core.calendar import local_date
from lockstep.core.facts import EffectOutcome
from lockstep.core.journey import Journey
from lockstep.core.plan import months_later
from lockstep.core.policy.pay import PayKind
from lockstep.core.state import State
from lockstep.errors import FailureType
from lockstep.ports import AttendanceMark, MarkKind, SendState
from workflows import ids, options, summaries
from workflows.letters import envelope
from workflows.paperwork import certificate, training_record


@dataclass(frozen=True)
class Ended:
    """How an effect ended."""

    outcome: EffectOutcome
    ref: str = ""
    detail: str = ""


Outside = (
    s.Remind
    | s.Escalate
    | s.AskDecision
    | s.Notify
    | s.IssueCertificate
    | s.FileRecord
    | s.MarkAttendance
    | s.Settle
    | s.Reverse
)


async def perform(journey: Journey, step: Outside) -> Ended:
    """Do it. Temporal retries until it is done, refused, given up or unknown; none of these raises."""
    try:
        return await _perform(journey, step)
    except ActivityError as error:
        return _failed(error)


async def _perform(journey: Journey, step: Outside) -> Ended:
    match step:
        case s.Remind() | s.Escalate() | s.AskDecision() | s.Notify():
            return await _send(journey, step)
        case s.IssueCertificate():
            return await _issue(journey, step)
        case s.FileRecord():
            return await _file(journey, step)
        case s.MarkAttendance():
            return await _mark(journey, step)
        case s.Settle():
            return await _settle(journey, step)
        case s.Reverse():
            return await _reverse(journey, step)
        case unreachable:
            assert_never(unreachable)


def _failed(error: ActivityError) -> Ended:
    cause = error.cause
    kind = cause.type if isinstance(cause, ApplicationError) else None
    if kind == FailureType.REJECTED:
        return Ended(EffectOutcome.REFUSED, detail=str(cause))
    if kind == FailureType.UNKNOWN_EFFECT:
        return Ended(EffectOutcome.UNKNOWN, detail=str(cause))
    return Ended(EffectOutcome.EXPIRED, detail=str(cause))


def _key(step: Outside) -> str:
    return ids.effect(workflow.info().workflow_id, step.key)


def _summary(journey: Journey, step: Outside) -> str:
    return summaries.of_effect(step, journey.state.policy)


async def _send(journey: Journey, step: s.Remind | s.Escalate | s.AskDecision | s.Notify) -> Ended:
    """By the first channel that takes it. One that may have taken it stops the search."""
    state, now = journey.state, workflow.now()
    letter = envelope(state, step, now)
    last = Ended(EffectOutcome.REFUSED, detail="no channel")
    for channel in letter.channels:
        last = await _send_by(channel, journey, step, now)
        if last.outcome in (EffectOutcome.DONE, EffectOutcome.UNKNOWN):
            break
    return last


async def _send_by(
    channel: str, journey: Journey, step: s.Remind | s.Escalate | s.AskDecision | s.Notify, now: datetime
) -> Ended:
    state = journey.state
    letter = envelope(state, step, now)
    command = SendMessage(
        key=f"{_key(step)}/{channel}",
        channel=channel,
        to=letter.to,
        employee_id=state.hire.employee_id,
        entity=state.entity,
        event=letter.event,
        about=letter.about,
        attachment=letter.attachment,
        at=now,
    )
    summary = f"{_summary(journey, step)} ({channel})"
    try:
        receipt = await workflow.execute_activity_method(
            MessageActivities.send_message, command, **options.message(summary)
        )
    except ActivityError as error:
        return _failed(error)
    outcome = {
        SendState.SENT: EffectOutcome.DONE,
        SendState.REFUSED: EffectOutcome.REFUSED,
        SendState.UNKNOWN: EffectOutcome.UNKNOWN,
    }[receipt.state]
    return Ended(outcome, ref=f"{channel}:{receipt.provider_id}", detail=receipt.detail)


async def _issue(journey: Journey, step: s.IssueCertificate) -> Ended:
    ref = await workflow.execute_activity_method(
        PaperActivities.issue_certificate,
        certificate(journey.state, step, _key(step)),
        **options.record(_summary(journey, step)),
    )
    return Ended(EffectOutcome.DONE, ref=ref)


async def _file(journey: Journey, step: s.FileRecord) -> Ended:
    ref = await workflow.execute_activity_method(
        PaperActivities.file_journey,
        training_record(journey, step, workflow.info().workflow_id, workflow.now()),
        **options.record(_summary(journey, step)),
    )
    return Ended(EffectOutcome.DONE, ref=ref)


async def _mark(journey: Journey, step: s.MarkAttendance) -> Ended:
    state = journey.state
    mark = AttendanceMark(
        key=_key(step),
        employee_id=state.hire.employee_id,
        entity=state.entity,
        day=step.day,
        mark=MarkKind(step.mark),
        reason=step.why.rule,
    )
    await workflow.execute_activity_method(
        AttendanceActivities.mark_attendance, mark, **options.record(_summary(journey, step))
    )
    return Ended(EffectOutcome.DONE)


def _protection(state: State, step: s.Settle) -> Protection:
    """What wage law asks about a hire before anything is deducted."""
    rule, key = state.policy.probation, workflow.info().workflow_id
    now = {line.key for line in step.lines}
    earlier = [paid.line for paid in state.paid.values() if not paid.reversed_by and paid.line.key not in now]
    same = (e for e in earlier if e.kind is PayKind.DEDUCTION and e.period == step.period)
    return Protection(
        jurisdiction=state.hire.jurisdiction,
        probation_until=months_later(state.start, rule.months).date() if rule else None,
        deducted=tuple(ledger_key(key, line, line.revision) for line in same),
    )


async def _settle(journey: Journey, step: s.Settle) -> Ended:
    state, pay = journey.state, journey.state.policy.pay
    assert pay is not None and state.snapshot is not None, "only a pay policy settles"  # noqa: S101, PT018
    command = BookLines(
        key=workflow.info().workflow_id,
        employee_id=state.hire.employee_id,
        entity=state.entity,
        lines=step.lines,
        salary=pay.salary,
        cutoff_day=pay.cutoff_day,
        policy_hash=state.snapshot.hash,
        protection=_protection(state, step),
    )
    entries = await workflow.execute_activity_method(
        PayActivities.book_lines, command, **options.record(_summary(journey, step))
    )
    return Ended(EffectOutcome.DONE, ref=" ".join(entries))


async def _reverse(journey: Journey, step: s.Reverse) -> Ended:
    command = TakeBack(
        key=workflow.info().workflow_id,
        line=step.line,
        reason=step.why.rule,
        effective=local_date(workflow.now(), journey.state.hire.tz),
    )
    entry = await workflow.execute_activity_method(
        PayActivities.take_back, command, **options.record(_summary(journey, step))
    )
    return Ended(EffectOutcome.DONE, ref=entry)
