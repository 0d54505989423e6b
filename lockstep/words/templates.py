"""Templates to words: one folder per event, one file per channel and language, no logic beyond if and for."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lockstep.core.base import Lang, Text
from lockstep.core.words import term
from lockstep.core.zones import zone
from lockstep.ports import About, Misconfigured, PayAbout, Person

EVENTS = (
    "welcome",
    "reminder",
    "overdue",
    "escalation",
    "decision_needed",
    "gate_opened",
    "gate_shut",
    "certificate",
    "result_failed",
    "adjustment",
    "appeal_decided",
)
"""Everything we ever say; each has a template for every channel and language."""

_SUBJECT = "Subject: "
_COMMA = {Lang.ZH: "、", Lang.EN: ", "}
_NOTHING = Text(zh="")


class Templates:
    """`ports.Words` on the folder templates/messages."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "messages"
        # text for phones and mail, not HTML: escaping would put &amp; into people's messages
        self._jinja = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self._folder), undefined=StrictUndefined, autoescape=False
        )

    def compose(  # noqa: PLR0913 - the port's
        self, event: str, channel: str, lang: Lang, about: About, *, reader: Person, hire: Person
    ) -> tuple[str, str]:
        """Subject ("" where the channel has none) and body. Raises Misconfigured naming what is missing."""
        name = _file(event, channel, lang)
        try:
            text = self._jinja.get_template(name).render(facts(about, lang, reader, hire))
        except TemplateError as error:
            raise Misconfigured(
                f"templates/messages/{name}: {type(error).__name__}: {error.message}"
            ) from error
        return _split(text.strip())

    def missing(self, events: Iterable[str], channels: Iterable[str]) -> list[str]:
        """The template files that should be there and are not."""
        wanted = [_file(event, channel, lang) for event in events for channel in channels for lang in Lang]
        return [name for name in wanted if not (self._folder / name).is_file()]


def facts(about: About, lang: Lang, reader: Person, hire: Person) -> Mapping[str, object]:
    """What a template may name, in the reader's language and the hire's zone."""
    last_day = None if about.due is None else about.due - timedelta(microseconds=1)
    return {
        "reader_name": reader.name,
        "name": hire.name,
        "hire_name": hire.name,
        "employee_id": about.employee_id,
        "count": len(about.courses),
        "courses": [course.to(lang) for course in about.courses],
        "stage": (about.stage or _NOTHING).to(lang),
        "due": _local(last_day, about.tz, "%Y-%m-%d"),
        "days_left": about.days_left,
        "overdue": about.overdue,
        "retake_from": _local(about.retake_from, about.tz, "%Y-%m-%d %H:%M"),
        "pay": [_line(line, lang) for line in about.pay],
        "period": about.pay[0].period if about.pay else "",
        "question": about.question,
        "options": _COMMA[lang].join(term(option, lang) for option in about.options),
        "upheld": about.upheld,
        "appeal_days": about.appeal_days,
    }


def _line(line: PayAbout, lang: Lang) -> Mapping[str, object]:
    return {
        "title": line.title.to(lang),
        "percent": f"{line.percent.normalize():f}",
        "factor": "" if line.factor is None else str(line.factor),
        "score": "" if line.score is None else str(line.score),
    }


def _local(at: datetime | None, tz: str, form: str) -> str:
    return "" if at is None else at.astimezone(zone(tz)).strftime(form)


def _file(event: str, channel: str, lang: Lang) -> str:
    return f"{event}/{channel}.{lang}.j2"


def _split(text: str) -> tuple[str, str]:
    """A first line `Subject: ...` is the subject."""
    if not text.startswith(_SUBJECT):
        return "", text
    subject, _, body = text.partition("\n")
    return subject.removeprefix(_SUBJECT).strip(), body.strip()
