"""Where a number, an order or a default decides: the cases on either side of it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.base import Lang
from lockstep.core.explain import explain
from lockstep.core.hire import Hire
from lockstep.core.journey import begin
from lockstep.core.periods import Period
from lockstep.core.preview import preview
from lockstep.core.progress import progress
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan, rule, stage, title

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
REMINDERS = {"reminders": {"first": "24h", "every": "24h", "channels": ["sms"]}}
TWO_SIGN = {"decisions": {"waiver": {"by": ["hr"], "people": 2}}}


@pytest.mark.parametrize(("length", "taken"), [(0, False), (1, True), (200, True), (201, False)])
def test_an_event_id_has_one_to_two_hundred_letters(length: int, *, taken: bool) -> None:
    if taken:
        assert f.CourseCompleted(id="x" * length, at=AT, course="a").id == "x" * length
    else:
        with pytest.raises(ValidationError, match="id"):
            f.CourseCompleted(id="x" * length, at=AT, course="a")


@pytest.mark.parametrize(
    ("day", "taken"), [("1999-12-31", False), ("2000-01-01", True), ("2200-01-01", False)]
)
def test_a_contract_has_a_date_of_these_two_centuries(day: str, *, taken: bool) -> None:
    given = {"employee_id": "E1", "entity": "A", "post": "dev", "hire_date": day}
    if taken:
        assert Hire.model_validate(given).hire_date == date.fromisoformat(day)
    else:
        with pytest.raises(ValidationError, match="hire_date"):
            Hire.model_validate(given)


def test_a_course_that_says_nothing_has_no_hours_and_no_wait() -> None:
    [made] = plan(course("a")).policy.courses
    assert made.exam is not None
    assert (made.hours, made.exam.wait) == (Decimal(0), timedelta(0))


def test_a_sitting_that_ran_out_names_its_minutes() -> None:
    diary = Diary(plan(course("a", exam=exam(time_limit="2h")))).learns("a").opens("a").later(hours=3)
    [expired] = diary.done(s.ExpireAttempt)
    assert expired.why.args["minutes"] == "120"


def test_nobody_is_reminded_of_the_exam_they_are_sitting() -> None:
    made = plan(course("a", exam=exam(time_limit="8h")), **REMINDERS)
    diary = Diary(made).learns("a").at("2026-11-03 08:00").opens("a").at("2026-11-03 15:00")
    assert diary.done(s.Remind) == []
    assert len(diary.at("2026-11-03 19:00").done(s.Remind)) == 1


def test_only_what_is_missing_is_named_to_who_comes_too_early() -> None:
    diary = Diary(plan(course("a"), course("b"), course("c", after=["a", "b"]))).passes("a").opens("c")
    assert diary.state.refused[-1].args["missing"] == "b"


def test_exams_held_elsewhere_are_counted_on() -> None:
    diary = Diary(plan(course("a"))).learns("a").tell(f.ExamGraded, course="a", score=10)
    diary.learns("a").tell(f.ExamGraded, course="a", score=20)
    assert [attempt.number for attempt in diary.track("a").attempts] == [1, 2]


def test_fewer_attempts_than_were_used_leave_none_and_not_less() -> None:
    diary = Diary(plan(course("a", exam=exam(attempts=3)))).scores("a", 10)
    diary.scores("a", 20).adopt(plan(course("a", exam=exam(attempts=1)), version="2"))
    assert progress(diary.journey, diary.now).tracks[0].attempts_left == 0


@pytest.mark.parametrize("order", [("A", "B"), ("B", "A")])
def test_two_people_sign_in_either_order(order: tuple[str, str]) -> None:
    diary = Diary(plan(course("a"), **TWO_SIGN))
    for signer in order:
        assert diary.waives("a", by=signer).problem == ""
    assert diary.track("a").earned_at is not None


def test_a_stage_waits_for_the_one_before_it_whatever_they_are_called() -> None:
    stages = [stage("z_first", "a"), stage("a_second", "b")]
    diary = Diary(plan(course("a"), course("b"), stages=stages)).passes("b")
    assert list(diary.state.gates) == []
    assert list(diary.passes("a").state.gates) == ["z_first", "a_second"]


def test_a_choice_of_three_lapses_with_the_first_of_them() -> None:
    short, long = ({"months": months, "recertify": "1d"} for months in (2, 12))
    courses = (course("a", validity=long), course("b", validity=long), course("c", validity=short))
    choice = {"id": "all_three", "title": title("all"), "courses": ["a", "b", "c"], "any_of": 3}
    diary = Diary(plan(*courses, choices=[choice], stages=[stage("on_duty", "all_three")]))
    diary.passes("a", "b", "c").at("2027-01-04")
    assert [(step.stage, step.opens) for step in diary.done(s.GateStep)] == [
        ("on_duty", True),
        ("on_duty", False),
    ]


def test_more_than_was_to_be_chosen_is_no_less() -> None:
    choice = {"id": "one", "title": title("one"), "courses": ["a", "b"], "any_of": 1}
    pay = {"rules": [rule("bonus", "forfeiture", percent=8)]}
    made = plan(course("a"), course("b"), choices=[choice], stages=[stage("on_duty", "one")], pay=pay)
    both = tuple(f.Credit(content_hash=f"sha-{name}", passed_at=AT - timedelta(days=9)) for name in "ab")
    assert Diary(made, credits_=both).at("2026-12-01").done(s.Settle) == []


def test_a_rule_that_reads_the_same_is_no_change_of_pay() -> None:
    first, second = (
        plan(course("a"), pay={"rules": [rule("bonus", "forfeiture", percent=8)]}, version=v) for v in "12"
    )
    assert preview(Diary(first).journey, second, AT).pay_changed == ()


def test_the_month_after_december_is_next_years() -> None:
    assert Period(2027, 12).next() == Period(2028, 1)


def test_before_there_is_a_policy_no_line_of_one_is_named() -> None:
    journey = begin(Hire(employee_id="E1", entity="A", post="dev", hire_date=date(2026, 11, 2)), AT)
    [coming] = explain(journey, AT, Lang.EN).coming
    assert (coming.reason.file, coming.reason.line) == ("", 0)
