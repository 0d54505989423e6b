"""Where a hire stands, as the query, the list columns and the operator's table show it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.base import Lang
from lockstep.core.journey import begin
from lockstep.core.progress import Progress, details_table, progress
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan, rule, stage

STAGES = [stage("desk", "a", title={"zh": "工位", "en": "Desk"}), stage("review", "b")]
TWO = plan(course("a"), course("b"), stages=STAGES)
APPEAL = {"decisions": {"appeal": {"within": "30d", "answer_within": "5d", "by": ["hr"]}}}
BONUS = {"pay": {"rules": [rule("bonus", "forfeiture", percent=8)]}}


def shown(diary: Diary) -> Progress:
    return progress(diary.journey, diary.now)


def test_before_the_plan_there_is_only_the_hire() -> None:
    diary = Diary(TWO)
    found = progress(begin(diary.hire, diary.now), diary.now)
    assert (found.stage, found.locked, found.policy_id, found.policy_hash) == ("planning", True, "", "")
    assert (found.gates, found.tracks, found.next_deadline) == ((), (), None)
    assert (found.employee_id, found.post, found.entity, found.tz) == ("E1", "dev", "A", "Asia/Shanghai")


def test_the_stage_is_the_first_that_is_not_open() -> None:
    diary = Diary(TWO)
    assert (shown(diary).stage, shown(diary).locked) == ("desk", True)
    diary.passes("a")
    found = shown(diary)
    assert (found.stage, found.locked) == ("review", True)
    assert [gate.open_since is not None for gate in found.gates] == [True, False]
    diary.passes("b")
    assert (shown(diary).stage, shown(diary).locked) == ("done", False)
    assert (found.policy_id, found.policy_version, found.policy_hash) == ("test", "1", "test-1")


def test_overdue_counts_unfinished_courses_from_the_instant_of_the_deadline() -> None:
    diary = Diary(plan(course("a"), course("b", deadline={"days": 9}), course("c"))).passes("c")
    due = diary.track("a").deadline
    assert due is not None
    assert progress(diary.journey, due - timedelta(microseconds=1)).overdue == 0
    assert progress(diary.journey, due - timedelta(microseconds=1)).next_deadline == due
    late = progress(diary.journey, due)
    assert late.overdue == 1
    assert [track.overdue for track in late.tracks] == [True, False, False]
    assert late.next_deadline == diary.track("b").deadline
    assert shown(diary.at("2026-11-20").passes("a", "b")).overdue == 0


def test_who_has_left_is_late_with_nothing() -> None:
    diary = Diary(TWO).tell(f.Left, reason="resigned").at("2026-12-01")
    found = shown(diary)
    assert (found.overdue, found.next_deadline, found.closed) == (0, None, "resigned")
    assert found.next_step.key == "over"


def test_sittings_and_what_is_left_of_them() -> None:
    diary = Diary(plan(course("a", exam=exam(attempts=3)), course("b"))).scores("a", 12.5)
    [a, b] = shown(diary).tracks
    [sat] = a.attempts
    assert (sat.number, sat.score, sat.passed, a.attempts_left) == (1, Decimal("12.5"), False, 2)
    assert sat.opened_at is not None
    assert sat.graded_at is not None
    assert b.attempts_left is None, "as many as it takes"
    [a, _] = shown(diary.scores("a", 90)).tracks
    assert (a.status, a.earned_by, a.attempts_left) == ("earned", "passed", 1)
    assert [sat.passed for sat in a.attempts] == [False, True]


def test_attempts_left_never_go_below_none() -> None:
    diary = Diary(plan(course("a", exam=exam(attempts=1)), decisions={"extra_attempt": {"by": ["hr"]}}))
    diary.scores("a", 1).grants("a")
    [a] = shown(diary).tracks
    assert a.attempts_left == 1
    [a] = shown(diary.scores("a", 2)).tracks
    assert a.attempts_left == 0


def test_an_open_appeal_shows_until_when_it_is_to_be_answered() -> None:
    diary = Diary(plan(course("a"), **APPEAL)).scores("a", 10).appeals("a", "AP")
    [appeal] = shown(diary).appeals
    opened = diary.state.appeals["AP"].opened.at
    assert (appeal.appeal, appeal.course, appeal.since) == ("AP", "a", opened)
    assert appeal.answer_by == opened + timedelta(days=5)
    assert not appeal.late
    [appeal] = progress(diary.journey, appeal.answer_by).appeals
    assert appeal.late
    assert shown(diary.judges("AP", upheld=False)).appeals == ()


def test_an_open_question_shows_who_must_answer_what() -> None:
    ending = {"exhausted": {"ask": "hr", "options": ["targeted_training", "end_onboarding"]}}
    diary = Diary(plan(course("a", exam=exam(attempts=1)), **ending)).scores("a", 10)
    diary.at("2026-11-03 10:00")
    [question] = shown(diary).questions
    assert (question.question, question.course, question.to) == ("exhausted/a/0.1", "a", "hr")
    assert question.options == ("targeted_training", "end_onboarding")
    diary.answers(question.question, question.options[0])
    assert shown(diary).questions == ()


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (f.EffectOutcome.DONE, "posted"),
        (None, "pending"),
        (f.EffectOutcome.REFUSED, "refused"),
        (f.EffectOutcome.UNKNOWN, "unknown"),
    ],
)
def test_an_adjustment_says_what_became_of_it(outcome: f.EffectOutcome | None, state: str) -> None:
    def answer(step: s.Effect) -> f.EffectOutcome | None:
        return outcome if isinstance(step, s.Settle) else f.EffectOutcome.DONE

    diary = Diary(plan(course("a"), **BONUS), answer=answer).at("2026-11-26")
    [line] = shown(diary).adjustments
    assert (line.rule, line.kind, line.percent, line.state) == ("bonus", "forfeiture", -8, state)
    outside = [(effect.kind, effect.outcome) for effect in shown(diary).outside]
    assert outside == ([] if state == "posted" else [("settle", "under_way" if outcome is None else state)])


@pytest.mark.parametrize(("outcome", "state"), [(f.EffectOutcome.DONE, "reversed"), (None, "reversing")])
def test_an_adjustment_taken_back_says_so(outcome: f.EffectOutcome | None, state: str) -> None:
    def answer(step: s.Effect) -> f.EffectOutcome | None:
        return outcome if isinstance(step, s.Reverse) else f.EffectOutcome.DONE

    diary = Diary(plan(course("a"), **BONUS, **APPEAL), answer=answer).at("2026-11-26")
    diary.appeals("a").judges(upheld=True)
    assert [line.state for line in shown(diary).adjustments] == [state]


def test_what_did_not_count_is_shown_the_last_twenty_in_order() -> None:
    diary = Diary(TWO)
    for number in range(25):
        diary.learns(f"nothing{number}")
    refused = shown(diary).refused
    assert [note.args["course"] for note in refused] == [f"nothing{number}" for number in range(5, 25)]
    assert {(note.kind, note.problem) for note in refused} == {("course_completed", "unknown_course")}


def test_only_messages_are_counted_as_messages() -> None:
    reminded = plan(course("a"), reminders={"first": "1d", "every": "1d", "channels": ["sms"]}, **BONUS)
    diary = Diary(reminded).at("2026-11-04 20:00")
    assert shown(diary).messages == sum(
        isinstance(step, s.Remind | s.Escalate | s.Notify | s.AskDecision) for _, step in diary.steps
    )
    assert shown(diary).messages > 0


def test_the_table_for_the_operator() -> None:
    diary = Diary(plan(course("a", title={"zh": "甲|乙", "en": "Alpha"}), course("b"), **BONUS, stages=[
        stage("on_duty", "a", "b", title={"zh": "上岗", "en": "Duty"})]))  # fmt: skip
    diary.scores("a", 55).at("2026-11-26").appeals("a")
    english, chinese = (details_table(shown(diary), lang) for lang in (Lang.EN, Lang.ZH))
    assert english.splitlines()[0] == "**E1** · dev · A"
    assert "- Duty: locked" in english
    assert "- 上岗: 锁定" in chinese
    assert "| Course | Status | Deadline | Scores | Next |" in english
    assert "| Alpha | learning | 2026-11-05 (overdue) | 55 | Learn “Alpha” again. |" in english
    assert "| 甲/乙 |" in chinese, "a bar would end the cell"
    assert "**Pay adjustments**\n\n- 2026-11/bonus: -8 % · posted" in english
    assert "**工资调整**" in chinese
    assert "Open questions" not in english, "there is none"


def test_an_open_gate_in_the_table() -> None:
    assert "- Desk: open\n- Review: locked" in details_table(shown(Diary(TWO).passes("a")), Lang.EN)
