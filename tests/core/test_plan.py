"""Which courses a hire gets, when, and by when they are due."""

from datetime import date

import pytest

from lockstep.core import facts as f
from lockstep.core.state import EarnedBy, Status
from tests.support.diary import Diary
from tests.support.policies import course, plan, stage, title


def choice(name: str, any_of: int, *courses: str) -> dict[str, object]:
    return {"id": name, "title": title(name), "any_of": any_of, "courses": list(courses)}


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        pytest.param({"days": 3}, "2026-11-06 00:00", id="working days end with the third day after"),
        pytest.param({"days": 5}, "2026-11-10 00:00", id="a weekend does not count"),
        pytest.param({"days": 24}, "2026-12-05 00:00", id="the end of a Friday"),
        pytest.param({"days": 25}, "2026-12-06 00:00", id="a make-up Saturday counts"),
        pytest.param({"days": 43}, "2026-12-31 00:00", id="the last working day of the year"),
        pytest.param({"days": 44}, "2027-01-05 00:00", id="New Year's Eve and New Year are off"),
        pytest.param({"days": 3, "working": False}, "2026-11-06 00:00", id="calendar days"),
        pytest.param({"days": 5, "working": False}, "2026-11-10 00:00", id="a Saturday rolls to Monday"),
        pytest.param(
            {"days": 5, "working": False, "roll": False}, "2026-11-08 00:00", id="unless it may not"
        ),
        pytest.param(None, "", id="no deadline"),
    ],
)
def test_a_deadline_is_the_end_of_its_last_day(rule: object, due: str) -> None:
    diary = Diary(plan(course("a", deadline=rule)))
    assert diary.day(diary.track("a").deadline) == due


def test_before_the_first_day_nothing_is_assigned_and_the_clock_does_not_run() -> None:
    diary = Diary(plan(course("a")), start_date=date(2026, 11, 9))
    assert diary.day(diary.track("a").assigned_at) == "2026-11-09 00:00"
    assert diary.day(diary.track("a").deadline) == "2026-11-13 00:00"


def test_a_course_may_be_learned_before_the_first_day() -> None:
    diary = Diary(plan(course("a")), start_date=date(2026, 11, 9)).passes("a")
    assert diary.track("a").status is Status.EARNED


def test_a_ladder_assigns_the_next_course_when_the_one_before_is_passed() -> None:
    ladder = plan(course("basic"), course("advanced", after=["basic"]), course("expert", after=["advanced"]))
    diary = Diary(ladder)
    assert [t.status for t in diary.state.tracks.values()] == [Status.LEARNING, Status.LOCKED, Status.LOCKED]
    assert diary.learns("advanced").problem == "prerequisite_open"
    diary.at("2026-11-04 10:00").passes("basic")
    assert diary.track("advanced").status is Status.LEARNING
    assert diary.day(diary.track("advanced").deadline) == "2026-11-10 00:00"
    assert diary.track("expert").status is Status.LOCKED


def test_a_course_without_an_exam_is_earned_by_learning_it() -> None:
    diary = Diary(plan(course("a", exam=None))).learns("a")
    assert diary.track("a").earned_by is EarnedBy.PASS


def two_of_three() -> dict[str, object]:
    return {"choices": [choice("any", 2, "a", "b", "c")], "stages": [stage("on_duty", "any")]}


def test_two_of_three_release_the_third_and_open_the_gate() -> None:
    diary = Diary(plan(course("a"), course("b"), course("c"), **two_of_three()))
    diary.passes("a")
    assert diary.track("c").status is Status.LEARNING
    diary.passes("c")
    assert diary.track("b").status is Status.RELEASED
    assert diary.track("b").deadline is None
    assert "on_duty" in diary.state.gates
    assert diary.learns("b").problem == "already_earned"


def test_a_choice_does_not_release_what_is_needed_elsewhere() -> None:
    made = plan(
        course("a"),
        course("b"),
        course("c"),
        course("d", after=["b"]),
        course("e"),
        choices=[choice("any", 1, "a", "b", "c"), choice("other", 1, "c", "e")],
        stages=[stage("on_duty", "any", "d", "other")],
    )
    diary = Diary(made).passes("a")
    assert diary.track("b").status is Status.LEARNING, "d comes after it"
    assert diary.track("c").status is Status.LEARNING, "the other choice may need it"
    diary.passes("e")
    assert diary.track("c").status is Status.RELEASED
    diary.passes("b", "d")
    assert "on_duty" in diary.state.gates


def test_a_course_of_a_choice_that_a_stage_names_itself_is_not_released() -> None:
    made = plan(
        course("a"), course("b"),
        choices=[choice("any", 1, "a", "b")],
        stages=[stage("on_duty", "any"), stage("review", "b")],
    )  # fmt: skip
    assert Diary(made).passes("a").track("b").status is Status.LEARNING


def test_what_was_released_comes_back_when_the_choice_is_no_longer_satisfied() -> None:
    made = plan(
        course("a"), course("b"),
        choices=[choice("any", 1, "a", "b")],
        stages=[stage("on_duty", "any")],
        decisions={"waiver": {"by": ["hr"], "expires": "10d"}},
    )  # fmt: skip
    diary = Diary(made).waives("a")
    assert diary.track("b").status is Status.RELEASED
    diary.at("2026-11-13 10:00")
    assert [t.status for t in diary.state.tracks.values()] == [Status.LEARNING, Status.LEARNING]
    assert "on_duty" not in diary.state.gates
    diary.passes("b")
    assert "on_duty" in diary.state.gates


def test_a_released_course_that_a_reopened_one_comes_after_is_given_again() -> None:
    made = plan(
        course("a"), course("b"), course("c", after=["b"]),
        choices=[choice("any", 1, "a", "b")],
        stages=[stage("on_duty", "any", "c")],
        decisions={"waiver": {"by": ["hr"], "expires": "10d"}},
    )  # fmt: skip
    diary = Diary(made).waives("c").passes("a")
    assert diary.track("b").status is Status.RELEASED
    diary.at("2026-11-13 10:00")
    assert diary.track("c").status is Status.LOCKED
    assert diary.track("b").status is Status.LEARNING
    diary.passes("b", "c")
    assert "on_duty" in diary.state.gates


def test_a_rehire_is_credited_by_content() -> None:
    earlier = f.Credit(content_hash="sha-a", passed_at="2026-05-01T00:00:00Z")
    diary = Diary(plan(course("a"), course("b")), credits_=(earlier,))
    assert diary.track("a").earned_by is EarnedBy.CREDIT
    assert diary.track("b").status is Status.LEARNING


@pytest.mark.parametrize(
    ("given", "credited"),
    [
        pytest.param({"credit_max_age": "300d"}, True, id="young enough"),
        pytest.param({"credit_max_age": "100d"}, False, id="too old"),
        pytest.param({"validity": {"months": 7, "recertify": "30d"}}, True, id="still valid"),
        pytest.param({"validity": {"months": 6, "recertify": "30d"}}, False, id="lapsed"),
    ],
)
def test_a_credit_counts_while_it_is_young_and_valid(given: dict[str, object], credited: bool) -> None:
    earlier = f.Credit(content_hash="sha-a", passed_at="2026-05-01T00:00:00Z")
    diary = Diary(plan(course("a", **given)), credits_=(earlier,))
    assert (diary.track("a").earned_by is EarnedBy.CREDIT) is credited


def test_the_policy_s_age_limit_counts_where_the_course_has_none() -> None:
    earlier = f.Credit(content_hash="sha-a", passed_at="2026-05-01T00:00:00Z")
    diary = Diary(plan(course("a"), credit_max_age="100d"), credits_=(earlier,))
    assert diary.track("a").earned_by is None


def test_content_nobody_knows_is_credited_to_nobody() -> None:
    unknown = f.Credit(content_hash="", passed_at="2026-05-01T00:00:00Z")
    made = plan(course("a")).model_copy(update={"content": {}})
    assert Diary(made, credits_=(unknown,)).track("a").earned_by is None
