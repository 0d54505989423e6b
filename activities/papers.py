"""Papers: the certificate, and the training file of a journey that is over."""

import hashlib
from datetime import date, datetime
from decimal import Decimal

from pydantic import JsonValue
from temporalio import activity

from lockstep.core.base import Frozen, Text
from lockstep.core.facts import Credit
from lockstep.ports import (
    Archive,
    CertificateFacts,
    CertificateLine,
    Finished,
    Journeys,
    People,
    Renderer,
)


class CertifiedCourse(Frozen):
    """One course on the certificate."""

    title: Text
    passed_on: date
    score: Decimal | None = None
    hours: Decimal | None = None


class IssuePaper(Frozen):
    """A certificate to render and file. `key` makes its number: the same key, the same certificate."""

    key: str
    employee_id: str
    entity: str
    post: str
    title: Text
    template: str
    courses: tuple[CertifiedCourse, ...]
    issued_on: date
    valid_until: date | None
    policy_id: str
    policy_version: str
    policy_hash: str


class FileJourney(Frozen):
    """A journey's whole record, to be filed when it is over."""

    workflow_id: str
    employee_id: str
    outcome: str
    policy_hash: str
    closed_at: datetime
    passes: tuple[Credit, ...]
    record: dict[str, JsonValue]


class PaperActivities:
    """Renderer and archive."""

    def __init__(self, renderer: Renderer, archive: Archive, people: People, journeys: Journeys) -> None:
        self._renderer = renderer
        self._archive = archive
        self._people = people
        self._journeys = journeys

    @activity.defn
    def issue_certificate(self, cmd: IssuePaper) -> str:
        """Render it from frozen facts and file it. Returns the archive's reference."""
        person = self._people.person(cmd.employee_id)
        number = certificate_number(cmd.key)
        facts = CertificateFacts(
            number=number,
            template=cmd.template,
            employee_id=cmd.employee_id,
            name=person.name,
            entity_name=cmd.entity,
            title_zh=cmd.title.zh,
            title_en=cmd.title.en,
            post=cmd.post,
            courses=tuple(_line(course) for course in cmd.courses),
            issued_on=cmd.issued_on,
            valid_until=cmd.valid_until,
            policy_id=cmd.policy_id,
            policy_version=cmd.policy_version,
            policy_hash=cmd.policy_hash,
        )
        filed = self._archive.put(
            self._renderer.render(facts),
            filename=f"{number}.pdf",
            media_type="application/pdf",
            metadata={"kind": "certificate", "employee_id": cmd.employee_id, "key": cmd.key},
        )
        return filed.ref

    @activity.defn
    def file_journey(self, cmd: FileJourney) -> str:
        """File the training record and remember that the journey is over. Returns the archive's reference."""
        content = FileJourney.model_dump_json(cmd, indent=1).encode()
        filed = self._archive.put(
            content,
            filename=f"training-record-{cmd.employee_id}.json",
            media_type="application/json",
            metadata={"kind": "training_record", "employee_id": cmd.employee_id, "key": cmd.workflow_id},
        )
        self._journeys.record(
            Finished(
                workflow_id=cmd.workflow_id,
                employee_id=cmd.employee_id,
                outcome=cmd.outcome,
                policy_hash=cmd.policy_hash,
                closed_at=cmd.closed_at,
                passes=cmd.passes,
            )
        )
        return filed.ref


def certificate_number(key: str) -> str:
    """LS- and 12 characters of the key's SHA-256: stable, unguessable in sequence, not personal."""
    return f"LS-{hashlib.sha256(key.encode()).hexdigest()[:12].upper()}"


def _line(course: CertifiedCourse) -> CertificateLine:
    return CertificateLine(
        title_zh=course.title.zh,
        title_en=course.title.en,
        passed_on=course.passed_on,
        score=course.score,
        hours=course.hours,
    )
