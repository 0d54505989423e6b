"""The words other systems speak to a hire's workflow in. Plain JSON; unknown fields are ignored.

Signals are facts (past tense, `event_id` makes them happen once, `occurred_at` says when, default now).
Updates are requests that need an answer. Queries are nouns. docs/integrating.md shows each as JSON.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AwareDatetime, Field, ValidationError

from lockstep.core import facts as f
from lockstep.core.base import EventId, Frozen, Lang, Request, Short, Slug, sentence
from lockstep.core.hire import Hire, Name
from lockstep.core.journey import Record
from lockstep.core.policy.parts import Assurance
from lockstep.core.policy.people import Outcome

SIGNALS: Mapping[str, type[f.Fact]] = {
    "course_completed": f.CourseCompleted,
    "exam_graded": f.ExamGraded,
    "leave_started": f.LeaveStarted,
    "leave_ended": f.LeaveEnded,
    "employee_transferred": f.Transferred,
    "employee_left": f.Left,
    "salary_changed": f.SalaryChanged,
}
"""The facts other systems send, beside `hired`, which starts it all."""


class Carried(Frozen):
    """The workflow's own input when it continues as new; other systems send none."""

    record: Record | None = None
    continue_after_events: int | None = None


class Hired(Hire):
    """The signal `hired`: somebody signed. The employee's name and addresses are not part of it."""

    event_id: EventId = "hired"


class Summary(Frozen):
    """The workflow's result."""

    employee_id: str
    outcome: str
    gates: dict[str, datetime]
    policy_hash: str


class OpenExam(Request):
    """Update `open_exam`."""

    course: Short
    assurance: Assurance = Assurance.NONE


class Sitting(Frozen):
    """A sitting that has begun."""

    course: str
    attempt: int
    expires_at: datetime


class SubmitExam(Request):
    """Update `submit_exam`: the graded result of the sitting that is open; `score` out of 100."""

    course: Short
    attempt: int
    score: Annotated[Decimal, Field(ge=0, le=100)]
    failed_sections: f.Sections = ()
    paper_digest: Short = ""


class Result(Frozen):
    """What a graded sitting amounts to."""

    course: str
    attempt: int
    passed: bool
    status: str
    attempts_left: int | None
    retake_from: datetime | None = None


class Decision(Request):
    """What the updates of deciders have in common: who, in which role, why."""

    by: Name
    role: Slug
    reason: Annotated[str, Field(min_length=1, max_length=2000)]

    @property
    def decider(self) -> f.Decider:
        """Who decides."""
        return f.Decider(id=self.by, role=self.role)


class Waive(Decision):
    """Update `waive`: one signature under a waiver (豁免)."""

    course: Short
    evidence: Annotated[str, Field(max_length=2000)] = ""


class GrantAttempt(Decision):
    """Update `grant_attempt`: one signature under an extra attempt (加考)."""

    course: Short


class Signed(Frozen):
    """A signature was taken; `effective` False: another person has to sign as well."""

    effective: bool
    signatures: int


class Appeal(Request):
    """Update `appeal`: the hire disputes a course's result or its consequence (申诉)."""

    appeal: Name
    course: Short
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


class AppealTaken(Frozen):
    """The appeal is under way; `answer_by` is when HR owes an answer."""

    appeal: str
    answer_by: datetime


class DecideAppeal(Decision):
    """Update `decide_appeal`: one signature; an upheld appeal may carry the corrected score."""

    appeal: Name
    upheld: bool
    score: Annotated[Decimal, Field(ge=0, le=100)] | None = None


class Decide(Decision):
    """Update `decide`: the answer to a question the workflow put to a human."""

    question: Short
    outcome: Outcome
    until: date | None = None


class EnterStage(Request):
    """Update `enter_stage`: may the hire go on? Refused with the reason while the lock is shut."""

    stage: Short


class Entered(Frozen):
    """The gate is open."""

    stage: str
    open_since: datetime


class AdoptPolicy(Request):
    """Update `adopt_policy`: put the hire under another (version of a) policy.

    With `preview` nothing changes and the difference comes back. A change that would shut an open gate
    needs `acknowledged`.
    """

    policy: Short
    by: Name
    preview: bool = False
    acknowledged: bool = False


class Explain(Request):
    """The query `explanation`'s input."""

    lang: Lang = Lang.ZH


class UnreadableError(ValueError):
    """A message we cannot use; the text says which field is wrong."""


_NAMES = {"id": "event_id", "at": "occurred_at"}


def fact_from(signal: str, payload: object, *, earliest: datetime, now: datetime) -> f.Known:
    """The fact a signal states; `occurred_at` is held in [`earliest`, `now`]. Raises UnreadableError."""
    if not isinstance(payload, Mapping):
        raise UnreadableError(f"{signal} takes one JSON object")
    if "event_id" not in payload:
        raise UnreadableError(f"{signal} needs event_id: the sender's id of this event")
    fields = {k: v for k, v in payload.items() if k not in ("id", "at", "kind")}
    try:
        at = _When.model_validate({"at": fields.pop("occurred_at", None) or now}).at
        stated = {**fields, "id": fields.pop("event_id"), "at": min(max(at, earliest), now)}
        fact: Any = SIGNALS[signal].model_validate(stated)
    except ValidationError as error:
        raise UnreadableError(f"{signal}: {sentence(error, _NAMES)}") from error
    return fact  # type: ignore[no-any-return]  # SIGNALS holds members of Known only


class _When(Frozen):
    at: AwareDatetime
