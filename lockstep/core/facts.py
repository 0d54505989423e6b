"""What has happened: the only input of a journey. The same facts always make the same journey.

`at` is when it happened (aware, UTC); facts are folded in the order of `at`, however they arrive.
Facts from people and other systems come first below, then those the machine records about itself.
"""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from lockstep.core.base import Day, EventId, Frozen, Instant, Short, Slug
from lockstep.core.hire import Name
from lockstep.core.policy.parts import Assurance
from lockstep.core.policy.people import Outcome
from lockstep.core.policy.policy import Snapshot
from lockstep.core.steps import Effect, GateStep

Sections = Annotated[tuple[Short, ...], Field(max_length=100)]
"""The failed sections of an exam."""


class Fact(Frozen):
    """Base of all facts. The same id is the same fact."""

    id: EventId
    at: Instant


class Decider(Frozen):
    """Who decided, in which role (hr, safety_officer, ...)."""

    id: Name
    role: Slug


class CourseCompleted(Fact):
    """A course was learned to its end (again, after a failed exam)."""

    kind: Literal["course_completed"] = "course_completed"
    course: Short
    content_hash: Short = ""


class ExamOpened(Fact):
    """A sitting began; its paper is drawn and its clock runs."""

    kind: Literal["exam_opened"] = "exam_opened"
    course: str
    assurance: Assurance = Assurance.NONE


class ExamGraded(Fact):
    """A sitting was graded, `score` out of 100. `attempt` None: another system held it."""

    kind: Literal["exam_graded"] = "exam_graded"
    course: Short
    score: Annotated[Decimal, Field(ge=0, le=100)]
    attempt: int | None = None
    failed_sections: Sections = ()
    paper_digest: Short = ""


class LeaveStarted(Fact):
    """The hire went on leave; the local day of `at` is the first one away."""

    kind: Literal["leave_started"] = "leave_started"
    leave: Short = "leave"


class LeaveEnded(Fact):
    """The hire is back; the local day of `at` is the first one at work."""

    kind: Literal["leave_ended"] = "leave_ended"
    leave: Short = "leave"


class Transferred(Fact):
    """The hire moved to another post (and perhaps another legal entity)."""

    kind: Literal["transferred"] = "transferred"
    post: Name
    entity: Name | None = None
    jurisdiction: Name | None = None


class Departure(StrEnum):
    """Why somebody left, as far as we need to know."""

    RESIGNED = "resigned"
    NO_SHOW = "no_show"
    ENDED = "ended"
    OTHER = "other"


class Left(Fact):
    """The employment ended."""

    kind: Literal["left"] = "left"
    reason: Departure = Departure.OTHER


class SalaryChanged(Fact):
    """A new salary is on record from a day on. The amount stays in the personnel store."""

    kind: Literal["salary_changed"] = "salary_changed"
    effective_from: Day


class Waived(Fact):
    """One person's signature under a waiver (豁免) of a course."""

    kind: Literal["waived"] = "waived"
    course: str
    by: Decider
    reason: str
    evidence: str = ""


class AttemptGranted(Fact):
    """One person's signature under an extra attempt (加考)."""

    kind: Literal["attempt_granted"] = "attempt_granted"
    course: str
    by: Decider
    reason: str


class Appealed(Fact):
    """The hire disputes a course's result or its consequence (申诉)."""

    kind: Literal["appealed"] = "appealed"
    appeal: str
    course: str
    reason: str


class AppealDecided(Fact):
    """One person's signature under an appeal's decision. `score` supersedes the disputed one if upheld."""

    kind: Literal["appeal_decided"] = "appeal_decided"
    appeal: str
    upheld: bool
    by: Decider
    reason: str
    score: Annotated[Decimal, Field(ge=0, le=100)] | None = None


class Decided(Fact):
    """A human's answer to a question the policy put to them."""

    kind: Literal["decided"] = "decided"
    question: str
    outcome: Outcome
    by: Decider
    reason: str
    until: Day | None = None


class PlanCause(StrEnum):
    """Why a plan was made."""

    HIRED = "hired"
    TRANSFERRED = "transferred"
    ADOPTED = "adopted"


class PlanMade(Fact):
    """A policy was pinned to the hire. `credits` are passes of earlier employments that may count."""

    kind: Literal["plan_made"] = "plan_made"
    cause: PlanCause
    snapshot: Snapshot
    credits: tuple["Credit", ...] = ()


class Credit(Frozen):
    """A pass of the same content before this journey."""

    content_hash: str
    passed_at: Instant


class AttemptExpired(Fact):
    """The time limit of a sitting ran out with nothing handed in."""

    kind: Literal["attempt_expired"] = "attempt_expired"
    course: str
    attempt: int


class Reopened(Fact):
    """A course is to be earned again: it is about to lapse, or a waiver ended."""

    kind: Literal["reopened"] = "reopened"
    course: str
    cause: Literal["recertify", "waiver_ended"]


class GateMoved(Fact):
    """The process lock of a stage opened or shut."""

    kind: Literal["gate_moved"] = "gate_moved"
    step: GateStep


class EffectBegun(Fact):
    """We set out to do something outside."""

    kind: Literal["effect_begun"] = "effect_begun"
    step: Annotated[Effect, Field(discriminator="kind")]


class EffectOutcome(StrEnum):
    """How an effect ended. UNKNOWN needs a human: it may have happened."""

    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    EXPIRED = "expired"


class EffectEnded(Fact):
    """What became of it. `ref` is the neighbour's or the archive's reference."""

    kind: Literal["effect_ended"] = "effect_ended"
    key: str
    outcome: EffectOutcome
    ref: str = ""
    detail: str = ""


class Disregarded(Fact):
    """A message we could not use: an id seen before with other content, or an unreadable payload."""

    kind: Literal["disregarded"] = "disregarded"
    about: str
    problem: str


class Closed(Fact):
    """The journey is over."""

    kind: Literal["closed"] = "closed"
    reason: str


Known = (
    CourseCompleted
    | ExamOpened
    | ExamGraded
    | LeaveStarted
    | LeaveEnded
    | Transferred
    | Left
    | SalaryChanged
    | Waived
    | AttemptGranted
    | Appealed
    | AppealDecided
    | Decided
    | PlanMade
    | AttemptExpired
    | Reopened
    | GateMoved
    | EffectBegun
    | EffectEnded
    | Disregarded
    | Closed
)
AnyFact = Annotated[Known, Field(discriminator="kind")]
