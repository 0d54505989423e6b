"""A policy (制度): which hires it is for, and everything that happens to them."""

from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from pydantic import Field

from lockstep.core.base import Frozen, Slug, Text
from lockstep.core.calendar import Calendar
from lockstep.core.policy.courses import Choice, Course, Stage
from lockstep.core.policy.parts import Span
from lockstep.core.policy.pay import AttendanceRules, Pay
from lockstep.core.policy.people import (
    Decisions,
    Ending,
    Identity,
    Leave,
    Probation,
    Reminders,
    Rung,
    Voice,
)


class Risk(StrEnum):
    """Which statutory training hours apply (生产经营单位安全培训规定 13): none, general 24, high-risk 72."""

    NONE = "none"
    GENERAL = "general"
    HIGH_RISK = "high_risk"

    @property
    def hours(self) -> Decimal:
        """Least hours of safety training before duty."""
        return {Risk.NONE: Decimal(0), Risk.GENERAL: Decimal(24), Risk.HIGH_RISK: Decimal(72)}[self]


class Selects(Frozen):
    """Which hires the policy is for; "*" is any. The highest priority wins, two equals are an error."""

    posts: tuple[str, ...]
    entities: tuple[str, ...] = ("*",)
    employment_types: tuple[str, ...] = ("*",)
    jurisdictions: tuple[str, ...] = ("*",)
    priority: int = 0


class Policy(Frozen):
    """The whole of one YAML file."""

    id: Slug
    version: str
    title: Text
    selects: Selects
    calendar: str = "CN"
    voice: Voice = Voice()
    risk: Risk = Risk.NONE
    stages: tuple[Stage, ...]
    courses: tuple[Course, ...]
    choices: tuple[Choice, ...] = ()
    reminders: Reminders | None = None
    escalation: tuple[Rung, ...] = ()
    leave: Leave = Leave()
    credit_max_age: Span | None = None
    decisions: Decisions = Decisions()
    identity: Identity = Identity()
    pay: Pay | None = None
    attendance: AttendanceRules = AttendanceRules()
    exhausted: Ending | None = None
    probation: Probation | None = None

    @cached_property
    def course_by_id(self) -> dict[str, Course]:
        """The courses by their ids."""
        return {course.id: course for course in self.courses}

    @cached_property
    def choice_by_id(self) -> dict[str, Choice]:
        """The choices by their ids."""
        return {choice.id: choice for choice in self.choices}


class Snapshot(Frozen):
    """A policy as it is pinned to a hire: with its hash, its content's hashes and the calendar.

    `hash` is SHA-256 over the canonical JSON of the policy and its content hashes; `lines` maps a path
    such as "courses.culture.deadline" to the line of the YAML file `file`, so that a reason can cite it.
    """

    policy: Policy
    hash: str
    content: dict[str, str] = Field(default_factory=dict)
    file: str = ""
    lines: dict[str, int] = Field(default_factory=dict)
    calendar: Calendar
