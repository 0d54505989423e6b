"""What humans decide: waivers, extra attempts, answers to questions."""

from datetime import date

import pytest

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.state import EarnedBy, Status
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan

WAIVER = {"decisions": {"waiver": {"by": ["hr", "safety_officer"]}}}
TWO = {"decisions": {"waiver": {"by": ["hr", "safety_officer"], "people": 2, "expires": "30d"}}}
EXTRA = {"decisions": {"extra_attempt": {"by": ["hr"], "people": 2}}}
ASK = {"exhausted": {"options": ["extra_attempt", "targeted_training", "transfer", "end_onboarding"]}}
PROBATION = {
    "probation": {
        "months": 3,
        "ask_before": "10d",
        "options": ["extend", "extra_attempt", "targeted_training", "end_onboarding"],
    }
}


def test_a_waived_course_counts_as_earned() -> None:
    diary = Diary(plan(course("a"), course("b", after=["a"]), **WAIVER)).waives("a")
    assert diary.track("a").earned_by is EarnedBy.WAIVER
    assert diary.track("b").status is Status.LEARNING
    assert diary.waives("a").problem == "already_earned"


def test_a_waiver_may_take_two_people() -> None:
    diary = Diary(plan(course("a"), **TWO)).waives("a", by="H1")
    assert diary.track("a").earned_by is None
    assert diary.waives("a", by="H1").problem == "signed_already"
    diary.waives("a", by="S1", role="safety_officer")
    assert diary.track("a").earned_by is EarnedBy.WAIVER
    assert "on_duty" in diary.state.gates


def test_a_waiver_that_ends_shuts_the_gate_and_gives_the_course_again() -> None:
    diary = Diary(plan(course("a"), **TWO)).waives("a", by="H1").waives("a", by="H2")
    diary.at("2026-12-02 08:00")
    assert "on_duty" in diary.state.gates
    diary.at("2026-12-02 10:00")
    assert "on_duty" not in diary.state.gates
    assert diary.track("a").status is Status.LEARNING
    assert diary.day(diary.track("a").deadline) == "2026-12-06 00:00", "the make-up Saturday is the third day"
    assert diary.waives("a", by="H1").problem == "", "signatures start anew"


@pytest.mark.parametrize(
    ("given", "role", "problem"),
    [
        pytest.param({}, "hr", "not_in_policy", id="a policy without waivers"),
        pytest.param(WAIVER, "manager", "wrong_role", id="a role that may not"),
    ],
)
def test_a_waiver_is_the_policy_s_to_allow(given: dict[str, object], role: str, problem: str) -> None:
    assert Diary(plan(course("a"), **given)).waives("a", role=role).problem == problem


def test_an_extra_attempt_takes_its_signatures() -> None:
    diary = Diary(plan(course("a", exam=exam(attempts=1, wait="2h", relearn="none")), **EXTRA))
    diary.scores("a", 10)
    assert diary.track("a").status is Status.EXHAUSTED
    assert diary.grants("a").track("a").status is Status.EXHAUSTED
    diary.grants("a", by="H2")
    assert diary.track("a").status is Status.EXAM
    assert diary.day(diary.track("a").exam_from) == "2026-11-02 11:00", (
        "the wait runs from the failed sitting"
    )
    assert diary.opens("a").problem == "wait_first"
    diary.at("2026-11-02 11:01").passes("a")
    assert diary.track("a").earned_by is EarnedBy.PASS


def test_an_extra_attempt_may_be_granted_before_it_is_needed() -> None:
    diary = Diary(plan(course("a", exam=exam(attempts=1)), **EXTRA)).grants("a").grants("a", by="H2")
    assert diary.track("a").attempts_allowed == 2
    diary.scores("a", 10)
    assert diary.track("a").status is Status.LEARNING


@pytest.mark.parametrize("given", [{"exam": exam()}, {"exam": None}])
def test_nobody_needs_an_extra_attempt_where_attempts_do_not_end(given: dict[str, object]) -> None:
    diary = Diary(plan(course("a", **given), **EXTRA)).grants("a")
    assert diary.problem == "attempts_not_limited"


def test_nobody_needs_an_extra_attempt_at_what_is_earned() -> None:
    diary = Diary(plan(course("a", exam=exam(attempts=2)), course("b"), **EXTRA)).passes("a").grants("a")
    assert diary.problem == "attempts_not_limited"


def exhausted(**given: object) -> Diary:
    return Diary(plan(course("a", exam=exam(attempts=1)), **{**ASK, **given})).scores("a", 10)


def test_when_attempts_end_a_human_is_asked_once() -> None:
    diary = exhausted().at("2026-11-20 12:00")
    asked = diary.done(s.AskDecision)
    assert [(q.question, q.to, q.course) for q in asked] == [("exhausted/a/0.1", "hr", "a")]
    assert diary.opens("a").problem == "no_attempts_left"
    assert diary.learns("a").track("a").status is Status.EXHAUSTED


def test_an_extra_attempt_is_asked_about_again_when_it_fails() -> None:
    diary = exhausted().answers("exhausted/a/0.1", "extra_attempt")
    assert diary.track("a").status is Status.LEARNING
    diary.scores("a", 20)
    assert [q.question for q in diary.done(s.AskDecision)] == ["exhausted/a/0.1", "exhausted/a/0.2"]


def test_targeted_training_is_the_whole_course_with_a_new_deadline_and_ladder() -> None:
    diary = exhausted(escalation=[{"after": "1d", "to": "manager"}]).at("2026-11-16 10:00")
    diary.answers("exhausted/a/0.1", "targeted_training")
    track = diary.track("a")
    assert (track.status, track.attempts_allowed, track.cycle) == (Status.LEARNING, 2, 1)
    assert diary.day(track.deadline) == "2026-11-20 00:00"
    diary.at("2026-11-25 12:00")
    assert diary.when(s.Escalate) == ["2026-11-23 09:00"]


def test_the_ladder_of_targeted_training_holds_up_nobody_else_s() -> None:
    late = {"escalation": [{"after": "1d", "to": "manager"}], **ASK}
    diary = Diary(plan(course("a", exam=exam(attempts=1)), course("b"), **late)).at("2026-11-09 10:00")
    assert [step.courses for step in diary.done(s.Escalate)] == [("a", "b")]
    diary.scores("a", 10).answers("exhausted/a/0.1", "targeted_training").at("2026-11-20 10:00")
    assert [step.courses for step in diary.done(s.Escalate)] == [("a", "b"), ("a",)]


def test_ending_the_onboarding_settles_files_and_closes() -> None:
    diary = exhausted().answers("exhausted/a/0.1", "end_onboarding")
    assert diary.state.closed == "ended"
    assert diary.keys("file_record") == ["file_record"]


def test_a_transfer_answered_waits_for_the_transfer() -> None:
    diary = exhausted().answers("exhausted/a/0.1", "transfer").at("2026-12-20 10:00")
    assert diary.track("a").status is Status.EXHAUSTED
    assert not diary.state.closed


@pytest.mark.parametrize(
    ("question", "outcome", "role", "problem"),
    [
        pytest.param("nothing", "transfer", "hr", "question_unknown", id="a question nobody asked"),
        pytest.param("exhausted/a/0.1", "transfer", "manager", "wrong_role", id="somebody else's"),
        pytest.param("exhausted/a/0.1", "extend", "hr", "not_an_option", id="an answer not offered"),
    ],
)
def test_an_answer_fits_its_question(question: str, outcome: str, role: str, problem: str) -> None:
    assert exhausted().answers(question, outcome, role=role).problem == problem


def test_a_question_is_answered_once() -> None:
    diary = exhausted().answers("exhausted/a/0.1", "transfer").answers("exhausted/a/0.1", "extra_attempt")
    assert diary.problem == "question_closed"


def test_a_question_that_time_has_answered_is_open_no_more() -> None:
    diary = exhausted(**WAIVER).waives("a")
    assert diary.answers("exhausted/a/0.1", "targeted_training").problem == "question_moot"
    assert diary.track("a").status is Status.EARNED
    diary.at("2027-01-20 10:00")
    assert diary.state.closed == "completed", "it does not hold up the end"


def test_a_hire_still_locked_is_asked_about_before_probation_ends() -> None:
    diary = Diary(plan(course("a"), **PROBATION)).at("2027-02-01 10:00")
    asked = diary.done(s.AskDecision)
    assert [q.question for q in asked] == ["probation/2027-01-23"]
    assert diary.when(s.AskDecision) == ["2027-01-25 09:00"], "23 January is a Saturday"


def test_nobody_is_asked_about_a_hire_who_is_through() -> None:
    assert Diary(plan(course("a"), **PROBATION)).passes("a").at("2027-02-01 10:00").keys("ask/") == []


def test_a_probation_question_is_open_no_more_once_the_hire_is_through() -> None:
    diary = Diary(plan(course("a"), **PROBATION)).at("2027-01-26 10:00").passes("a")
    assert diary.answers("probation/2027-01-23", "end_onboarding").problem == "question_moot"


def test_an_extension_says_until_when_and_asks_again_then() -> None:
    diary = Diary(plan(course("a"), **PROBATION)).at("2027-01-26 10:00")
    assert diary.answers("probation/2027-01-23", "extend").problem == "extension_needs_date"
    diary.answers("probation/2027-01-23", "extend", until="2027-03-01")
    diary.at("2027-03-02 10:00")
    assert [q.question for q in diary.done(s.AskDecision)] == ["probation/2027-01-23", "probation/2027-03-01"]


def test_an_answer_about_probation_holds_for_every_course_not_done() -> None:
    courses = (course("a", exam=exam(attempts=1)), course("b"), course("c"), course("d", after=["b"]))
    diary = Diary(plan(*courses, **PROBATION)).passes("c").scores("a", 10).at("2027-01-26 10:00")
    diary.answers("probation/2027-01-23", "extra_attempt")
    assert diary.track("a").status is Status.LEARNING
    assert (diary.track("b").granted, diary.track("c").granted, diary.track("d").granted) == (1, 0, 0)


def test_targeted_training_about_probation_gives_every_course_not_done_again() -> None:
    courses = (course("a", exam=exam(attempts=1)), course("b"), course("c"))
    diary = Diary(plan(*courses, **PROBATION)).passes("c").scores("a", 10).at("2027-01-26 10:00")
    diary.answers("probation/2027-01-23", "targeted_training")
    assert diary.track("a").status is Status.LEARNING
    assert diary.day(diary.track("b").deadline) == "2027-01-30 00:00"
    assert diary.track("c").status is Status.EARNED


def test_a_decision_is_explained_by_who_took_it() -> None:
    diary = Diary(plan(course("a"), **WAIVER)).waives("a")
    waived = next(fact for fact in diary.journey.facts if isinstance(fact, f.Waived))
    assert (waived.by.id, waived.reason) == ("H1", "knows it")
    assert waived.id in diary.track("a").rests_on


def test_the_months_of_probation_are_those_of_the_hire_s_calendar() -> None:
    first = date(2027, 3, 1)  # in Shanghai; in Greenwich it is still February
    diary = Diary(plan(course("a", deadline=None), **PROBATION), hire_date=first, start_date=first)
    assert [q.question for q in diary.at("2027-08-01").done(s.AskDecision)] == ["probation/2027-05-22"]
