"""The facts each message may name: one table, made from what the workflow knows and who reads it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from lockstep.core.base import Lang, Text
from lockstep.core.words import term
from lockstep.core.zones import zone
from lockstep.ports import About, Misconfigured, PayAbout, Person

# a line break in a name or title would end a subject, or begin another line of an SMS
Line = Annotated[str, AfterValidator(lambda text: " ".join(text.split()))]
Filled = Annotated[Line, Field(min_length=1)]
Lines = Annotated[tuple[Filled, ...], Field(min_length=1)]


class Facts(BaseModel):
    """What every message may name: `name` is who reads it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Filled


class PayLine(BaseModel):
    """One adjustment. `percent` of the monthly salary has no sign; `adverse`: it is against the hire."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Filled
    period: Filled
    percent: str
    adverse: bool
    factor: str
    score: str


class _Courses(Facts):
    courses: Lines
    count: int
    due: str


class Reminder(_Courses):
    """`days_left` until the earliest deadline, None when there is none."""

    days_left: int | None


class _Stage(Facts):
    stage: Filled


class _Staff(Facts):
    hire_name: Filled
    employee_id: Filled


class Welcome(_Courses):
    """Begin. There may be nothing to learn: all of it credited."""

    courses: tuple[Filled, ...]


class Escalation(_Staff, _Courses):
    """A hire's courses are overdue; `name` is the manager or the role."""


class DecisionNeeded(_Staff):
    """`question_id` is what the answer refers to, `question` its words."""

    question_id: Filled
    question: Filled
    options: Lines
    courses: tuple[Filled, ...]


class ResultFailed(Facts):
    """`retake_from` is a local date and time, "" when the exam may be sat at once."""

    course: Filled
    retake_from: str


class Adjustment(Facts):
    """Posted pay adjustments and how long they may be disputed (None: ask HR)."""

    pay: Annotated[tuple[PayLine, ...], Field(min_length=1)]
    appeal_days: int | None


class AppealDecided(Facts):
    """The course is "" when the hire's plan no longer has it."""

    course: Line
    upheld: bool


class Left(Facts):
    """The last message."""


FACTS: Mapping[str, type[Facts]] = MappingProxyType(
    {
        "welcome": Welcome,
        "reminder": Reminder,
        "overdue": _Courses,
        "escalation": Escalation,
        "decision_needed": DecisionNeeded,
        "gate_opened": _Stage,
        "gate_shut": _Stage,
        "certificate": _Stage,
        "result_failed": ResultFailed,
        "adjustment": Adjustment,
        "appeal_decided": AppealDecided,
        "left": Left,
    }
)
"""Everything we ever say, and the facts it may be said with."""

_QUESTIONS = {
    "exhausted": Text(
        zh="考试机会已用完，下一步怎么办？", en="All attempts at the exam are used: what next?"
    ),
    "probation": Text(
        zh="试用期将满，仍有环节未放行，怎么办？",
        en="Probation is ending and a gate is still shut: what next?",
    ),
    "deduction": Text(zh="是否批准这笔工资扣减？", en="May this wage deduction be booked?"),
}
_TICK = timedelta(microseconds=1)


def facts_of(event: str, about: About, lang: Lang, *, reader: Person, hire: Person) -> Facts:
    """The facts of a message in the reader's language and the hire's zone. Raises Misconfigured."""
    model = FACTS.get(event)
    if model is None:
        raise Misconfigured(f"no message is called {event!r}: there are {', '.join(FACTS)}")
    known = _everything(about, lang, reader, hire)
    try:
        return model.model_validate({name: known[name] for name in model.model_fields})
    except ValidationError as error:
        # without the values: they are personal
        wrong = ", ".join(
            f"{'.'.join(map(str, e['loc']))} ({e['msg']})" for e in error.errors(include_input=False)
        )
        raise Misconfigured(f"message {event} about {about.employee_id}: {wrong}") from None


def _everything(about: About, lang: Lang, reader: Person, hire: Person) -> Mapping[str, object]:
    courses = [course.to(lang) for course in about.courses]
    return {
        "name": reader.name,
        "hire_name": hire.name,
        "employee_id": about.employee_id,
        "courses": courses,
        "course": courses[0] if courses else "",
        "count": len(courses),
        # a deadline is the end of its day
        "due": "" if about.due is None else _day(about.due - _TICK, about.tz, lang),
        "days_left": about.days_left,
        "stage": about.stage.to(lang) if about.stage else "",
        "retake_from": "" if about.retake_from is None else _moment(about.retake_from, about.tz, lang),
        "question_id": about.question,
        "question": _question(about.question, lang),
        "options": [term(option, lang) for option in about.options],
        "pay": [_pay_line(line, lang) for line in about.pay],
        "appeal_days": about.appeal_days,
        "upheld": about.upheld,
    }


def _question(question: str, lang: Lang) -> str:
    words = _QUESTIONS.get(question.partition("/")[0])
    return words.to(lang) if words else question


def _pay_line(line: PayAbout, lang: Lang) -> PayLine:
    return PayLine(
        title=line.title.to(lang),
        period=line.period,
        percent=_plain(abs(line.percent)),
        adverse=line.percent < 0,
        factor="" if line.factor is None else _plain(line.factor),
        score="" if line.score is None else _plain(line.score),
    )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _day(at: datetime, tz: str, lang: Lang) -> str:
    local = at.astimezone(zone(tz))
    return f"{local.month}月{local.day}日" if lang is Lang.ZH else f"{local:%Y-%m-%d}"


def _moment(at: datetime, tz: str, lang: Lang) -> str:
    return f"{_day(at, tz, lang)} {at.astimezone(zone(tz)):%H:%M}"
