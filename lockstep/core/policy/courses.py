"""What is learned: courses, their exams, alternatives among them, and the stages they open."""

from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import Field

from lockstep.core.base import Frozen, Slug, Text
from lockstep.core.policy.parts import Deadline, Score, Span


class CourseKind(StrEnum):
    """Why the course is given: 入职, 安全, 技能, 专项, 不胜任 (the last is training after incompetence)."""

    ONBOARDING = "onboarding"
    SAFETY = "safety"
    SKILLS = "skills"
    SPECIAL = "special"
    INCOMPETENCE = "incompetence"


class ExamKind(StrEnum):
    """A question paper, or a branching scenario (情景模拟)."""

    QUIZ = "quiz"
    SCENARIO = "scenario"


class Relearn(StrEnum):
    """What a failed hire learns again before the retake."""

    WHOLE = "whole"
    FAILED_SECTIONS = "failed_sections"
    NONE = "none"


class Exam(Frozen):
    """The rules of a course's exam. `attempts` counts all sittings; `wait` runs from the failed one."""

    kind: ExamKind = ExamKind.QUIZ
    bank: str
    questions: int = 20
    pass_mark: Score
    attempts: int | Literal["until_passed"] = "until_passed"
    wait: Span = timedelta(0)
    relearn: Relearn = Relearn.WHOLE
    time_limit: Span = timedelta(hours=1)


class Validity(Frozen):
    """How long a pass counts, and how long before its end the course is given again."""

    months: int
    recertify: Span


class CertificateSpec(Frozen):
    """The certificate a stage earns: its title and the folder under templates/certificates."""

    title: Text
    template: str = "standard"


class Course(Frozen):
    """One course. `content` is a folder under content/; `after` are the courses to be passed before it."""

    id: Slug
    title: Text
    content: str
    kind: CourseKind = CourseKind.ONBOARDING
    minutes: int = 60
    after: tuple[Slug, ...] = ()
    deadline: Deadline | None = None
    exam: Exam | None = None
    level: Slug | None = None
    hours: Decimal = Decimal(0)
    validity: Validity | None = None
    redo_after_absence: Span | None = None
    redo_on_transfer: bool = False
    credit_max_age: Span | None = None
    weight: Decimal = Decimal(1)


class Choice(Frozen):
    """Alternatives: passing `any_of` of the `courses` satisfies the choice."""

    id: Slug
    title: Text
    any_of: int
    courses: tuple[Slug, ...]


class Stage(Frozen):
    """A stage and its gate: it opens when every course or choice in `requires` is earned.

    `hours` are the training hours per level that must be on the ledger as well. Stages open in order.
    """

    id: Slug
    title: Text
    requires: tuple[Slug, ...]
    hours: dict[str, Decimal] = Field(default_factory=dict)
    certificate: CertificateSpec | None = None
