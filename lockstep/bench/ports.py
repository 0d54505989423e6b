"""Ports that answer from memory, the same for both: what is compared is what Temporal is asked to do.

With the embedded ports both sides would spend most of their time in the same SQLite and PDF code, and the
ratio would flatter the product.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from activities.attendance import AttendanceActivities
from activities.messages import MessageActivities
from activities.papers import PaperActivities
from activities.pay import PayActivities
from activities.plans import PlanActivities
from lockstep.core.base import Lang
from lockstep.core.facts import Credit
from lockstep.core.policy.policy import Snapshot
from lockstep.ports import (
    About,
    Adjustment,
    AttendanceMark,
    CertificateFacts,
    Channel,
    Filed,
    Finished,
    Letter,
    Person,
    Posted,
    Receipt,
    Rejected,
    Salary,
    SendState,
)

_REF = "sha256:" + "0" * 64


@dataclass(frozen=True)
class OnePolicy:
    """`ports.Policies` with a single policy."""

    snapshot: Snapshot

    def choose(self, *, post: str, entity: str, employment_type: str, jurisdiction: str) -> Snapshot:  # noqa: ARG002
        """The one."""
        return self.snapshot

    def named(self, policy_id: str) -> Snapshot:
        """The one. Raises Rejected."""
        if policy_id != self.snapshot.policy.id:
            raise Rejected(f"The benchmark has no policy {policy_id}")
        return self.snapshot


class Memory:
    """Every other port: takes everything, keeps nothing, answers at once."""

    name = "memory"

    def person(self, employee_id: str) -> Person:
        """Somebody who can be reached everywhere."""
        return Person(
            employee_id=employee_id, name="张三", phone="13900000000", email="a@example.com", wecom_id="a"
        )

    def role(self, entity: str, role: str) -> Person:  # noqa: ARG002
        """Somebody else."""
        return self.person(role)

    def salaries(self, employee_id: str) -> Sequence[Salary]:
        """8,000.00 a month."""
        return [Salary(employee_id=employee_id, effective_from=date(2020, 1, 1), monthly_fen=800_000)]

    def minimum_wage(self, entity: str, day: date) -> int | None:  # noqa: ARG002
        """2,000.00 a month."""
        return 200_000

    def finished(self, workflow_id: str) -> Finished | None:  # noqa: ARG002
        """Nothing is over yet."""
        return None

    def record(self, finished: Finished) -> None:
        """Forget it."""

    def credits(self, employee_id: str) -> Sequence[Credit]:  # noqa: ARG002
        """None."""
        return ()

    def address(self, person: Person) -> str:
        """The same address on every channel."""
        return person.wecom_id

    def send(self, letter: Letter, *, dedup_key: str, at: datetime) -> Receipt:  # noqa: ARG002
        """Sent."""
        return Receipt(state=SendState.SENT, channel=self.name, provider_id=dedup_key, at=at)

    def find(self, dedup_key: str) -> Receipt | None:  # noqa: ARG002
        """Unknown."""
        return None

    def send_once(
        self,
        channel: Channel,
        letter: Letter,
        *,
        key: str,
        at: datetime,
        lease: timedelta,  # noqa: ARG002
    ) -> Receipt:
        """Sent."""
        return channel.send(letter, dedup_key=key, at=at)

    def compose(  # noqa: PLR0913 - the port's
        self,
        event: str,
        channel: str,
        lang: Lang,
        about: About,
        *,
        reader: Person,
        hire: Person,
    ) -> tuple[str, str]:
        """A line."""
        return "", f"{event} {channel} {lang} {reader.employee_id} {hire.employee_id} {len(about.courses)}"

    def post(self, adjustment: Adjustment) -> Posted:
        """Booked."""
        return Posted(entry_id=adjustment.key, booked_period=adjustment.for_period)

    def reverse(self, key: str, *, reversal_key: str, reason: str, effective: date) -> Posted:  # noqa: ARG002
        """Booked."""
        return Posted(entry_id=reversal_key, booked_period=f"{effective:%Y-%m}")

    def by_key(self, key: str) -> Adjustment | None:  # noqa: ARG002
        """Unknown."""
        return None

    def close(self, entity: str, period: str) -> str:
        """A digest."""
        return f"{entity}/{period}"

    def mark(self, mark: AttendanceMark) -> bool:  # noqa: ARG002
        """Marked."""
        return False

    def put(self, content: bytes, *, filename: str, media_type: str, metadata: Mapping[str, str]) -> Filed:  # noqa: ARG002
        """Filed."""
        return Filed(ref=_REF, size=len(content))

    def get(self, ref: str) -> bytes:
        """Nothing is kept. Raises Rejected."""
        raise Rejected(f"{ref} was not kept")

    def render(self, facts: CertificateFacts) -> bytes:
        """A page."""
        return facts.model_dump_json().encode()


def activities(snapshot: Snapshot) -> Sequence[Callable[..., Any]]:
    """The product's own activities on these ports."""
    memory = Memory()
    plans = PlanActivities(OnePolicy(snapshot), memory)
    messages = MessageActivities(dict.fromkeys(("sms", "wecom", "email"), memory), memory, memory, memory)
    papers = PaperActivities(memory, memory, memory, memory)
    pay = PayActivities(memory, memory)
    attendance = AttendanceActivities(memory)
    return [
        plans.choose_plan,
        plans.named_policy,
        messages.send_message,
        papers.issue_certificate,
        papers.file_journey,
        pay.book_lines,
        pay.take_back,
        attendance.mark_attendance,
    ]
