"""What another policy would change for one hire, and the plan a policy gives to a new one."""

from datetime import datetime
from decimal import Decimal
from typing import Literal

from lockstep.core.base import Frozen, Text
from lockstep.core.facts import PlanCause, PlanMade
from lockstep.core.hire import Hire
from lockstep.core.journey import Journey, advance, begin
from lockstep.core.plan import courses_of
from lockstep.core.policy.courses import Exam
from lockstep.core.policy.policy import Policy, Snapshot
from lockstep.core.rules.gates import missing
from lockstep.core.state import State, Status, Track
from lockstep.core.todo import at_instant


class TrackChange(Frozen):
    """One course before and after. `lost`: it was earned and would not be any more."""

    course: str
    title: Text
    change: Literal["added", "removed", "kept", "credited"]
    status_before: Status | None = None
    status_after: Status | None = None
    deadline_before: datetime | None = None
    deadline_after: datetime | None = None
    lost: bool = False

    @property
    def moves_deadline(self) -> bool:
        """Whether the same course would be due at another time."""
        return self.change == "kept" and self.deadline_before != self.deadline_after


class Preview(Frozen):
    """The difference. `refuses`: it takes something away, so somebody has to acknowledge it."""

    policy_id: str
    policy_version: str
    policy_hash: str
    tracks: tuple[TrackChange, ...] = ()
    gates_added: tuple[str, ...] = ()
    gates_removed: tuple[str, ...] = ()
    gates_shut: tuple[str, ...] = ()
    pay_added: tuple[str, ...] = ()
    pay_removed: tuple[str, ...] = ()
    pay_changed: tuple[str, ...] = ()
    refuses: bool


class PlanRow(Frozen):
    """One course of a plan. `assigned_at` and `deadline` None: once `after` is passed, or no deadline."""

    course: str
    title: Text
    assigned_at: datetime | None
    deadline: datetime | None
    days: int | None
    working_days: bool
    after: tuple[str, ...]
    minutes: int
    hours: Decimal
    exam: Exam | None
    stages: tuple[str, ...]


def preview(journey: Journey, snapshot: Snapshot, now: datetime) -> Preview:
    """What adopting `snapshot` at `now` would change. The journey needs a plan already."""
    fact = PlanMade(id="preview", at=journey.stamp(now), cause=PlanCause.ADOPTED, snapshot=snapshot)
    before, after = at_instant(journey.state, now), advance(journey, fact).state
    tracks = (*_kept_or_new(before, after), *_removed(before, after))
    shut, removed = _shut(after), tuple(stage for stage in before.gates if stage not in after.gates)
    old_stages = {stage.id for stage in before.policy.stages}
    return Preview(
        policy_id=snapshot.policy.id,
        policy_version=snapshot.policy.version,
        policy_hash=snapshot.hash,
        tracks=tracks,
        gates_added=tuple(s.id for s in snapshot.policy.stages if s.id not in old_stages),
        gates_removed=removed,
        gates_shut=shut,
        **_pay_changes(before.policy, snapshot.policy),
        refuses=bool(shut or removed) or any(track.lost for track in tracks),
    )


def _kept_or_new(before: State, after: State) -> list[TrackChange]:
    changes = []
    for name, track in after.tracks.items():
        old = before.tracks.get(name)
        fresh = "credited" if track.status is Status.EARNED else "added"
        changes.append(
            TrackChange(
                course=name,
                title=track.course.title,
                change=fresh if old is None else "kept",
                status_before=old.status if old else None,
                status_after=track.status,
                deadline_before=old.deadline if old else None,
                deadline_after=track.deadline,
                lost=old is not None and old.holds(before.at) and not track.holds(after.at),
            )
        )
    return changes


def _removed(before: State, after: State) -> list[TrackChange]:
    return [
        TrackChange(
            course=name,
            title=track.course.title,
            change="removed",
            status_before=track.status,
            deadline_before=track.deadline,
            lost=track.holds(before.at),
        )
        for name, track in before.tracks.items()
        if name not in after.tracks
    ]


def _shut(after: State) -> tuple[str, ...]:
    """Open gates whose own requirements the new plan leaves unmet."""
    return tuple(
        stage.id
        for stage in after.policy.stages
        if stage.id in after.gates and any(not item.startswith("stage:") for item in missing(after, stage))
    )


def _pay_changes(before: Policy, after: Policy) -> dict[str, tuple[str, ...]]:
    old = {rule.id: rule for rule in (before.pay.rules if before.pay else ())}
    new = {rule.id: rule for rule in (after.pay.rules if after.pay else ())}
    return {
        "pay_added": tuple(name for name in new if name not in old),
        "pay_removed": tuple(name for name in old if name not in new),
        "pay_changed": tuple(name for name, rule in new.items() if name in old and old[name] != rule),
    }


def plan_for(hire: Hire, snapshot: Snapshot, at: datetime) -> tuple[PlanRow, ...]:
    """The plan a policy gives to somebody hired at `at` of whom nothing else is known."""
    made = PlanMade(id="plan", at=at, cause=PlanCause.HIRED, snapshot=snapshot)
    state = advance(begin(hire, at), made).state
    return tuple(_row(snapshot.policy, track) for track in state.tracks.values())


def _row(policy: Policy, track: Track) -> PlanRow:
    course, rule = track.course, track.course.deadline
    return PlanRow(
        course=course.id,
        title=course.title,
        assigned_at=track.assigned_at,
        deadline=track.deadline,
        days=rule.days if rule else None,
        working_days=rule is not None and rule.working,
        after=course.after,
        minutes=course.minutes,
        hours=course.hours,
        exam=course.exam,
        stages=tuple(s.id for s in policy.stages if course.id in courses_of(policy, s)),
    )
