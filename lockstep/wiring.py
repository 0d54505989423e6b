"""The composition root: settings in, ports and activities out. The only importer of adapters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Engine

from activities.attendance import AttendanceActivities
from activities.messages import MessageActivities
from activities.papers import PaperActivities
from activities.pay import PayActivities
from activities.plans import PlanActivities
from lockstep.adapters.archive.folder import FolderArchive
from lockstep.adapters.attendance.table import AttendanceTable
from lockstep.adapters.channels.outbox import OutboxChannel
from lockstep.adapters.channels.smtp import SmtpChannel, SmtpSettings
from lockstep.adapters.payroll.export import batch_id, cover_csv, to_csv, to_excel
from lockstep.adapters.payroll.ledger import PayrollLedger
from lockstep.adapters.payroll.statement import Statement
from lockstep.adapters.people.store import StoredPeople
from lockstep.adapters.render.certificate import CertificateRenderer, CertificateSettings
from lockstep.authoring.shelf import PolicyShelf
from lockstep.ports import Channel
from lockstep.settings import Settings
from lockstep.store.archive_index import IndexedArchive
from lockstep.store.database import open_database
from lockstep.store.journeys import Journeys
from lockstep.store.outbox import Outbox
from lockstep.store.transaction import utc_now
from lockstep.words.templates import Templates


@dataclass(frozen=True)
class Wiring:
    """Every port, made on first use from the settings."""

    settings: Settings

    @cached_property
    def engine(self) -> Engine:
        """The store, migrated."""
        return open_database(self.settings.store_url)

    @cached_property
    def people(self) -> StoredPeople:
        """Personnel records."""
        return StoredPeople(self.engine)

    @cached_property
    def payroll(self) -> PayrollLedger:
        """The pay ledger."""
        return PayrollLedger(self.engine)

    def payroll_workbook(self, statement: Statement) -> tuple[str, bytes]:
        """A period's statement as an Excel file: its name and its bytes."""
        return f"{batch_id(statement)}.xlsx", to_excel(statement, self._names(statement))

    def payroll_csv(self, statement: Statement) -> list[tuple[str, bytes]]:
        """The same as CSV files: the entries and their cover sheet, each with its name."""
        batch = batch_id(statement)
        entries = to_csv(statement, self._names(statement))
        return [(f"{batch}.csv", entries), (f"{batch}-cover.csv", cover_csv(statement))]

    def _names(self, statement: Statement) -> dict[str, str]:
        who = {entry.adjustment.employee_id for entry in statement.entries}
        return {employee: self.people.person(employee).name for employee in who}

    @cached_property
    def archive(self) -> IndexedArchive:
        """The archive with its index in the store."""
        return IndexedArchive(FolderArchive(self.settings.archive), self.engine)

    @cached_property
    def policies(self) -> PolicyShelf:
        """HR's policies."""
        return PolicyShelf(self.settings.policies, self.settings.content, utc_now)

    @cached_property
    def channels(self) -> dict[str, Channel]:
        """Every way to reach people, by the name policies use."""
        folder = self.settings.outbox
        return {
            "sms": OutboxChannel("sms", folder),
            "wecom": OutboxChannel("wecom", folder),
            "email": self._email(),
        }

    def _email(self) -> Channel:
        if self.settings.email == "outbox":
            return OutboxChannel("email", self.settings.outbox)
        smtp = SmtpSettings(host=self.settings.smtp_host, port=self.settings.smtp_port)
        return SmtpChannel(smtp, self.archive)

    @cached_property
    def activities(self) -> Sequence[Callable[..., Any]]:
        """Everything a worker can do."""
        journeys = Journeys(self.engine)
        plans = PlanActivities(self.policies, journeys)
        messages = MessageActivities(
            self.channels, self.people, Templates(self.settings.templates), Outbox(self.engine)
        )
        renderer = CertificateRenderer(CertificateSettings(folder=self.settings.templates / "certificates"))
        papers = PaperActivities(renderer, self.archive, self.people, journeys)
        pay = PayActivities(self.payroll, self.people)
        attendance = AttendanceActivities(AttendanceTable(self.engine))
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
