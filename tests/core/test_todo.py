"""What the hire has to do next: about a course, a stage, at all; and its sentence in both languages."""

from collections.abc import Callable

import pytest

from lockstep.core import facts as f
from lockstep.core import words
from lockstep.core.base import Lang
from lockstep.core.explain import names_of
from lockstep.core.journey import begin
from lockstep.core.policy.policy import Snapshot
from lockstep.core.todo import of_hire, of_stage, of_track
from lockstep.core.words_terms import TO_DO
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan, stage

ONE = plan(course("a", title={"zh": "甲", "en": "Alpha"}))
LIMITED = plan(course("a", exam=exam(attempts=1)))
WAITING = plan(course("a", exam=exam(wait="2d")))
Live = Callable[[Diary], object]


def told(diary: Diary, lang: Lang = Lang.EN) -> str:
    found = of_hire(diary.state, diary.now)
    return words.to_do(found.key, found.args, lang, names_of(diary.journey))


@pytest.mark.parametrize(
    ("snapshot", "live", "key"),
    [
        (ONE, lambda _: None, "learn_by"),
        (ONE, lambda d: d.at("2026-11-06 00:00"), "learn_late"),
        (ONE, lambda d: d.at("2026-11-05 23:59"), "learn_by"),
        (ONE, lambda d: d.learns("a"), "sit_exam"),
        (ONE, lambda d: d.learns("a").opens("a"), "hand_in"),
        (ONE, lambda d: d.scores("a", 10), "relearn"),
        (ONE, lambda d: d.passes("a"), "rest"),
        (plan(course("a", deadline=None)), lambda _: None, "learn"),
        (LIMITED, lambda d: d.scores("a", 10), "await_decision"),
        (WAITING, lambda d: d.scores("a", 10).learns("a"), "sit_exam_from"),
        (WAITING, lambda d: d.scores("a", 10).learns("a").later(days=3), "sit_exam"),
    ],
)
def test_one_thing_to_do_first(snapshot: Snapshot, live: Live, key: str) -> None:
    diary = Diary(snapshot)
    live(diary)
    assert of_hire(diary.state, diary.now).key == key


def test_an_exam_under_way_comes_before_a_course_to_learn() -> None:
    diary = Diary(plan(course("a"), course("b"), course("c", after=["b"])))
    assert of_hire(diary.state, diary.now).args["course"] == "a"
    diary.learns("b")
    assert (of_hire(diary.state, diary.now).key, of_hire(diary.state, diary.now).args["course"]) == (
        "sit_exam",
        "b",
    )
    diary.learns("a").opens("a")
    assert of_hire(diary.state, diary.now).args["course"] == "a"


def test_before_there_is_a_plan_one_waits() -> None:
    diary = Diary(ONE)
    assert of_hire(begin(diary.hire, diary.now).state, diary.now).key == "await_plan"


def test_a_locked_course_names_only_what_is_not_passed_yet() -> None:
    diary = Diary(plan(course("a"), course("b"), course("c", after=["a", "b"]))).passes("a")
    found = of_track(diary.state, diary.track("c"), diary.now)
    assert (found.key, found.args) == ("pass_first", {"missing": "b"})


def test_who_has_left_has_nothing_to_do() -> None:
    diary = Diary(ONE).tell(f.Left, reason="resigned")
    found = of_hire(diary.state, diary.now)
    assert found.key == "over"
    assert found.args["reason"] == "resigned"


def test_sections_to_relearn_are_named() -> None:
    parts = exam(relearn="failed_sections")
    diary = Diary(plan(course("a", exam=parts))).scores("a", 10, failed_sections=["s1", "s2"])
    found = of_track(diary.state, diary.track("a"), diary.now)
    assert (found.key, found.args["sections"]) == ("relearn_sections", "s1, s2")


def test_a_stage_says_what_it_lacks_and_what_to_do_about_each() -> None:
    stages = [
        stage("desk", "a"),
        stage("on_duty", "a", "any", hours={"team": 8}),
    ]
    courses = (course("a"), course("b"), course("c"), course("d", hours="3", level="team"))
    choice = [{"id": "any", "title": {"zh": "任选"}, "courses": ["b", "c"], "any_of": 1}]
    diary = Diary(plan(*courses, stages=stages, choices=choice))
    on_duty = diary.state.policy.stages[1]
    lacking = {missing.item: missing.to_do for missing in of_stage(diary.state, on_duty, diary.now)}
    assert {item: to_do.key for item, to_do in lacking.items()} == {
        "a": "learn_by",
        "any": "choose",
        "hours:team": "hours",
        "stage:desk": "earlier_stage",
    }
    assert lacking["hours:team"].args == {"level": "team", "have": "0", "need": "8"}
    assert lacking["any"].args == {"n": "1", "have": "0", "courses": "b, c"}
    diary.passes("a", "b")
    left = {missing.item for missing in of_stage(diary.state, on_duty, diary.now)}
    assert left == {"hours:team"}


def test_the_sentence_has_the_courses_title_and_the_last_day_in_time() -> None:
    diary = Diary(ONE)
    assert told(diary) == "Learn “Alpha”, on 2026-11-05 at the latest."
    assert told(diary, Lang.ZH) == "请最晚于2026-11-05学完“甲”。"


@pytest.mark.parametrize("key", sorted(TO_DO))
def test_every_sentence_is_there_in_both_languages_and_differs(key: str) -> None:
    text = TO_DO[key]
    assert text.zh
    assert text.en
    assert text.zh != text.en
