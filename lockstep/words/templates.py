"""Templates to words: one folder per event, one file per channel and language, no logic beyond if and for."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lockstep.core.base import Lang
from lockstep.ports import About, Misconfigured, Person
from lockstep.words import check
from lockstep.words.facts import FACTS, Facts, facts_of

EVENTS = tuple(FACTS)
"""Everything we ever say; each has a template for every channel and language."""

_SUBJECT = "Subject: "
_SHOWN = "templates/messages"


class Templates:
    """`ports.Words` on a folder that has `messages` in it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "messages"
        # words for phones and plain mail: escaping for HTML would put &amp; into people's messages
        self._jinja = ImmutableSandboxedEnvironment(
            loader=FileSystemLoader(self._folder), undefined=StrictUndefined, autoescape=False
        )
        self._jinja.globals.clear()

    def compose(  # noqa: PLR0913 - the port's
        self, event: str, channel: str, lang: Lang, about: About, *, reader: Person, hire: Person
    ) -> tuple[str, str]:
        """Subject ("" where the channel has none) and body. Raises Misconfigured naming what is missing."""
        return self.render(event, channel, lang, facts_of(event, about, lang, reader=reader, hire=hire))

    def render(self, event: str, channel: str, lang: Lang, facts: Facts) -> tuple[str, str]:
        """The same from facts. Raises Misconfigured."""
        name = self._file(event, channel, lang)
        if name is None:
            raise Misconfigured(_speechless(channel))
        try:
            text = self._jinja.get_template(name).render(dict(facts))
        except TemplateNotFound as error:
            raise Misconfigured(f"{_SHOWN}/{name} is missing: HR must write it") from error
        except TemplateError as error:
            raise Misconfigured(f"{_SHOWN}/{name}: {error.message}: HR must correct it") from error
        return _split(text.strip())

    def missing(self, events: Iterable[str], channels: Iterable[str]) -> list[str]:
        """The template files that should be there and are not."""
        names = self._files(events, channels)
        return sorted({name for name, _ in names if not (self._folder / name).is_file()})

    def problems(self, events: Iterable[str], channels: Iterable[str]) -> list[str]:
        """Everything wrong with the templates that are there, as "file: line n: sentence"."""
        found = []
        for name, event in sorted(set(self._files(events, channels))):
            path = self._folder / name
            if path.is_file():
                said = check.problems(path.read_text(encoding="utf-8"), FACTS[event])
                found += [f"{_SHOWN}/{name}: {sentence}" for sentence in said]
        return found

    def _files(self, events: Iterable[str], channels: Iterable[str]) -> Iterator[tuple[str, str]]:
        channels = list(channels)
        for event in events:
            for channel in channels:
                for lang in Lang:
                    yield self._file(event, channel, lang) or f"{event}/{channel}.{lang}.j2", event

    def _file(self, event: str, channel: str, lang: Lang) -> str | None:
        words = self._words.get(channel)
        return f"{event}/{words}.{lang}.j2" if words else None

    @cached_property
    def _words(self) -> Mapping[str, str]:
        path = self._folder / "channels.toml"
        try:
            return {name: str(words) for name, words in tomllib.loads(path.read_text("utf-8")).items()}
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise Misconfigured(f"{_SHOWN}/channels.toml cannot be read: {error}") from error


def _speechless(channel: str) -> str:
    return f"channel {channel!r} has no words: an operator must add it to {_SHOWN}/channels.toml"


def _split(text: str) -> tuple[str, str]:
    """A first line `Subject: ...` is the subject."""
    if not text.startswith(_SUBJECT):
        return "", text
    subject, _, body = text.partition("\n")
    return subject.removeprefix(_SUBJECT).strip(), body.strip()
