"""What goes on a certificate and into the training file, read off a journey."""

from datetime import datetime

from activities.papers import CertifiedCourse, FileJourney, IssuePaper
from lockstep.core import steps as s
from lockstep.core.calendar import local_date
from lockstep.core.facts import Credit
from lockstep.core.journey import Journey
from lockstep.core.plan import courses_of
from lockstep.core.policy.pay import AttemptUsed
from lockstep.core.rules.owed import score_of
from lockstep.core.state import EarnedBy, State, Track

_LEARNED = (EarnedBy.PASS, EarnedBy.CREDIT)


def certificate(state: State, step: s.IssueCertificate, key: str) -> IssuePaper:
    """The facts of a stage's certificate: what was learned, never what was waived."""
    stage = next(stage for stage in state.policy.stages if stage.id == step.stage)
    assert stage.certificate is not None and state.snapshot is not None, "core asked for it"  # noqa: S101, PT018
    tracks = [
        state.tracks[c] for c in courses_of(state.policy, stage) if state.tracks[c].earned_by in _LEARNED
    ]
    ends = [t.valid_until for t in tracks if t.valid_until is not None]
    tz = state.hire.tz
    return IssuePaper(
        key=key,
        employee_id=state.hire.employee_id,
        entity=state.entity,
        post=state.post,
        title=stage.certificate.title,
        template=stage.certificate.template,
        courses=tuple(_line(track, tz) for track in tracks),
        issued_on=local_date(state.gates[stage.id], tz),
        valid_until=local_date(min(ends), tz) if ends else None,
        policy_id=state.policy.id,
        policy_version=state.policy.version,
        policy_hash=state.snapshot.hash,
    )


def _line(track: Track, tz: str) -> CertifiedCourse:
    assert track.earned_at is not None, "only earned tracks are certified"  # noqa: S101
    return CertifiedCourse(
        title=track.course.title,
        passed_on=local_date(track.earned_at, tz),
        score=score_of(track, AttemptUsed.BEST),
        hours=track.course.hours or None,
    )


def training_record(journey: Journey, step: s.FileRecord, workflow_id: str, now: datetime) -> FileJourney:
    """The journey's facts without the policy's text, which the hash names."""
    state = journey.state
    passed = (
        t for t in state.tracks.values() if t.earned_by is EarnedBy.PASS and t.content_hash and t.earned_at
    )
    passes = {t.content_hash: t.earned_at for t in passed if t.earned_at} | dict(state.shelf)
    facts = {"facts": {"__all__": {"snapshot"}}}
    return FileJourney(
        workflow_id=workflow_id,
        employee_id=state.hire.employee_id,
        outcome=step.why.args["reason"],
        policy_hash=state.snapshot.hash if state.snapshot else "",
        closed_at=now,
        passes=tuple(Credit(content_hash=h, passed_at=at) for h, at in passes.items()),
        record=journey.record.model_dump(mode="json", exclude=facts),
    )
