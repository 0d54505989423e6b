"""What activities ask of the outside: one Protocol a neighbour, and the three errors an adapter may raise.

PortError
├── Rejected        the neighbour said no, and would say no again: never retried
├── Unavailable     it may work later: retried, not before `retry_after` seconds
└── Misconfigured   we are set up wrongly: retried slowly, an operator must act
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from lockstep.core.base import Frozen, Lang, Text
from lockstep.core.facts import Credit
from lockstep.core.policy.policy import Snapshot


class PortError(Exception):
    """Base of what an adapter may raise. The text never contains a secret, phone, mail or name.

    `zh` is the same sentence in Chinese, for those that people at a terminal come to read.
    """

    def __init__(self, text: str, *, zh: str = "") -> None:
        super().__init__(text)
        self.zh = zh or text


class Rejected(PortError):  # noqa: N818 - an answer, not a bug
    """The neighbour refuses this request for good."""


class Unavailable(PortError):  # noqa: N818 - an answer, not a bug
    """The neighbour cannot answer now; `retry_after` is in seconds, None when it did not say."""

    def __init__(self, text: str, retry_after: float | None = None, *, zh: str = "") -> None:
        super().__init__(text, zh=zh)
        self.retry_after = retry_after


class Misconfigured(PortError):  # noqa: N818 - an answer, not a bug
    """A setting or a record of ours is missing or wrong; the text says who must do what."""


class Person(Frozen):
    """Personal data of one employee. Lives in the store only: never in a payload, id or log."""

    employee_id: str
    name: str
    language: Lang = Lang.ZH
    phone: str = ""
    email: str = ""
    wecom_id: str = ""
    manager_id: str = ""


class Salary(Frozen):
    """A monthly salary in fen from a day on."""

    employee_id: str
    effective_from: date
    monthly_fen: int


class People(Protocol):
    """The personnel records: who someone is, how to reach them, what they earn."""

    def person(self, employee_id: str) -> Person:
        """Raises Misconfigured when nobody imported that employee."""

    def role(self, entity: str, role: str) -> Person:
        """Who holds `role` ("hr", "safety_officer", ...) in a legal entity. Raises Misconfigured."""

    def salaries(self, employee_id: str) -> Sequence[Salary]:
        """All salaries, oldest first; empty when unknown."""

    def minimum_wage(self, entity: str, day: date) -> int | None:
        """The local minimum wage of a legal entity on a day, in fen a month; None when HR gave none."""


class Attachment(Frozen):
    """A file that goes with a message."""

    filename: str
    media_type: str
    archive_ref: str


class Letter(Frozen):
    """One message to one person by one channel, already in words."""

    employee_id: str
    address: str
    subject: str = ""
    body: str
    attachments: tuple[Attachment, ...] = ()


class SendState(StrEnum):
    """What is known of a send. UNKNOWN: it may or may not have gone; a human looks, we do not repeat it."""

    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Receipt(Frozen):
    """What the neighbour answered to a send: kept as evidence."""

    state: SendState
    channel: str
    provider_id: str = ""
    detail: str = ""
    at: datetime


class Channel(Protocol):
    """A way to reach a person. `name` is what policies write under `channels`."""

    name: str

    def address(self, person: Person) -> str:
        """The person's address on this channel, "" when they have none."""

    def send(self, letter: Letter, *, dedup_key: str, at: datetime) -> Receipt:
        """Send once. Raises Rejected, Unavailable or Misconfigured; anything else means unknown."""

    def find(self, dedup_key: str) -> Receipt | None:
        """The receipt of an earlier send with that key if the neighbour can tell, else None."""


class Component(StrEnum):
    """What an adjustment is to payroll."""

    ALLOWANCE = "training_allowance"
    AWARD = "excellence_award"
    FORFEITURE = "bonus_forfeiture"
    DEDUCTION = "wage_deduction"
    FACTOR = "commission_factor"


class Adjustment(Frozen):
    """One line for payroll. `amount_fen` is signed, in fen: positive is paid to the employee.

    `for_period` is the month it is about, "2026-12"; the ledger books it in the first open period
    that is not earlier. `factor` is set for FACTOR only (then the amount is 0).
    """

    key: str
    employee_id: str
    entity: str
    for_period: str
    rule: str
    component: Component
    amount_fen: int
    currency: str = "CNY"
    factor: Decimal | None = None
    basis: str
    effective: date


class Posted(Frozen):
    """A booked ledger entry."""

    entry_id: str
    booked_period: str
    replayed: bool = False


class Conflict(Rejected):
    """The same key was used before with other content."""


class Payroll(Protocol):
    """Where adjustments go. Same key and content = replayed; same key, other content = Conflict."""

    def post(self, adjustment: Adjustment) -> Posted:
        """Book it once."""

    def reverse(self, key: str, *, reversal_key: str, reason: str, effective: date) -> Posted:
        """Book the counter-entry of `key`. A second reversal with another key is Rejected."""

    def by_key(self, key: str) -> Adjustment | None:
        """What was booked under a key."""

    def close(self, entity: str, period: str) -> str:
        """Close a period; returns the SHA-256 of its entries. Closing twice returns the same digest."""


class MarkKind(StrEnum):
    """考勤标记: 异常, 正常, 培训合格."""

    ABNORMAL = "abnormal"
    NORMAL = "normal"
    QUALIFIED = "qualified"


class AttendanceMark(Frozen):
    """A mark on one day of one employee."""

    key: str
    employee_id: str
    entity: str
    day: date
    mark: MarkKind
    reason: str


class Attendance(Protocol):
    """Where attendance marks go; idempotent by key like Payroll."""

    def mark(self, mark: AttendanceMark) -> bool:
        """Record it; True when it was already there. Raises Conflict."""


class Filed(Frozen):
    """A file in the archive: `ref` is "sha256:<hex>"."""

    ref: str
    size: int
    already_there: bool = False


class Archive(Protocol):
    """Write-once, content-addressed files with their metadata (员工电子档案)."""

    def put(self, content: bytes, *, filename: str, media_type: str, metadata: Mapping[str, str]) -> Filed:
        """File it; the same bytes twice are one file."""

    def get(self, ref: str) -> bytes:
        """The bytes, checked against the hash. Raises Rejected when absent or altered."""


class CertificateFacts(Frozen):
    """Everything printed on a certificate. A frozen render: the same facts give the same page."""

    number: str
    template: str
    employee_id: str
    name: str
    entity_name: str
    title_zh: str
    title_en: str
    post: str
    courses: tuple["CertificateLine", ...]
    issued_on: date
    valid_until: date | None = None
    policy_id: str
    policy_version: str
    policy_hash: str


class CertificateLine(Frozen):
    """One course on a certificate."""

    title_zh: str
    title_en: str
    passed_on: date
    score: Decimal | None = None
    hours: Decimal | None = None


class Renderer(Protocol):
    """Facts to PDF."""

    def render(self, facts: CertificateFacts) -> bytes:
        """The PDF. Raises Rejected naming any character no font can draw."""


class Signer(Protocol):
    """Signs a PDF. No embedded default yet: certificates say 未签名 unsigned until one is configured."""

    name: str

    def sign(self, pdf: bytes, *, dedup_key: str) -> bytes:
        """The signed PDF."""


class Clock(Protocol):
    """Wall time for leases; injected so that tests need not sleep."""

    def __call__(self) -> datetime:
        """Now, aware, UTC."""


class Policies(Protocol):
    """HR's policies as they stand now."""

    def choose(self, *, post: str, entity: str, employment_type: str, jurisdiction: str) -> Snapshot:
        """The policy for a hire. Raises Misconfigured when none, or two of equal priority, match."""

    def named(self, policy_id: str) -> Snapshot:
        """A policy by its id. Raises Rejected when there is none."""


class Finished(Frozen):
    """How a journey ended, and what was passed in it: what a re-hire may be credited with."""

    workflow_id: str
    employee_id: str
    outcome: str
    policy_hash: str
    closed_at: datetime
    passes: tuple[Credit, ...] = ()


class Journeys(Protocol):
    """The finished journeys."""

    def finished(self, workflow_id: str) -> Finished | None:
        """The journey of that id, if it is over."""

    def record(self, finished: Finished) -> None:
        """Remember it; doing so again changes nothing."""

    def credits(self, employee_id: str) -> Sequence[Credit]:
        """Everything the employee passed in earlier journeys."""


class PayAbout(Frozen):
    """One adjustment in a message: its title and what it rests on, without an amount."""

    title: Text
    period: str
    percent: Decimal
    factor: Decimal | None = None
    score: Decimal | None = None


class About(Frozen):
    """What a message is about, nothing personal; words are chosen where the reader's language is known.

    `employee_id` is the hire it concerns, also when a manager reads it. Instants are UTC, shown in `tz`.
    """

    employee_id: str
    tz: str
    courses: tuple[Text, ...] = ()
    stage: Text | None = None
    due: datetime | None = None
    days_left: int | None = None
    overdue: bool = False
    retake_from: datetime | None = None
    pay: tuple[PayAbout, ...] = ()
    question: str = ""
    options: tuple[str, ...] = ()
    upheld: bool | None = None
    appeal_days: int | None = None


class Words(Protocol):
    """Templates to words."""

    def compose(  # noqa: PLR0913 - what a message is made of
        self, event: str, channel: str, lang: Lang, about: About, *, reader: Person, hire: Person
    ) -> tuple[str, str]:
        """Subject ("" where the channel has none) and body. Raises Misconfigured naming what is missing."""
