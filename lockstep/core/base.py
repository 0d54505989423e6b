"""The three small things every other core module is made of: Frozen, Text and Why."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError


class Frozen(BaseModel):
    """A value that never changes.

    Wire models ignore unknown fields, so an older worker reads a newer sender; strictness is applied
    where HR's file is read: `Policy.model_validate(data, extra="forbid")`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")


class Request(Frozen):
    """Something a person or system outside asks of us: an unreadable one is refused in a sentence."""


class Lang(StrEnum):
    """A language we speak to people in (BCP 47 primary tag)."""

    ZH = "zh"
    EN = "en"


class Text(Frozen):
    """A phrase in Chinese with English beside it; English falls back to the Chinese."""

    zh: str
    en: str = ""

    def to(self, lang: Lang) -> str:
        """The phrase in `lang`."""
        return self.en or self.zh if lang is Lang.EN else self.zh


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
"""A name HR gives to a course, stage or rule: lower-case letters, digits, underscore."""

EventId = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""The sender's id of a fact; the same id is the same fact, however often it is delivered."""

Short = Annotated[str, StringConstraints(max_length=200)]
"""A name or digest from outside. Bounded, for it is carried in every record from then on."""


_EARLIEST, _LATEST = date(2000, 1, 1), date(2200, 1, 1)

Day = Annotated[date, Field(ge=_EARLIEST, lt=_LATEST)]
"""A day somebody can mean: calculating with it never leaves the calendar."""

Instant = Annotated[
    AwareDatetime,
    Field(ge=datetime.combine(_EARLIEST, time(), UTC), lt=datetime.combine(_LATEST, time(), UTC)),
]
"""A point in time somebody can mean."""


class Why(Frozen):
    """The reason of a decision: the rule, the place in the policy, the facts it rests on.

    `rule` is a key of `lockstep.core.words`, which says it in Chinese or English with `args`.
    """

    rule: str
    policy_path: str = ""
    facts: tuple[str, ...] = ()
    args: dict[str, str] = Field(default_factory=dict)


_TOLD = 5


def sentence(error: ValidationError, names: Mapping[str, str] = MappingProxyType({})) -> str:
    """Which fields of a message are wrong, without their values: they may be personal.

    `names` are the sender's for our fields. Five problems at most: ten thousand wrong entries are one.
    """
    problems = error.errors(include_input=False, include_url=False)[:_TOLD]
    return "; ".join(f"{_place(e['loc'], names)}: {e['msg']}" for e in problems)


def _place(path: tuple[int | str, ...], names: Mapping[str, str]) -> str:
    return ".".join(names.get(str(part), str(part)) for part in path) or "input"
