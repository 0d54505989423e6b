"""What to do next: small frozen values, each with the reason for it.

Step
├── WaitUntil                     nothing to do before `at`
└── Action
    ├── GateStep                  the process lock of a stage opens or shuts
    ├── ExpireAttempt, Reopen     time itself changed something
    ├── Effect                    something outside is to be done, beside the journey
    │   ├── MakePlan              choose the policy, pin it
    │   ├── Remind, Escalate, AskDecision, Notify       messages
    │   ├── IssueCertificate, FileRecord                 papers
    │   └── MarkAttendance, Settle, Reverse              consequences
    └── Close                     the journey is over
"""

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import AwareDatetime

from lockstep.core.base import Frozen, Why
from lockstep.core.policy.pay import PayKind
from lockstep.core.policy.people import Outcome


class WaitUntil(Frozen):
    """Sleep until `at` (None: until something happens)."""

    at: AwareDatetime | None
    why: Why


class GateStep(Frozen):
    """Open or shut a stage's gate."""

    stage: str
    opens: bool
    why: Why


class ExpireAttempt(Frozen):
    """Close a sitting whose time ran out."""

    course: str
    attempt: int
    why: Why


class Reopen(Frozen):
    """Assign a course again."""

    course: str
    cause: Literal["recertify", "waiver_ended"]
    why: Why


class Close(Frozen):
    """End the journey."""

    reason: str
    why: Why


class _Effect(Frozen):
    """Something to do outside. `key` is unique in the journey and makes the effect happen once."""

    key: str
    why: Why


class MakePlan(_Effect):
    """Choose the policy for the post and pin it, as of `since`: facts that arrive meanwhile fall under it."""

    kind: Literal["make_plan"] = "make_plan"
    cause: Literal["hired", "transferred"]
    since: AwareDatetime


class Remind(_Effect):
    """One digest of what is open. `days_left` is None when nothing has a deadline."""

    kind: Literal["remind"] = "remind"
    round: int
    courses: tuple[str, ...]
    due: AwareDatetime | None = None
    overdue: bool = False


class Escalate(_Effect):
    """Tell `to` (manager or a role) that these courses are overdue."""

    kind: Literal["escalate"] = "escalate"
    rung: int
    to: str
    courses: tuple[str, ...]


class AskDecision(_Effect):
    """Put a question to a role; the answer comes by the update `decide`."""

    kind: Literal["ask_decision"] = "ask_decision"
    question: str
    to: str
    options: tuple[Outcome, ...]
    course: str = ""


class Notify(_Effect):
    """Tell the hire something once: welcome, gate_opened, gate_shut, certificate, result_failed, ..."""

    kind: Literal["notify"] = "notify"
    event: str
    subject: str = ""
    attachment: str = ""


class IssueCertificate(_Effect):
    """Render and file the certificate of a stage."""

    kind: Literal["issue_certificate"] = "issue_certificate"
    stage: str
    opening: int


class FileRecord(_Effect):
    """File the whole training record in the archive (员工电子档案)."""

    kind: Literal["file_record"] = "file_record"


class MarkAttendance(_Effect):
    """Put a mark on a day: abnormal, normal or qualified."""

    kind: Literal["mark_attendance"] = "mark_attendance"
    mark: Literal["abnormal", "normal", "qualified"]
    day: date


class PayLine(Frozen):
    """One adjustment to book. `key` is period/rule[/course]; `part` (i, n) is the i-th of n equal shares.

    `percent` is of the monthly salary, in percentage points, signed: minus is against the employee.
    """

    key: str
    period: str
    rule: str
    kind: PayKind
    course: str = ""
    percent: Decimal = Decimal(0)
    part: tuple[int, int] = (0, 1)
    factor: Decimal | None = None
    revision: int = 0
    why: Why


class Settle(_Effect):
    """Book these lines, replacing an earlier revision where there is one."""

    kind: Literal["settle"] = "settle"
    period: str
    lines: tuple[PayLine, ...]


class Reverse(_Effect):
    """Book the counter-entry of a line."""

    kind: Literal["reverse"] = "reverse"
    line: PayLine


Effect = (
    MakePlan
    | Remind
    | Escalate
    | AskDecision
    | Notify
    | IssueCertificate
    | FileRecord
    | MarkAttendance
    | Settle
    | Reverse
)
Action = GateStep | ExpireAttempt | Reopen | Close | Effect
Step = WaitUntil | Action
