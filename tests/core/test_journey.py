"""Facts in, steps out: in whatever order they come, once each, and the same after a restart."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.hire import Hire
from lockstep.core.journey import Record, advance, begin, next_step, restore
from lockstep.core.state import EarnedBy, Status
from tests.support.diary import Diary
from tests.support.policies import course, plan, rule

OPENED = datetime(2026, 11, 2, 1, tzinfo=UTC)


def hire(**given: object) -> Hire:
    return Hire.model_validate(
        {"employee_id": "E1", "entity": "A", "post": "dev", "hire_date": "2026-11-02", **given}
    )


def test_the_first_thing_is_a_plan() -> None:
    step = next_step(begin(hire(), OPENED), OPENED)
    assert isinstance(step, s.MakePlan)
    assert step.since == OPENED


def test_a_plan_under_way_is_not_asked_for_twice() -> None:
    journey = begin(hire(), OPENED)
    step = next_step(journey, OPENED)
    assert isinstance(step, s.MakePlan)
    journey = advance(journey, f.EffectBegun(id="b", at=journey.stamp(OPENED), step=step))
    assert next_step(journey, OPENED) == s.WaitUntil(at=None, why=next_step(journey, OPENED).why)


def test_a_fact_counts_once_however_often_it_comes() -> None:
    diary = Diary(plan(course("a")))
    learned = f.CourseCompleted(id="x", at=diary.journey.stamp(diary.now), course="a")
    once = advance(diary.journey, learned)
    assert advance(once, learned) is once


def test_an_id_that_comes_back_with_other_content_is_remembered_once() -> None:
    diary = Diary(plan(course("a"), course("b")))
    at = diary.journey.stamp(diary.now)
    journey = advance(diary.journey, f.CourseCompleted(id="x", at=at, course="a"))
    journey = advance(journey, f.CourseCompleted(id="x", at=at, course="b"))
    assert journey.state.tracks["b"].status is Status.LEARNING
    again = advance(journey, f.CourseCompleted(id="x", at=at, course="b"))
    assert again is journey
    assert [(d.about, d.problem) for d in again.facts if isinstance(d, f.Disregarded)] == [
        ("x", "same_id_other_content")
    ]


def test_the_longest_id_may_come_back_with_other_content_too() -> None:
    diary, name = Diary(plan(course("a"))), "x" * 200
    at = diary.journey.stamp(diary.now)
    journey = advance(diary.journey, f.CourseCompleted(id=name, at=at, course="a"))
    journey = advance(journey, f.CourseCompleted(id=name, at=at, course="b"))
    assert isinstance(journey.facts[-1], f.Disregarded)


def test_facts_of_one_instant_are_told_apart_and_cost_no_wait() -> None:
    diary = Diary(plan(course("a", exam=None)))
    journey = diary.journey
    learned = f.CourseCompleted(id="x", at=journey.stamp(diary.now), course="a")
    assert learned.at > journey.state.at
    journey = advance(journey, learned)
    assert journey.state.at > diary.now, "a tick ahead of the clock"
    assert isinstance(next_step(journey, diary.now), s.GateStep)


def test_results_that_come_late_take_their_place() -> None:
    told = Diary(plan(course("a"), course("b"))).at("2026-11-03 10:00").learns("a")
    late = Diary(plan(course("a"), course("b"))).at("2026-11-04 10:00")
    late.tell(f.CourseCompleted, at="2026-11-03 10:00", course="a")
    assert late.track("a").learned_at == told.track("a").learned_at
    assert late.track("a").status is Status.EXAM


def test_a_return_told_before_its_leave_counts_once_both_are_known() -> None:
    diary = Diary(plan(course("a"))).at("2026-11-10 10:00")
    diary.tell(f.LeaveEnded, at="2026-11-06 09:00")
    assert diary.problem == "leave_unknown"
    diary.tell(f.LeaveStarted, at="2026-11-03 09:00")
    assert diary.state.refused == ()
    assert diary.day(diary.track("a").deadline) == "2026-11-11 00:00"


def test_a_journey_is_the_same_after_a_restart() -> None:
    diary = Diary(plan(course("a"), pay={"rules": [rule("bonus", "forfeiture", percent=8)]}))
    diary.at("2026-11-27 10:00").passes("a").at("2026-11-30 10:00")
    carried = Record.model_validate_json(diary.journey.record.model_dump_json())
    assert restore(carried) == diary.journey
    assert next_step(restore(carried), diary.now) == next_step(diary.journey, diary.now)


def test_nothing_counts_after_the_end() -> None:
    diary = Diary(plan(course("a"))).tell(f.Left, reason="resigned")
    assert diary.state.closed == "resigned"
    assert diary.learns("a").problem == "journey_closed"
    assert next_step(diary.journey, diary.now + timedelta(days=9)).why.rule == "nothing_due"


def test_a_wait_says_what_it_waits_for() -> None:
    diary = Diary(plan(course("a"), reminders={"first": "24h", "every": "24h", "channels": ["sms"]}))
    step = next_step(diary.journey, diary.now)
    assert isinstance(step, s.WaitUntil)
    assert (diary.day(step.at), step.why.rule) == ("2026-11-03 09:00", "reminder_due")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        pytest.param("tz", "Mars/Olympus", id="no such time zone"),
        pytest.param("hire_date", "0001-01-01", id="before anybody was hired"),
        pytest.param("hire_date", "9999-12-31", id="the end of time"),
        pytest.param("start_date", "9999-12-31", id="a start at the end of time"),
        pytest.param("employee_id", "E/1", id="an id that would break the workflow's"),
        pytest.param("employee_id", "", id="no id"),
    ],
)
def test_a_hire_nobody_can_mean_is_refused_at_the_door(field: str, value: str) -> None:
    with pytest.raises(ValidationError):
        hire(**{field: value})


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-11-02T09:00:00"])
def test_an_instant_nobody_can_mean_is_refused_at_the_door(at: str) -> None:
    with pytest.raises(ValidationError):
        f.LeaveEnded.model_validate({"id": "x", "at": at})


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (f.SalaryChanged, {"effective_from": "9999-12-31"}),
        (
            f.Decided,
            {
                "question": "q",
                "outcome": "extend",
                "by": {"id": "H", "role": "hr"},
                "reason": "r",
                "until": "9999-12-31",
            },
        ),
    ],
)
def test_a_day_nobody_can_mean_is_refused_at_the_door(kind: type[f.Fact], fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        kind.model_validate({"id": "x", "at": OPENED, **fields})


def test_a_machine_s_own_fact_about_a_course_that_is_gone_changes_nothing() -> None:
    diary = Diary(plan(course("a")))
    before = diary.state.tracks
    diary.tell(f.Reopened, course="gone", cause="recertify")
    diary.tell(f.AttemptExpired, course="gone", attempt=1)
    diary.tell(f.EffectEnded, key="gone", outcome="done")
    assert diary.state.tracks == before


def test_a_renewal_that_late_news_made_needless_changes_nothing() -> None:
    diary = Diary(plan(course("a"))).learns("a")
    diary.tell(f.Reopened, course="a", cause="recertify")
    assert diary.track("a").status is Status.EXAM
    assert diary.track("a").cycle == 0


def test_a_sitting_that_was_graded_in_time_does_not_expire() -> None:
    diary = Diary(plan(course("a"))).learns("a").opens("a").later(hours=2)
    assert diary.track("a").status is Status.LEARNING, "its time ran out"
    diary.tell(f.ExamGraded, at="2026-11-02 09:30", course="a", score=90, attempt=1)
    assert diary.track("a").earned_by is EarnedBy.PASS
