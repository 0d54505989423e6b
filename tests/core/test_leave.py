"""Leave stops the clocks; a long absence means learning again."""

import pytest

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.state import Status
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan, rule

REMINDERS = {"reminders": {"first": "24h", "every": "24h", "channels": ["sms"]}}


def test_a_deadline_is_unknown_during_leave_and_later_after_it() -> None:
    diary = Diary(plan(course("a"))).at("2026-11-03 10:00").leaves_for()
    assert diary.track("a").deadline is None
    diary.at("2026-11-09 08:00").returns()
    assert diary.day(diary.track("a").deadline) == "2026-11-12 00:00", "9, 10 and 11 November count"


def test_nobody_is_reminded_during_leave() -> None:
    diary = Diary(plan(course("a"), **REMINDERS)).at("2026-11-03 08:00").leaves_for()
    diary.at("2026-11-09 08:00")
    assert diary.when(s.Remind) == []
    diary.returns().at("2026-11-10 08:00")
    assert diary.when(s.Remind) == ["2026-11-09 09:00"]


def test_a_deadline_missed_before_a_leave_stays_missed() -> None:
    diary = Diary(plan(course("a"))).at("2026-11-10 10:00").leaves_for()
    assert diary.day(diary.track("a").deadline) == "2026-11-06 00:00"


def test_the_deadline_of_somebody_out_of_attempts_waits_too() -> None:
    bonus = {"pay": {"rules": [rule("bonus", "forfeiture", percent=8)]}}
    diary = Diary(plan(course("a", deadline={"days": 15}, exam=exam(attempts=1)), **bonus)).scores("a", 10)
    diary.leaves_for().at("2026-12-20 10:00")
    assert diary.track("a").deadline is None
    assert diary.keys("settle/") == []


def test_a_policy_may_let_the_clocks_run_during_leave() -> None:
    diary = Diary(plan(course("a"), leave={"pauses": False}, **REMINDERS)).at("2026-11-03 08:00").leaves_for()
    assert diary.day(diary.track("a").deadline) == "2026-11-06 00:00"
    assert diary.at("2026-11-03 10:00").when(s.Remind) == ["2026-11-03 09:00"]


def test_somebody_may_go_on_leave_twice_under_one_name() -> None:
    diary = Diary(plan(course("a"))).at("2026-11-03 08:00").leaves_for()
    assert diary.leaves_for().problem == "leave_known"
    diary.at("2026-11-04 08:00").returns()
    assert diary.returns().problem == "leave_unknown"
    assert diary.leaves_for().problem == ""
    assert diary.track("a").deadline is None
    diary.at("2026-11-05 08:00").returns()
    assert diary.day(diary.track("a").deadline) == "2026-11-10 00:00", "3 and 4 November do not count"


def test_leaves_may_overlap() -> None:
    diary = Diary(plan(course("a"))).at("2026-11-03 08:00").leaves_for("sick").leaves_for("annual")
    diary.at("2026-11-05 08:00").returns("sick")
    assert diary.track("a").deadline is None
    diary.at("2026-11-09 08:00").returns("annual")
    assert diary.day(diary.track("a").deadline) == "2026-11-12 00:00"


def test_a_leave_before_there_is_a_plan_counts() -> None:
    diary = Diary(plan(course("a"))).at("2026-11-10 08:00")
    diary.tell(f.LeaveStarted, at="2026-11-02 08:00").tell(f.LeaveEnded, at="2026-11-02 08:30")
    diary.tell(f.LeaveStarted, at="2026-11-02 08:40")
    assert diary.track("a").deadline is None


def test_a_leave_that_ends_before_it_began_is_a_leave_of_no_day() -> None:
    diary = Diary(plan(course("a"))).at("2026-11-03 08:00").leaves_for().returns()
    assert diary.day(diary.track("a").deadline) == "2026-11-06 00:00"


@pytest.mark.parametrize(
    ("back", "status"),
    [
        pytest.param("2026-11-12 08:00", Status.EARNED, id="as long as allowed"),
        pytest.param("2026-11-13 08:00", Status.LEARNING, id="a day longer"),
    ],
)
def test_after_a_long_absence_a_course_is_learned_again(back: str, status: Status) -> None:
    strict = course("a", redo_after_absence="9d")
    diary = Diary(plan(strict, course("b"))).passes("a", "b").at("2026-11-03 08:00").leaves_for()
    diary.at(back).returns()
    assert diary.track("a").status is status
    assert diary.track("b").status is Status.EARNED
    assert ("on_duty" in diary.state.gates) is (status is Status.EARNED)


def test_an_absence_asks_nothing_of_who_had_not_passed() -> None:
    diary = Diary(plan(course("a", redo_after_absence="1d"))).learns("a").leaves_for()
    diary.at("2026-11-13 08:00").returns()
    assert diary.track("a").status is Status.EXAM


def test_a_journey_does_not_end_behind_the_back_of_somebody_on_leave() -> None:
    certificate = {"title": {"zh": "证书"}}
    made = plan(
        course("a"), stages=[{"id": "s", "title": {"zh": "s"}, "requires": ["a"], "certificate": certificate}]
    )
    diary = Diary(made).at("2026-11-02 22:00").passes("a").at("2026-11-03 08:00").leaves_for()
    diary.at("2027-02-01 08:00")
    assert diary.keys("notify/certificate") == []
    assert not diary.state.closed
    diary.returns().at("2027-02-01 10:00")
    assert diary.keys("notify/certificate")
    assert diary.state.closed == "completed"


def test_the_deadline_of_a_renewal_is_the_lapse_and_no_leave_moves_it() -> None:
    diary = Diary(plan(course("a", validity={"months": 2, "recertify": "20d"}))).passes("a")
    diary.at("2026-12-20 08:00")
    lapse = diary.track("a").deadline
    assert diary.day(lapse) == "2027-01-02 09:00"
    diary.leaves_for()
    assert diary.track("a").deadline == lapse
    diary.at("2026-12-28 08:00").returns()
    assert diary.track("a").deadline == lapse
