"""Learn, sit, fail, learn again, sit again."""

from datetime import timedelta
from decimal import Decimal

import pytest

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.state import EarnedBy, Status
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan


def one(**rules: object) -> Diary:
    return Diary(plan(course("a", exam=exam(**rules))))


def test_the_exam_opens_when_the_course_is_learned() -> None:
    diary = one()
    assert diary.opens("a").problem == "course_before_exam"
    assert diary.learns("a").track("a").status is Status.EXAM
    assert diary.opens("a").track("a").status is Status.SITTING
    assert diary.opens("a").problem == "exam_open_already"
    assert diary.learns("a").track("a").status is Status.SITTING


@pytest.mark.parametrize(
    ("score", "passed"), [(79, False), ("79.99", False), (80, True), (100, True), (0, False)]
)
def test_the_pass_mark_passes(score: object, passed: bool) -> None:
    diary = one().scores("a", score)
    assert diary.track("a").attempts[0].passed is passed
    assert (diary.track("a").earned_by is EarnedBy.PASS) is passed


def test_a_failed_exam_means_learning_the_whole_course_again() -> None:
    diary = one().scores("a", 50, failed_sections=["s1"])
    assert diary.track("a").status is Status.LEARNING
    assert diary.track("a").learned_at is None
    assert diary.track("a").sections == ()
    assert diary.opens("a").problem == "relearn_first"
    diary.passes("a")
    assert [a.number for a in diary.track("a").attempts] == [1, 2]
    assert [a.score for a in diary.track("a").attempts] == [50, 95]


def test_or_only_the_sections_that_failed() -> None:
    diary = one(relearn="failed_sections").scores("a", 50, failed_sections=["s1", "s3"])
    assert diary.track("a").sections == ("s1", "s3")
    assert diary.opens("a").problem == "relearn_sections"
    assert diary.state.refused[-1].args["sections"] == "s1, s3"
    diary.learns("a")
    assert diary.track("a").sections == ()
    assert diary.track("a").status is Status.EXAM


def test_or_nothing_at_all() -> None:
    diary = one(relearn="none").scores("a", 50)
    assert diary.track("a").status is Status.EXAM


def test_a_retake_waits_from_the_failed_sitting() -> None:
    diary = one(relearn="none", wait="24h").scores("a", 50)
    assert diary.opens("a").problem == "wait_first"
    assert diary.at("2026-11-03 08:59").opens("a").problem == "wait_first"
    assert diary.at("2026-11-03 09:01").opens("a").problem == ""


def test_attempts_are_counted_until_they_are_used_up() -> None:
    diary = one(attempts=2).scores("a", 50)
    assert diary.track("a").status is Status.LEARNING
    diary.scores("a", 50)
    assert diary.track("a").status is Status.EXHAUSTED
    assert diary.opens("a").problem == "no_attempts_left"


def test_until_passed_has_no_end() -> None:
    diary = one()
    for _ in range(9):
        diary.scores("a", 50)
    assert diary.passes("a").track("a").status is Status.EARNED


def test_a_sitting_ends_with_its_time_limit() -> None:
    diary = one(time_limit="30m").learns("a").opens("a")
    diary.later(minutes=29)
    assert diary.track("a").status is Status.SITTING
    diary.later(minutes=2)
    assert diary.track("a").status is Status.LEARNING
    spent = diary.track("a").attempts[0]
    assert (spent.score, spent.passed, diary.day(spent.graded_at)) == (None, False, "2026-11-02 09:30")
    graded = diary.tell(f.ExamGraded, course="a", score=99, attempt=1)
    assert graded.problem == "no_such_sitting"


def test_a_sitting_that_ran_out_counts_as_an_attempt() -> None:
    diary = one(attempts=1).learns("a").opens("a").later(hours=2)
    assert diary.track("a").status is Status.EXHAUSTED


def test_the_sections_of_a_sitting_that_ran_out_are_all_of_them() -> None:
    diary = one(relearn="failed_sections").learns("a").opens("a").later(hours=2)
    assert (diary.track("a").status, diary.track("a").sections) == (Status.LEARNING, ())


@pytest.mark.parametrize("attempt", [2, 7])
def test_a_result_belongs_to_the_sitting_that_is_open(attempt: int) -> None:
    diary = one().learns("a").opens("a")
    assert diary.tell(f.ExamGraded, course="a", score=99, attempt=attempt).problem == "no_such_sitting"
    assert diary.track("a").status is Status.SITTING


def test_an_exam_may_be_held_elsewhere() -> None:
    diary = one(relearn="none").tell(f.ExamGraded, course="a", score=99)
    assert diary.problem == "course_before_exam"
    diary.learns("a").tell(f.ExamGraded, course="a", score="70.5", failed_sections=["x"])
    first = diary.track("a").attempts[0]
    assert (first.number, first.opened_at, first.score, first.failed_sections) == (
        1,
        None,
        Decimal("70.5"),
        ("x",),
    )
    diary.tell(f.ExamGraded, course="a", score=90)
    assert diary.track("a").earned_by is EarnedBy.PASS


def test_an_exam_held_elsewhere_does_not_break_into_a_sitting() -> None:
    diary = one().learns("a").opens("a").tell(f.ExamGraded, course="a", score=99)
    assert diary.problem == "exam_open_already"


def test_a_course_without_exam_has_none_to_open() -> None:
    diary = Diary(plan(course("a", exam=None), course("b")))
    assert diary.opens("a").problem == "no_exam"
    assert diary.tell(f.ExamGraded, course="a", score=99).problem == "no_exam"


def test_what_was_learned_is_what_the_plan_asks_for() -> None:
    diary = one()
    assert diary.tell(f.CourseCompleted, course="a", content_hash="sha-older").problem == "other_content"
    assert diary.tell(f.CourseCompleted, course="a", content_hash="sha-a").problem == ""


def test_what_nobody_hashed_is_taken_at_its_word() -> None:
    made = plan(course("a")).model_copy(update={"content": {}})
    assert Diary(made).tell(f.CourseCompleted, course="a", content_hash="sha-any").problem == ""


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("none", "identity_too_weak"),
        ("passive", "identity_too_weak"),
        ("active_challenge", ""),
        ("vendor_certified", ""),
    ],
)
def test_the_exam_asks_who_sits_it(given: str, problem: str) -> None:
    strict = {"identity": {"exam": {"methods": ["face", "otp_attestation"], "level": "active_challenge"}}}
    diary = Diary(plan(course("a"), **strict)).learns("a")
    assert diary.tell(f.ExamOpened, course="a", assurance=given).problem == problem


def test_nothing_is_learned_or_sat_after_leaving() -> None:
    held = plan(course("a"), decisions={"appeal": {"within": "30d", "answer_within": "5d", "by": ["hr"]}})
    diary = Diary(held).scores("a", 10).appeals("a").tell(f.Left)
    assert diary.learns("a").problem == "already_left"
    assert diary.tell(f.Left).problem == "already_left"


def test_nothing_can_be_learned_before_there_is_a_plan() -> None:
    diary = Diary(plan(course("a")), opened="2026-11-02 09:00")
    early = f.CourseCompleted(id="x", at=diary.now - timedelta(hours=1), course="a")
    diary.take(early)
    assert [(r.fact, r.problem) for r in diary.state.refused] == [("x", "no_plan")]


def test_a_failed_exam_is_told_in_waking_hours_unless_it_is_passed_by_then() -> None:
    diary = one().at("2026-11-02 22:00").scores("a", 50).at("2026-11-03 10:00")
    told = diary.done(s.Notify)
    assert [(n.event, n.subject) for n in told] == [("welcome", ""), ("result_failed", "a")]
    quick = one().at("2026-11-02 22:00").scores("a", 50).passes("a").at("2026-11-03 10:00")
    assert "result_failed" not in [n.event for n in quick.done(s.Notify)]


def test_a_failed_renewal_is_told_as_well() -> None:
    yearly = course("a", validity={"months": 2, "recertify": "20d"})
    diary = Diary(plan(yearly)).passes("a").at("2026-12-21 10:00").scores("a", 50)
    assert diary.keys("notify/result_failed/") == ["notify/result_failed/a/1.1"]


def test_the_months_of_a_pass_are_those_of_the_hire_s_calendar() -> None:
    diary = Diary(plan(course("a", validity={"months": 1, "recertify": "5d"}))).at("2027-03-01 07:30")
    diary.passes("a")  # in Greenwich it is still February
    assert diary.day(diary.track("a").valid_until) == "2027-04-01 07:30"
