"""What the facts amount to: tracks, gates, effects, pay. Derived, never stored; replaced, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from lockstep.core.base import Why
from lockstep.core.calendar import Away, Window, start_of
from lockstep.core.facts import Appealed, Decider, EffectOutcome, Left
from lockstep.core.hire import Hire
from lockstep.core.policy.courses import Course
from lockstep.core.policy.people import AppealRule
from lockstep.core.policy.policy import Policy, Snapshot
from lockstep.core.steps import AskDecision, Effect, MakePlan, PayLine


class Status(StrEnum):
    """Where a track stands. EARNED and RELEASED need nothing more."""

    LOCKED = "locked"
    LEARNING = "learning"
    EXAM = "exam"
    SITTING = "sitting"
    EXHAUSTED = "exhausted"
    EARNED = "earned"
    RELEASED = "released"


class EarnedBy(StrEnum):
    """How a course was earned."""

    PASS = "passed"  # noqa: S105 - not a password
    CREDIT = "credited"
    WAIVER = "waived"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sitting of an exam."""

    number: int
    fact: str
    opened_at: datetime | None = None
    graded_at: datetime | None = None
    score: Decimal | None = None
    passed: bool = False
    failed_sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """One course's progress inside the journey. `cycle` grows when the course is assigned again.

    `passed_at` is when it was really passed, here or before this journey; None for a waived or unearned one.
    """

    course: Course
    content_hash: str = ""
    status: Status = Status.LOCKED
    cycle: int = 0
    assigned_at: datetime | None = None
    deadline: datetime | None = None
    learned_at: datetime | None = None
    exam_from: datetime | None = None
    attempts: tuple[Attempt, ...] = ()
    granted: int = 0
    sections: tuple[str, ...] = ()
    earned_at: datetime | None = None
    earned_by: EarnedBy | None = None
    passed_at: datetime | None = None
    valid_until: datetime | None = None
    rungs: int = 0
    rests_on: tuple[str, ...] = ()

    def holds(self, at: datetime) -> bool:
        """Whether the course counts as earned at that instant."""
        return self.earned_at is not None and (self.valid_until is None or at < self.valid_until)

    @property
    def is_open(self) -> bool:
        """Whether the hire has something to do on it now."""
        return self.status in (Status.LEARNING, Status.EXAM, Status.SITTING)

    @property
    def is_unfinished(self) -> bool:
        """Whether it is assigned and not done: open, or out of attempts."""
        return self.is_open or self.status is Status.EXHAUSTED

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do on it."""
        return self.status in (Status.EARNED, Status.RELEASED)

    @property
    def is_renewing(self) -> bool:
        """Whether it is learned again while an earlier pass still counts."""
        return self.is_unfinished and self.earned_at is not None

    @property
    def attempts_allowed(self) -> int | None:
        """How many sittings there may be in all; None: until passed."""
        exam = self.course.exam
        return None if exam is None or exam.attempts == "until_passed" else exam.attempts + self.granted

    def resting_on(self, fact: str) -> "Track":
        """The same track, with one more fact it rests on."""
        return replace(self, rests_on=(*self.rests_on, fact))


@dataclass(frozen=True, slots=True)
class Refused:
    """A fact that did not count, and why (a key of `words`)."""

    fact: str
    kind: str
    problem: str
    args: Mapping[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class EffectState:
    """Something begun outside; `outcome` None: still under way."""

    step: Effect
    begun_at: datetime
    ended_at: datetime | None = None
    outcome: EffectOutcome | None = None
    ref: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Appeal:
    """An appeal and the rule it was made under; `upheld` None: under way."""

    opened: Appealed
    rule: AppealRule
    upheld: bool | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What a human was asked."""

    step: AskDecision
    asked_at: datetime
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Paid:
    """An adjustment that was set going; `reversed_by` names the counter-entry's effect.

    `courses` are those it rests on and `cutoff` its period's, by the policy of that time. `unfounded`: by all
    that is known now, it was not owed even then.
    """

    line: PayLine
    effect: str
    courses: tuple[str, ...]
    cutoff: datetime
    unfounded: bool = False
    reversed_by: str = ""
    stale: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """All of it at the instant `at` of the last fact."""

    hire: Hire
    at: datetime
    start: datetime
    post: str
    entity: str
    jurisdiction: str
    plan_wanted: MakePlan
    snapshot: Snapshot | None = None
    tracks: Mapping[str, Track] = field(default_factory=dict)
    leaves: Mapping[str, Away] = field(default_factory=dict)
    gates: Mapping[str, datetime] = field(default_factory=dict)
    openings: Mapping[str, int] = field(default_factory=dict)
    effects: Mapping[str, EffectState] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()
    reminded: tuple[datetime, ...] = ()
    signatures: Mapping[str, tuple[Decider, ...]] = field(default_factory=dict)
    appeals: Mapping[str, Appeal] = field(default_factory=dict)
    questions: Mapping[str, Question] = field(default_factory=dict)
    shelf: Mapping[str, datetime] = field(default_factory=dict)
    former: Mapping[str, Track] = field(default_factory=dict)
    paid: Mapping[str, Paid] = field(default_factory=dict)
    marked: str = ""
    marks: int = 0
    probation_ask_at: datetime | None = None
    left: Left | None = None
    ended: str = ""
    closed: str = ""

    @property
    def policy(self) -> Policy:
        """The pinned policy. Raises AssertionError before there is one."""
        assert self.snapshot is not None, "no plan yet"  # noqa: S101 - a broken invariant, not bad input
        return self.snapshot.policy

    @property
    def away(self) -> tuple[Away, ...]:
        """All leaves that stop the clocks."""
        return tuple(self.leaves.values()) if self.policy.leave.pauses else ()

    @property
    def window(self) -> Window:
        """When the hire may be disturbed."""
        hours = self.policy.voice.hours
        return Window(
            start=hours.start, end=hours.end, tz=self.hire.tz, working_days_only=hours.working_days_only
        )

    def course(self, name: str) -> Track | None:
        """The track of a course of this plan, or of an earlier one."""
        return self.tracks.get(name) or self.former.get(name)

    def with_track(self, track: Track) -> "State":
        """The same state with one track replaced."""
        return replace(self, tracks={**self.tracks, track.course.id: track})


def initial(hire: Hire, at: datetime) -> State:
    """The state of a hire about whom nothing is known but the contract."""
    wanted = MakePlan(key="plan/0", why=Why(rule="plan_for_hire"), cause="hired", since=at)
    return State(
        hire=hire,
        at=at,
        start=start_of(hire.first_day, hire.tz),
        post=hire.post,
        entity=hire.entity,
        jurisdiction=hire.jurisdiction,
        plan_wanted=wanted,
    )
