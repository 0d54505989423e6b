"""申诉: in time, decided by those who may, never to the appellant's harm."""

import pytest

from lockstep.core import facts as f
from lockstep.core.state import EarnedBy, Status
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan, rule

RULE = {"within": "30d", "answer_within": "5d", "by": ["hr"]}
APPEAL = {"decisions": {"appeal": RULE}}
BONUS = {"pay": {"rules": [rule("bonus", "forfeiture", percent=8)]}}


def failed(score: float = 70, **exam_rules: object) -> Diary:
    return Diary(plan(course("a", exam=exam(**exam_rules)), **APPEAL)).scores("a", score)


def test_an_upheld_appeal_with_a_passing_score_earns_the_course() -> None:
    diary = failed(attempts=1).appeals("a").judges(upheld=True, score=85)
    assert diary.track("a").earned_by is EarnedBy.PASS
    assert diary.track("a").attempts[-1].score == 85
    assert "on_duty" in diary.state.gates


def test_an_upheld_appeal_without_a_score_gives_the_sitting_back() -> None:
    diary = failed(attempts=1).appeals("a").judges(upheld=True)
    assert diary.track("a").status is Status.LEARNING
    assert diary.track("a").attempts_allowed == 2


def test_an_upheld_appeal_with_a_failing_score_corrects_it() -> None:
    diary = failed(attempts=2).appeals("a").judges(upheld=True, score=75)
    assert diary.track("a").attempts[-1].score == 75
    assert diary.track("a").status is Status.LEARNING


def test_a_rejected_appeal_changes_nothing() -> None:
    diary = failed(attempts=1).appeals("a").judges(upheld=False, score=99)
    assert diary.track("a").status is Status.EXHAUSTED
    assert diary.track("a").attempts[-1].score == 70
    assert diary.keys("notify/appeal_decided/") == ["notify/appeal_decided/AP1"]


def test_nobody_is_worse_off_for_having_appealed() -> None:
    diary = failed(attempts=2).appeals("a").judges(upheld=True, score=10)
    assert diary.track("a").attempts[-1].score == 70


def test_an_appeal_about_one_sitting_leaves_the_next_one_alone() -> None:
    diary = failed(attempts=3).appeals("a").learns("a").opens("a").judges(upheld=True, score=75)
    first, second = diary.track("a").attempts
    assert (first.score, second.score) == (75, None)
    assert diary.track("a").status is Status.SITTING


def test_an_appeal_won_during_the_next_sitting_earns_the_course() -> None:
    diary = failed(attempts=3).appeals("a").learns("a").opens("a").judges(upheld=True, score=85)
    assert diary.track("a").earned_by is EarnedBy.PASS


def test_a_better_score_for_a_passed_course_counts_for_pay() -> None:
    award = {"pay": {"rules": [rule("award", "award", percent=3, min_score=90)]}}
    diary = Diary(plan(course("a"), **APPEAL, **award)).scores("a", 88).at("2026-11-26 10:00")
    assert diary.keys("settle/") == []
    diary.appeals("a").judges(upheld=True, score=92)
    assert diary.track("a").attempts[-1].score == 92
    assert list(diary.state.paid) == ["2026-11/award"]


def test_an_appeal_counts_while_a_pass_is_renewed() -> None:
    yearly = course("a", exam=exam(attempts=1), validity={"months": 12, "recertify": "30d"})
    diary = Diary(plan(yearly, **APPEAL)).passes("a").at("2027-10-10 10:00").scores("a", 70)
    assert diary.track("a").status is Status.EXHAUSTED
    diary.appeals("a").judges(upheld=True, score=85)
    assert diary.track("a").status is Status.EARNED


def test_an_appeal_about_pay_alone_touches_no_score() -> None:
    diary = Diary(plan(course("a"), **APPEAL, **BONUS)).at("2026-11-26 10:00").appeals("a")
    diary.judges(upheld=True, score=100)
    assert diary.track("a").attempts == ()
    assert diary.track("a").status is Status.LEARNING
    assert diary.keys("reverse/") == ["reverse/2026-11/bonus"]


def test_an_appeal_may_take_two_people_of_one_mind() -> None:
    two = {"decisions": {"appeal": {**RULE, "people": 2}}}
    diary = Diary(plan(course("a"), **two)).scores("a", 70).appeals("a")
    diary.judges(upheld=True, score=85).judges(by="H2", upheld=False)
    assert diary.state.appeals["AP1"].upheld is None
    assert diary.judges(by="H1", upheld=True).problem == "signed_already"
    diary.judges(by="H3", upheld=True, score=85)
    assert diary.track("a").earned_by is EarnedBy.PASS


@pytest.mark.parametrize(
    ("given", "when", "problem"),
    [
        pytest.param({}, "2026-11-03 10:00", "not_in_policy", id="a policy without appeals"),
        pytest.param(APPEAL, "2026-12-02 09:00", "", id="on the last minute"),
        pytest.param(APPEAL, "2026-12-02 09:01", "appeal_late", id="too late"),
    ],
)
def test_an_appeal_comes_in_time(given: dict[str, object], when: str, problem: str) -> None:
    diary = Diary(plan(course("a", exam=exam(wait="0m")), **given)).scores("a", 70).at(when)
    assert diary.appeals("a").problem == problem


def test_there_is_something_to_appeal() -> None:
    diary = Diary(plan(course("a"), course("b"), **APPEAL)).scores("a", 70)
    assert diary.appeals("b").problem == "nothing_to_appeal"
    assert diary.appeals("z").problem == "unknown_course"


def test_one_appeal_a_course_at_a_time_each_by_its_own_name() -> None:
    diary = Diary(plan(course("a"), course("b"), **APPEAL)).scores("a", 70).scores("b", 70).appeals("a")
    assert diary.appeals("a", "AP2").problem == "appeal_open"
    assert diary.appeals("b", "AP1").problem == "appeal_known"
    assert diary.appeals("b", "AP2").problem == ""
    diary.judges(upheld=False)
    assert diary.appeals("a", "AP3").problem == ""


def test_a_decision_fits_its_appeal() -> None:
    diary = failed().appeals("a")
    assert diary.judges("AP9", upheld=True).problem == "appeal_unknown"
    assert diary.judges(upheld=True, role="manager").problem == "wrong_role"
    diary.judges(upheld=False)
    assert diary.judges(upheld=True).problem == "appeal_closed"


def test_an_appeal_is_decided_by_the_rules_it_was_made_under() -> None:
    diary = failed().appeals("a").transfer("sales", plan(course("b")))
    assert diary.judges(upheld=True, score=85).problem == ""
    assert diary.state.appeals["AP1"].upheld is True


def test_an_appeal_before_there_is_a_plan_waits() -> None:
    diary = Diary(plan(course("a"), **APPEAL))
    assert (
        diary.tell(f.Appealed, at="2026-11-02 09:00", course="a", appeal="X", reason="r").problem
        == "nothing_to_appeal"
    )


def test_a_leaver_s_open_appeal_is_decided_before_the_end() -> None:
    diary = Diary(plan(course("a"), **APPEAL, **BONUS)).at("2026-11-26 10:00").appeals("a")
    diary.tell(f.Left, reason="resigned")
    assert not diary.state.closed
    diary.judges(upheld=True)
    assert diary.keys("reverse/") == ["reverse/2026-11/bonus"]
    assert diary.state.closed == "resigned"


def test_an_appeal_upheld_after_a_transfer_takes_the_forfeiture_back() -> None:
    pay = {"rules": [rule("bonus", "forfeiture", percent=8)]}
    rules = {"decisions": {"appeal": {"within": "30d", "answer_within": "5d", "by": ["hr"]}}}
    diary = Diary(plan(course("a"), pay=pay, **rules)).at("2026-11-26 10:00")
    assert diary.keys("settle/")
    diary.appeals("a").transfer("sales", plan(course("b"), **rules)).judges(upheld=True)
    assert diary.keys("reverse/") == ["reverse/2026-11/bonus"]


def test_the_forfeiture_of_an_earlier_post_may_be_appealed() -> None:
    pay = {"rules": [rule("bonus", "forfeiture", percent=8)]}
    rules = {"decisions": {"appeal": {"within": "30d", "answer_within": "5d", "by": ["hr"]}}}
    diary = Diary(plan(course("a"), pay=pay, **rules)).at("2026-11-26 10:00")
    diary.transfer("sales", plan(course("b"), **rules)).appeals("a").judges(upheld=True)
    assert diary.keys("reverse/") == ["reverse/2026-11/bonus"]
