"""Another post, another entity, another policy: what was earned stays earned if it is the same thing."""

import pytest

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.state import EarnedBy, Status
from tests.support.diary import Diary
from tests.support.policies import course, exam, pinned, plan, policy, rule, stage, title

STRICT = {"exhausted": {"options": ["extra_attempt"]}}


def test_the_same_course_with_the_same_content_keeps_its_pass() -> None:
    diary = Diary(plan(course("a"), course("b"))).passes("a")
    diary.transfer("sales", plan(course("a"), course("c")))
    assert diary.state.post == "sales"
    assert diary.track("a").earned_by is EarnedBy.PASS
    assert set(diary.state.tracks) == {"a", "c"}


def test_another_course_with_the_same_content_is_credited() -> None:
    diary = Diary(plan(course("a"))).passes("a")
    diary.transfer("sales", plan(course("z", content="a")))
    assert diary.track("z").earned_by is EarnedBy.CREDIT


def test_the_same_name_with_other_content_is_another_course() -> None:
    diary = Diary(plan(course("safety", content="office"))).passes("safety")
    diary.transfer("smelter", plan(course("safety", content="furnace")))
    assert diary.track("safety").status is Status.LEARNING
    assert "on_duty" not in diary.state.gates


def test_a_pass_that_is_too_old_does_not_move_along() -> None:
    diary = Diary(plan(course("a"), course("b"))).passes("a").at("2027-01-20 09:00")
    diary.transfer("sales", plan(course("a", credit_max_age="30d")))
    assert diary.track("a").status is Status.LEARNING


def test_what_is_to_be_done_again_on_transfer_is() -> None:
    diary = Diary(plan(course("a"))).passes("a")
    diary.transfer("sales", plan(course("a", redo_on_transfer=True)))
    assert diary.track("a").status is Status.LEARNING
    assert diary.track("a").cycle == 1


def test_half_learned_courses_go_on_where_they_were() -> None:
    diary = Diary(plan(course("a"))).learns("a")
    diary.transfer("sales", plan(course("a"), course("b")))
    assert diary.track("a").status is Status.EXAM


def test_the_entity_and_its_jurisdiction_move_with_the_hire() -> None:
    diary = Diary(plan(course("a"))).transfer("dev", plan(course("a")), entity="B", jurisdiction="CN-SZ")
    assert (diary.state.entity, diary.state.jurisdiction) == ("B", "CN-SZ")


def test_a_transfer_that_arrives_late_is_planned_all_the_same() -> None:
    diary = Diary(plan(course("a"))).at("2026-11-03 10:00")
    diary.snapshot = plan(course("b"))
    diary.tell(f.Transferred, at="2026-11-02 09:00", post="sales")
    assert diary.state.post == "sales"
    assert set(diary.state.tracks) == {"b"}


def test_the_later_of_two_transfers_counts_however_they_arrive() -> None:
    diary = Diary(plan(course("a"))).at("2026-11-04 10:00")
    diary.transfer("sales", plan(course("b")))
    diary.snapshot = plan(course("c"))
    diary.tell(f.Transferred, at="2026-11-03 10:00", post="store")
    assert diary.state.post == "sales"
    assert set(diary.state.tracks) == {"b"}


def test_a_course_that_comes_back_is_asked_about_and_escalated_anew() -> None:
    one = exam(attempts=1)
    first = plan(course("a", exam=one), escalation=[{"after": "1d", "to": "manager"}], **STRICT)
    other = plan(course("b"), **STRICT)
    diary = Diary(first).scores("a", 10).at("2026-11-10 12:00")
    assert diary.keys("ask/") == ["ask/exhausted/a/0.1"]
    diary.transfer("sales", other).transfer("dev", first)
    assert diary.track("a").status is Status.LEARNING
    diary.at("2026-11-20 12:00")
    assert len(diary.keys("escalate/")) == 1, "on the first post its attempts were used up before"
    diary.scores("a", 10).at("2026-11-23 12:00")
    assert len(diary.keys("ask/")) == 2


def test_the_gate_shuts_when_the_new_post_asks_for_more() -> None:
    diary = Diary(plan(course("a"))).passes("a")
    assert "on_duty" in diary.state.gates
    diary.transfer("smelter", plan(course("a"), course("furnace")))
    assert "on_duty" not in diary.state.gates
    assert [step.opens for step in diary.done(s.GateStep)] == [True, False]


def test_a_gate_the_new_plan_does_not_know_is_gone() -> None:
    diary = Diary(plan(course("a"))).passes("a")
    diary.transfer("sales", plan(course("a"), stages=[stage("other", "a")]))
    assert set(diary.state.gates) == {"other"}
    assert diary.at("2026-11-03 10:00").keys("notify/gate_shut") == [], "nobody is told of it as a lock"


def test_adopting_a_policy_keeps_what_is_earned_whatever_its_content() -> None:
    diary = Diary(plan(course("a"))).passes("a")
    diary.adopt(plan(course("a", content="newer")))
    assert diary.track("a").earned_by is EarnedBy.PASS
    assert "on_duty" in diary.state.gates


def test_adopting_a_policy_without_validity_makes_a_pass_last() -> None:
    diary = Diary(plan(course("a", validity={"months": 2, "recertify": "20d"}))).passes("a")
    assert diary.track("a").valid_until is not None
    diary.adopt(plan(course("a")))
    assert diary.track("a").valid_until is None


@pytest.mark.parametrize(
    ("before", "after", "until"),
    [
        pytest.param(2, 6, "2027-05-02 09:00", id="a longer term counts"),
        pytest.param(6, 2, "2027-05-02 09:00", id="a shorter one takes nothing away"),
    ],
)
def test_adopting_another_validity_never_shortens_a_pass(before: int, after: int, until: str) -> None:
    diary = Diary(plan(course("a", validity={"months": before, "recertify": "20d"}))).passes("a")
    diary.adopt(plan(course("a", validity={"months": after, "recertify": "20d"})))
    assert diary.day(diary.track("a").valid_until) == until


def test_a_pass_that_never_lapsed_never_will() -> None:
    diary = Diary(plan(course("a"))).passes("a")
    diary.adopt(plan(course("a", validity={"months": 1, "recertify": "5d"})))
    assert diary.track("a").valid_until is None


def test_a_waiver_keeps_its_own_end_under_another_policy() -> None:
    rules = {"decisions": {"waiver": {"by": ["hr"], "expires": "90d"}}}
    diary = Diary(plan(course("a"), **rules)).waives("a")
    until = diary.track("a").valid_until
    diary.adopt(plan(course("a", validity={"months": 24, "recertify": "5d"}), **rules))
    assert diary.track("a").valid_until == until


@pytest.mark.parametrize("reached", ["exam", "sitting", "exhausted"])
def test_a_policy_that_drops_the_exam_counts_the_course_as_learned(reached: str) -> None:
    diary = Diary(plan(course("a", exam=exam(attempts=1)), **STRICT)).learns("a")
    if reached != "exam":
        diary.opens("a")
    if reached == "exhausted":
        diary.tell(f.ExamGraded, course="a", score=1, attempt=1)
    assert diary.track("a").status == reached
    diary.adopt(plan(course("a", exam=None)))
    assert diary.track("a").earned_by is EarnedBy.PASS
    assert "on_duty" in diary.state.gates


@pytest.mark.parametrize("attempts", [2, "until_passed"])
def test_a_policy_with_more_attempts_lets_an_exhausted_hire_go_on(attempts: object) -> None:
    diary = Diary(plan(course("a", exam=exam(attempts=1)))).scores("a", 10)
    assert diary.track("a").status is Status.EXHAUSTED
    diary.adopt(plan(course("a", exam=exam(attempts=attempts))))
    assert diary.track("a").status is Status.LEARNING


def test_a_policy_with_as_few_attempts_leaves_an_exhausted_hire_exhausted() -> None:
    diary = Diary(plan(course("a", exam=exam(attempts=1)))).scores("a", 10)
    diary.adopt(plan(course("a", exam=exam(attempts=1)), course("b")))
    assert diary.track("a").status is Status.EXHAUSTED


def test_a_policy_that_asks_for_a_released_course_gives_it() -> None:
    any_of = [{"id": "any", "title": title("any"), "any_of": 1, "courses": ["a", "b"]}]
    diary = Diary(plan(course("a"), course("b"), choices=any_of, stages=[stage("on_duty", "any")])).passes(
        "a"
    )
    assert diary.track("b").status is Status.RELEASED
    diary.adopt(plan(course("a"), course("b")))
    assert diary.track("b").status is Status.LEARNING
    assert diary.track("b").deadline is not None
    assert "on_duty" not in diary.state.gates
    diary.passes("b")
    assert "on_duty" in diary.state.gates


def test_a_pass_dropped_by_one_policy_is_credited_by_the_next() -> None:
    diary = Diary(plan(course("a"), course("b"))).passes("a")
    diary.adopt(plan(course("b"))).adopt(plan(course("a2", content="a"), course("b")))
    assert diary.track("a2").earned_by is EarnedBy.CREDIT
    diary.adopt(plan(course("b"))).adopt(plan(course("a3", content="a"), course("b")))
    assert diary.track("a3").earned_by is EarnedBy.CREDIT, "a credit is as good the second time"


def test_an_extended_probation_survives_a_new_plan() -> None:
    probation = {"months": 3, "ask_before": "10d", "options": ["extend"]}
    made = policy(course("a"), probation=probation)
    diary = Diary(pinned(made)).at("2027-01-25 10:00")
    diary.answers(diary.done(s.AskDecision)[0].question, "extend", until="2027-03-01")
    diary.transfer("sales", pinned(made))
    assert diary.day(diary.state.probation_ask_at) == "2027-03-01 00:00"
    diary.at("2027-03-01 09:30")
    assert len(diary.done(s.AskDecision)) == 2


APPEAL = {"decisions": {"appeal": {"within": "30d", "answer_within": "5d", "by": ["hr"]}}}


def with_a_forfeiture() -> Diary:
    pay = {"rules": [rule("bonus", "forfeiture", percent=8)]}
    diary = Diary(plan(course("a"), pay=pay, **APPEAL)).at("2026-11-26 10:00")
    assert list(diary.state.paid) == ["2026-11/bonus"]
    return diary


def test_an_appeal_upheld_after_a_transfer_takes_the_forfeiture_back() -> None:
    diary = (
        with_a_forfeiture().appeals("a").transfer("sales", plan(course("b"), **APPEAL)).judges(upheld=True)
    )
    assert diary.keys("reverse/") == ["reverse/2026-11/bonus"]


def test_the_forfeiture_of_an_earlier_post_may_be_appealed() -> None:
    diary = (
        with_a_forfeiture().transfer("sales", plan(course("b"), **APPEAL)).appeals("a").judges(upheld=True)
    )
    assert diary.keys("reverse/") == ["reverse/2026-11/bonus"]


def test_a_forfeiture_booked_before_a_late_transfer_was_known_is_taken_back() -> None:
    diary = with_a_forfeiture()
    diary.snapshot = plan(course("b"))
    diary.tell(f.Transferred, at="2026-11-20 10:00", post="sales")
    assert [step.why.rule for step in diary.done(s.Reverse)] == ["not_owed"]


def test_a_pass_renewed_half_way_lasts_when_the_new_policy_says_so() -> None:
    diary = Diary(plan(course("a", validity={"months": 2, "recertify": "20d"}))).passes("a")
    diary.at("2026-12-20 10:00")
    assert diary.track("a").is_renewing
    diary.adopt(plan(course("a")))
    assert diary.track("a").status is Status.EARNED
    assert diary.track("a").valid_until is None


RENEWED = {"validity": {"months": 7, "recertify": "20d"}}
LONGER = {"validity": {"months": 24, "recertify": "20d"}}
EARLIER = f.Credit(content_hash="sha-a", passed_at="2026-05-01T00:00:00Z")


def test_learning_for_the_renewal_of_a_credited_pass_is_no_pass_yet() -> None:
    diary = Diary(plan(course("a", **RENEWED)), credits_=(EARLIER,)).at("2026-11-20 10:00").learns("a")
    assert (diary.track("a").earned_by, diary.track("a").status) == (EarnedBy.CREDIT, Status.EXAM)
    diary.adopt(plan(course("a", **LONGER)))
    assert diary.day(diary.track("a").valid_until) == "2028-05-01 08:00", "two years from the pass of May"


def test_a_credited_pass_whose_renewal_has_begun_keeps_its_term_and_its_age() -> None:
    diary = Diary(plan(course("a", **RENEWED)), credits_=(EARLIER,)).at("2026-11-20 10:00")
    assert diary.track("a").is_renewing
    endless = Diary(plan(course("a", **RENEWED)), credits_=(EARLIER,)).at("2026-11-20 10:00")
    endless.adopt(plan(course("a")))
    assert (endless.track("a").status, endless.track("a").valid_until) == (Status.EARNED, None)
    diary.transfer("sales", plan(course("a", **RENEWED, credit_max_age="100d")))
    assert diary.track("a").earned_at is None, "too old"
