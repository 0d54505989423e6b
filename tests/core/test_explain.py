"""Why: every decision with its rule, its line in the policy and its facts, in sentences of both languages."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.base import Lang, Text, Why
from lockstep.core.deeds import of_fact, of_step
from lockstep.core.explain import Explanation, explain, problem_text, reason_text
from lockstep.core.journey import begin
from lockstep.core.refusal import Refusal
from lockstep.core.words import Names, deed, problem, reason, sentence, term
from lockstep.core.words_problems import PROBLEMS
from lockstep.core.words_rules import RULES
from lockstep.core.words_terms import DEEDS, NOTICES, TERMS
from tests.support.diary import Diary
from tests.support.policies import course, exam, pinned, plan, policy, rule, stage

DECISIONS = {
    "waiver": {"by": ["hr"]},
    "extra_attempt": {"by": ["hr"]},
    "appeal": {"within": "30d", "answer_within": "5d", "by": ["hr"]},
}
EVERYTHING = {
    "decisions": DECISIONS,
    "exhausted": {"ask": "hr", "options": ["extra_attempt", "end_onboarding"]},
    "reminders": {"first": "1d", "every": "1d", "channels": ["sms"]},
    "pay": {"rules": [rule("bonus", "forfeiture", percent=8), rule("plus", "allowance", percent=5)]},
    "attendance": {"abnormal_when_overdue": True, "qualified_stage": "on_duty"},
    "stages": [
        stage(
            "on_duty",
            "a",
            "b",
            title={"zh": "上岗", "en": "Duty"},
            certificate={"title": {"zh": "证", "en": "C"}},
        )
    ],
}
COURSES = (
    course("a", title={"zh": "甲", "en": "Alpha"}),
    course("b", title={"zh": "乙", "en": "Beta"}, exam=exam(attempts=1)),
)
PLAN = plan(*COURSES, **EVERYTHING)
Live = Callable[[Diary], object]


def eventful() -> Diary:
    """A life in which nearly everything is decided once."""
    diary = Diary(PLAN).scores("a", 40).scores("b", 30).learns("zzz")
    diary.at("2026-11-27").appeals("a").judges(upheld=True).grants("b")
    diary.scores("b", 20).waives("b").passes("a")
    return diary.at("2027-03-01")


def told(diary: Diary, lang: Lang = Lang.EN) -> Explanation:
    return explain(diary.journey, diary.now, lang)


@pytest.mark.parametrize("lang", list(Lang))
def test_every_decision_has_a_sentence_without_gaps(lang: Lang) -> None:
    found = told(eventful(), lang)
    sentences = [made.what for made in found.decisions] + [m.reason.sentence for m in found.decisions]
    assert len(found.decisions) > 15
    for text in sentences:
        assert text
        assert "…" not in text
        assert not re.search(r"[{}]|\b[a-z]+_[a-z_]+\b", text), f"a key, not words: {text}"
    if lang is Lang.ZH:
        assert all(re.search(r"[\u4e00-\u9fff]", made.what) for made in found.decisions)


def test_a_decision_names_policy_rule_place_and_facts() -> None:
    lines = {"pay.rules.bonus": 17, "pay": 12}
    diary = Diary(pinned(policy(*COURSES, **EVERYTHING), lines=lines, file="policies/test.yaml"))
    diary.at("2026-11-26")
    settled = next(made for made in told(diary).decisions if made.fact.startswith("begun/settle/"))
    assert settled.outcome == "done"
    assert settled.reason.policy is not None
    assert (settled.reason.policy.id, settled.reason.policy.hash) == ("test", "test-1")
    assert (settled.reason.file, settled.reason.line, settled.reason.path) == (
        "policies/test.yaml",
        12,
        "pay",
    )
    [paid] = told(diary).adjustments
    assert (paid.basis.line, paid.basis.path) == (17, "pay.rules.bonus")
    assert paid.taken_back is None


def test_a_place_without_a_line_is_found_by_what_is_around_it() -> None:
    diary = Diary(pinned(policy(*COURSES, **EVERYTHING), lines={"pay": 12})).at("2026-11-26")
    assert [line.basis.line for line in told(diary).adjustments] == [12]
    unknown = Diary(PLAN).at("2026-11-26")
    assert [line.basis.line for line in told(unknown).adjustments] == [0]


def test_what_was_taken_back_says_why() -> None:
    diary = Diary(PLAN).scores("a", 40).at("2026-11-26").appeals("a").judges(upheld=True)
    [line] = told(diary).adjustments
    assert line.adjustment.state == "reversed"
    assert line.taken_back is not None
    assert line.taken_back.rule == "appeal_upheld"


def test_an_effect_under_way_says_so() -> None:
    diary = Diary(PLAN, answer=lambda step: None if isinstance(step, s.Settle) else f.EffectOutcome.DONE)
    diary.at("2026-11-26")
    outcomes = {made.fact: made.outcome for made in told(diary).decisions}
    assert outcomes["begun/settle/2026-11/1"] == "under_way"
    assert outcomes[next(name for name in outcomes if name.startswith("made/"))] == ""


def test_locked_stages_say_what_is_missing_and_open_ones_since_when() -> None:
    diary = Diary(PLAN).passes("a")
    [locked] = told(diary).stages
    assert (locked.title, locked.open_since) == ("Duty", None)
    assert [(lacking.item, lacking.title) for lacking in locked.missing] == [("b", "Beta")]
    assert locked.missing[0].to_do == "Learn “Beta”, on 2026-11-05 at the latest."
    [opened] = told(diary.passes("b")).stages
    assert opened.open_since == diary.state.gates["on_duty"]
    assert opened.missing == ()


def test_what_comes_if_nothing_else_happens() -> None:
    coming = told(Diary(PLAN)).coming
    assert coming
    assert all(due.what and due.reason.sentence for due in coming)
    assert sorted(due.at for due in coming) == [due.at for due in coming]


def test_what_did_not_count_is_told_with_the_reason() -> None:
    diary = Diary(PLAN).learns("zzz")
    at = diary.journey.stamp(diary.now)
    diary.take(f.Disregarded(id="d1", at=at, about="m1", problem="field x is wrong"))
    refused = {note.fact: note for note in told(diary).refused}
    assert refused["told/1"].kind == "course_completed"
    assert "zzz" in refused["told/1"].reason
    assert (refused["m1"].kind, refused["m1"].reason) == ("disregarded", "field x is wrong")
    assert all(made.fact != "told/1" for made in told(diary).decisions)


def test_before_the_plan_there_is_little_to_explain() -> None:
    diary = Diary(PLAN)
    found = explain(begin(diary.hire, diary.now), diary.now, Lang.EN)
    assert (found.policy, found.stages, found.decisions, found.adjustments) == (None, (), (), ())
    assert found.next_step == "Wait for the training plan."


def test_who_decided_gives_the_reason_in_their_own_words() -> None:
    diary = Diary(PLAN).waives("b")
    waived = next(made for made in told(diary).decisions if made.fact == "told/1")
    assert waived.reason.sentence == "knows it"
    assert waived.reason.path == "decisions.waiver"
    assert "Beta" in waived.what
    assert "H1" in waived.what


@pytest.mark.parametrize(("upheld", "key"), [(True, "appeal_upheld"), (False, "appeal_rejected")])
def test_how_an_appeal_ended_is_a_deed(upheld: bool, key: str) -> None:
    diary = Diary(PLAN).scores("a", 40).appeals("a").judges(upheld=upheld)
    found = of_fact(next(fact for fact in diary.journey.facts if fact.id == f"told/{diary.told}"))
    assert found is not None
    assert (found.key, found.args["by"], found.why.policy_path) == (key, "H1", "decisions.appeal")


def test_every_step_of_a_life_is_a_deed() -> None:
    diary = eventful()
    kinds = {type(step) for _, step in diary.steps}
    assert {s.Remind, s.Settle, s.Reverse, s.IssueCertificate, s.MarkAttendance, s.GateStep, s.Close} <= kinds
    for _, step in diary.steps:
        assert not isinstance(step, s.WaitUntil)
        assert of_step(step).key in DEEDS


NAMES = Names("Asia/Shanghai", {"a": Text(zh="甲", en="Alpha")}, {"bonus": Text(zh="奖", en="Bonus")})


@pytest.mark.parametrize(
    ("args", "zh", "en"),
    [
        ({"x": "hr"}, "人事", "HR"),
        ({"x": "hr, manager"}, "人事、直属主管", "HR, the manager"),
        ({"x": "of_no_list"}, "of_no_list", "of_no_list"),
        ({"courses": "a, q"}, "甲、q", "Alpha, q"),
        ({"rule": "bonus"}, "奖", "Bonus"),
        ({"rules": "bonus, q"}, "奖、q", "Bonus, q"),
        ({"item": "hours:team"}, "team 学时", "training hours team"),
        ({"item": "stage:a"}, "甲", "Alpha"),
        ({"until": "2026-11-02T16:00:00+00:00"}, "2026-11-03", "2026-11-03"),
        ({"until": "2026-11-02T17:00:00+00:00"}, "2026-11-03 01:00", "2026-11-03 01:00"),
        ({"until": "2026-11-02T16:05:00+00:00"}, "2026-11-03 00:05", "2026-11-03 00:05"),
        ({"deadline": "2026-11-02T16:00:00+00:00"}, "2026-11-02", "2026-11-02"),
        ({"deadline": "2026-11-02T16:00:01+00:00"}, "2026-11-03", "2026-11-03"),
    ],
)
def test_arguments_become_words(args: dict[str, str], zh: str, en: str) -> None:
    name = next(iter(args))
    text = Text(zh=f"{{{name}}}", en=f"{{{name}}}")
    assert sentence(text, args, Lang.ZH, NAMES) == zh
    assert sentence(text, args, Lang.EN, NAMES) == en


def test_an_argument_that_an_old_record_lacks_leaves_a_gap() -> None:
    assert sentence(Text(zh="“{course}”"), {}, Lang.EN, NAMES) == "“…”"


def test_the_name_of_a_message_is_a_notice_not_a_term() -> None:
    event = next(iter(NOTICES))
    assert sentence(Text(zh="{event}"), {"event": event}, Lang.ZH, NAMES) == NOTICES[event].zh


def test_a_rule_without_words_is_given_by_its_key_and_a_problem_in_words_as_it_is() -> None:
    assert reason(Why(rule="of_long_ago"), Lang.EN, NAMES) == "of_long_ago"
    assert problem("write it so", {}, Lang.ZH, NAMES) == "write it so"
    assert term("of_long_ago", Lang.ZH) == "of_long_ago"
    assert deed("closed", {"reason": "completed"}, Lang.EN, NAMES)


def test_refusals_and_reasons_name_things_by_the_policy_of_the_hire() -> None:
    diary = Diary(PLAN)
    refused = Refusal("unknown_course", {"course": "a"})
    assert "Alpha" in problem_text(diary.journey, refused, Lang.EN)
    assert "甲" in reason_text(diary.journey, Why(rule="deadline_missed", args={"item": "a"}), Lang.ZH)


def test_the_last_policy_that_names_a_thing_counts() -> None:
    newer = policy(course("a", title={"zh": "新", "en": "New"}))
    assert Names.of([policy(*COURSES), newer], "UTC").title("a", Lang.EN) == "New"
    assert Names.of([newer, policy(*COURSES)], "UTC").title("b", Lang.ZH) == "乙"
    assert replace(NAMES, titles={}).title("a", Lang.ZH) == "a"


@pytest.mark.parametrize("table", [RULES, PROBLEMS, DEEDS, NOTICES, TERMS], ids="rpdnt")
def test_both_languages_say_the_same_things(table: dict[str, Text]) -> None:
    for key, text in table.items():
        assert text.zh, key
        assert text.en, key
        assert set(re.findall(r"{(\w+)}", text.zh)) == set(re.findall(r"{(\w+)}", text.en)), key


WHY = Why(rule="journey_over")


@pytest.mark.parametrize(
    ("step", "key", "args"),
    [
        (s.ExpireAttempt(course="a", attempt=2, why=WHY), "attempt_expired", {"course": "a", "attempt": "2"}),
        (s.Reopen(course="a", cause="recertify", why=WHY), "reopened", {"course": "a"}),
        (s.Close(reason="completed", why=WHY), "closed", {"reason": "completed"}),
        (s.GateStep(stage="x", opens=False, why=WHY), "gate_shut", {"stage": "x"}),
        (
            s.Escalate(key="k", to="manager", courses=("a", "b"), rung=1, why=WHY),
            "escalate",
            {"to": "manager", "courses": "a, b"},
        ),
    ],
)
def test_what_a_step_does(step: s.Action, key: str, args: dict[str, str]) -> None:
    found = of_step(step)
    assert (found.key, found.args, found.why) == (key, args, WHY)


def test_what_rare_facts_decided() -> None:
    at = Diary(PLAN).now
    expired = of_fact(f.AttemptExpired(id="x", at=at, course="a", attempt=1))
    assert expired is not None
    assert (expired.key, expired.why.rule, expired.why.policy_path) == (
        "attempt_expired",
        "exam_timed_out",
        "courses.a.exam",
    )
    by = {"id": "H1", "role": "hr"}
    decided = of_fact(f.Decided(id="x", at=at, question="q", outcome="extend", by=by, reason="r"))
    assert decided is not None
    assert (decided.key, decided.said) == ("decided", "r")
    assert decided.args == {"by": "H1", "role": "hr", "question": "q", "outcome": "extend"}
    reopened = of_fact(f.Reopened(id="x", at=at, course="a", cause="recertify"))
    assert reopened is not None
    assert (reopened.key, reopened.why.rule) == ("reopened", "recertify")
