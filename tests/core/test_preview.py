"""What another policy would change for a hire, before anybody says yes."""

from datetime import datetime
from decimal import Decimal

from lockstep.core.hire import Hire
from lockstep.core.preview import Preview, plan_for, preview
from lockstep.core.state import Status
from tests.support.diary import Diary
from tests.support.policies import course, exam, pinned, plan, policy, rule, stage

OLD = plan(course("a"), course("b"))


def seen(diary: Diary, *courses: dict[str, object], **given: object) -> Preview:
    return preview(diary.journey, plan(*courses, **{"version": "2", **given}), diary.now)


def test_nothing_changes_by_looking() -> None:
    diary = Diary(OLD).passes("a")
    before = diary.journey
    assert seen(diary, course("a"), course("c")).policy_version == "2"
    assert diary.journey is before


def test_courses_added_removed_and_kept() -> None:
    diary = Diary(OLD).passes("a")
    found = seen(diary, course("a"), course("c", title={"zh": "丙"}))
    changes = {
        track.course: (track.change, track.status_before, track.status_after) for track in found.tracks
    }
    assert changes == {
        "a": ("kept", Status.EARNED, Status.EARNED),
        "c": ("added", None, Status.LEARNING),
        "b": ("removed", Status.LEARNING, None),
    }
    assert next(track.title.zh for track in found.tracks if track.course == "c") == "丙"
    assert not found.refuses, "nothing that was earned is lost"


def test_the_same_policy_changes_nothing() -> None:
    diary = Diary(OLD).passes("a")
    found = preview(diary.journey, OLD, diary.now)
    assert [track.change for track in found.tracks] == ["kept", "kept"]
    assert not any(track.moves_deadline or track.lost for track in found.tracks)
    assert not found.refuses
    assert (found.gates_added, found.gates_removed, found.gates_shut) == ((), (), ())


def test_a_longer_deadline_is_shown_as_moved() -> None:
    diary = Diary(OLD)
    found = seen(diary, course("a", deadline={"days": 9}), course("b"))
    moved = {track.course: track.moves_deadline for track in found.tracks}
    assert moved == {"a": True, "b": False}


def test_an_earned_course_that_is_dropped_is_lost_and_must_be_acknowledged() -> None:
    diary = Diary(OLD).passes("b")
    found = seen(diary, course("a"))
    assert {track.course: track.lost for track in found.tracks} == {"a": False, "b": True}
    assert found.refuses


def test_an_open_gate_that_would_shut_is_named() -> None:
    diary = Diary(OLD).passes("a", "b")
    assert "on_duty" in diary.state.gates
    found = seen(diary, course("a"), course("b"), course("c"))
    assert found.gates_shut == ("on_duty",)
    assert found.refuses


def test_stages_that_come_and_go_are_named() -> None:
    diary = Diary(OLD).passes("a", "b")
    stages = [stage("desk", "a"), stage("review", "b")]
    found = seen(diary, course("a"), course("b"), stages=stages)
    assert (found.gates_added, found.gates_removed) == (("desk", "review"), ("on_duty",))
    assert found.refuses, "an open gate would be gone"


def test_pay_rules_that_come_go_or_change_are_named() -> None:
    before = {"rules": [rule("gone", "allowance", percent=5), rule("other", "allowance", percent=5)]}
    after = {"rules": [rule("new", "allowance", percent=5), rule("other", "allowance", percent=6)]}
    diary = Diary(plan(course("a"), pay=before))
    found = seen(diary, course("a"), pay=after)
    assert (found.pay_added, found.pay_removed, found.pay_changed) == (("new",), ("gone",), ("other",))
    without = seen(diary, course("a"))
    assert (without.pay_added, without.pay_removed) == ((), ("gone", "other"))


def test_the_plan_a_new_hire_would_get() -> None:
    made = policy(
        course("a", minutes=40, hours="1.5"),
        course("b", after=["a"], exam=None, deadline={"days": 5, "working": True}),
        course("c", deadline=None, exam=exam(pass_mark=90)),
        stages=[stage("desk", "a"), stage("on_duty", "a", "b")],
    )
    hire = Hire.model_validate({"employee_id": "E", "entity": "A", "post": "p", "hire_date": "2026-11-02"})
    a, b, c = plan_for(hire, pinned(made), datetime.fromisoformat("2026-11-02T01:00:00+00:00"))
    assert (a.course, a.minutes, a.hours, a.stages) == ("a", 40, Decimal("1.5"), ("desk", "on_duty"))
    assert a.deadline == datetime.fromisoformat("2026-11-05T16:00:00+00:00"), "the end of the third day"
    assert (b.deadline, b.days, b.working_days, b.after, b.exam) == (None, 5, True, ("a",), None)
    assert b.assigned_at is None, "it waits for a"
    assert (c.deadline, c.days, c.working_days, c.stages) == (None, None, False, ())
    assert c.exam is not None
    assert c.exam.pass_mark == 90
