"""Which message goes to whom by which channels, and what it is about: titles and dates, nothing personal."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lockstep.core import steps as s
from lockstep.core.base import Text
from lockstep.core.calendar import local_date
from lockstep.core.state import State
from lockstep.ports import About, PayAbout

Message = s.Remind | s.Escalate | s.AskDecision | s.Notify
_BY_MAIL = ("email",)


@dataclass(frozen=True)
class Envelope:
    """Everything of a message but the channel it goes by."""

    to: str
    event: str
    about: About
    channels: tuple[str, ...]
    attachment: str = ""


def envelope(state: State, step: Message, now: datetime) -> Envelope:
    """The message of a step."""
    rules = state.policy.reminders
    usual = rules.channels if rules else _BY_MAIL
    match step:
        case s.Remind():
            event = "overdue" if step.overdue else "reminder"
            return Envelope("hire", event, _courses(state, step.courses, now, step.overdue), usual)
        case s.Escalate():
            return Envelope(step.to, "escalation", _courses(state, step.courses, now, overdue=True), usual)
        case s.AskDecision():
            about = _courses(state, (step.course,) if step.course else (), now)
            options = tuple(str(option) for option in step.options)
            asking = about.model_copy(update={"question": step.question, "options": options})
            return Envelope(step.to, "decision_needed", asking, usual)
        case s.Notify(event="certificate"):
            mail_first = (*_BY_MAIL, *(c for c in usual if c not in _BY_MAIL))
            return Envelope("hire", step.event, _notice(state, step, now), mail_first, step.attachment)
        case s.Notify():
            return Envelope("hire", step.event, _notice(state, step, now), usual)


def _base(state: State) -> About:
    return About(employee_id=state.hire.employee_id, tz=state.hire.tz)


def _courses(state: State, courses: Iterable[str], now: datetime, overdue: bool = False) -> About:  # noqa: FBT001, FBT002
    tracks = [state.tracks[c] for c in courses if c in state.tracks]
    due = min((t.deadline for t in tracks if t.deadline is not None), default=None)
    return _base(state).model_copy(
        update={
            "courses": tuple(t.course.title for t in tracks),
            "due": due,
            "days_left": None if due is None else _days_left(state, due, now),
            "overdue": overdue,
        }
    )


def _days_left(state: State, due: datetime, now: datetime) -> int:
    """Days until the last day on which it is in time; a deadline is the midnight after that day."""
    last_day = local_date(due - timedelta(microseconds=1), state.hire.tz)
    return max(0, (last_day - local_date(now, state.hire.tz)).days)


def _notice(state: State, step: s.Notify, now: datetime) -> About:
    match step.event:
        case "gate_opened" | "gate_shut" | "certificate":
            return _base(state).model_copy(update={"stage": _stage(state, step.subject)})
        case "result_failed":
            track = state.tracks[step.subject]
            about = _courses(state, (step.subject,), now)
            return about.model_copy(update={"retake_from": track.exam_from})
        case "adjustment":
            return _adjustment(state, step.subject)
        case "appeal_decided":
            appeal = state.appeals[step.subject]
            about = _courses(state, (appeal.opened.course,), now)
            return about.model_copy(update={"upheld": appeal.upheld})
        case _:
            return _courses(state, (t.course.id for t in state.tracks.values() if t.is_open), now)


def _stage(state: State, stage_id: str) -> Text:
    known = {stage.id: stage.title for stage in state.policy.stages}
    return known.get(stage_id, Text(zh=stage_id))


def _adjustment(state: State, effect: str) -> About:
    step, pay, appeal = state.effects[effect].step, state.policy.pay, state.policy.decisions.appeal
    titles = {rule.id: rule.title for rule in pay.rules} if pay else {}
    lines = step.lines if isinstance(step, s.Settle) else ()
    told = tuple(
        PayAbout(
            title=titles.get(line.rule, Text(zh=line.rule)),
            period=line.period,
            percent=line.percent,
            factor=line.factor,
            score=line.why.args.get("score"),
        )
        for line in lines
    )
    days = appeal.within.days if appeal else None
    return _base(state).model_copy(update={"pay": told, "appeal_days": days})
