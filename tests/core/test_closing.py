"""A journey ends when everything is earned, told and settled, or the person is gone."""

from lockstep.core import facts as f
from lockstep.core import steps as s
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan, rule

APPEAL = {"decisions": {"appeal": {"within": "60d", "answer_within": "5d", "by": ["hr"]}}}
PAY = {"pay": {"rules": [rule("bonus", "forfeiture", percent=8), rule("allowance", "allowance", percent=5)]}}


def ended(diary: Diary) -> list[str]:
    return diary.when(s.Close)


def test_a_journey_lingers_a_month_after_the_last_gate_for_late_news() -> None:
    diary = Diary(plan(course("a"))).passes("a").at("2026-12-20 10:00")
    assert ended(diary) == ["2026-12-02 09:00"]
    assert diary.state.closed == "completed"
    assert diary.keys("file_record") == ["file_record"]


def test_it_lasts_as_long_as_a_result_may_be_appealed() -> None:
    diary = Diary(plan(course("a"), **APPEAL)).scores("a", 10).passes("a").at("2027-02-01 10:00")
    assert ended(diary) == ["2027-01-01 09:00"]
    plain = Diary(plan(course("a"), **APPEAL)).passes("a").at("2027-02-01 10:00")
    assert ended(plain) == ["2026-12-02 09:00"], "a pass is nothing to appeal"


def test_it_lasts_as_long_as_an_adjustment_may_be_appealed() -> None:
    diary = (
        Diary(plan(course("a"), **APPEAL, **PAY)).at("2026-11-27 10:00").passes("a").at("2027-03-01 10:00")
    )
    assert ended(diary) == ["2027-01-25 00:00"], "60 days after 26 November"


def test_it_waits_for_pay_that_is_still_to_come() -> None:
    diary = Diary(plan(course("a"), **PAY)).at("2026-11-25 10:00").passes("a")
    assert ended(diary.at("2026-12-01 10:00")) == []


def test_it_waits_for_every_effect_under_way() -> None:
    slow = Diary(
        plan(course("a")), answer=lambda step: None if isinstance(step, s.Notify) else "done"
    ).passes("a")
    slow.at("2027-03-01 10:00")
    assert not slow.state.closed
    for key in slow.keys("notify/"):
        slow.end(key)
    assert slow.settle().state.closed == "completed"


def test_what_failed_outside_does_not_hold_it_up() -> None:
    diary = Diary(plan(course("a")), answer=lambda _: "unknown").passes("a").at("2027-03-01 10:00")
    assert diary.state.closed == "completed"


def test_it_waits_for_a_course_no_stage_asks_for() -> None:
    made = plan(course("a"), course("b"), stages=[{"id": "s", "title": {"zh": "s"}, "requires": ["a"]}])
    diary = Diary(made).passes("a").at("2027-03-01 10:00")
    assert not diary.state.closed
    assert diary.passes("b").state.closed == "completed"


def test_it_waits_for_an_appeal_and_for_a_human_who_was_asked() -> None:
    made = plan(
        course("a"), course("b", exam=exam(attempts=1)), exhausted={"options": ["transfer"]},
        stages=[{"id": "s", "title": {"zh": "s"}, "requires": ["a"]}], **APPEAL,
    )  # fmt: skip
    diary = Diary(made).passes("a").scores("b", 10).appeals("b").at("2027-03-01 10:00")
    assert not diary.state.closed
    diary.judges(upheld=False).at("2027-03-02 10:00")
    assert not diary.state.closed
    diary.answers("exhausted/b/0.1", "transfer").at("2027-03-03 10:00")
    assert diary.state.closed == "completed"


def test_a_pass_that_is_to_be_renewed_keeps_it_open() -> None:
    diary = (
        Diary(plan(course("a", validity={"months": 12, "recertify": "20d"})))
        .passes("a")
        .at("2027-09-01 10:00")
    )
    assert not diary.state.closed


def test_somebody_who_never_got_a_plan_leaves_without_a_file() -> None:
    diary = Diary(plan(course("a")))
    from lockstep.core.journey import advance, begin, next_step  # noqa: PLC0415

    journey = advance(begin(diary.hire, diary.now), f.Left(id="left", at=diary.now, reason="no_show"))
    step = next_step(journey, diary.now)
    assert isinstance(step, s.Close)
    assert step.reason == "no_show"


def test_nothing_is_sent_to_somebody_who_has_left() -> None:
    rules = {"reminders": {"first": "24h", "every": "24h", "channels": ["sms"]}}
    diary = (
        Diary(plan(course("a"), **rules))
        .at("2026-11-04 08:00")
        .tell(f.Left, reason="resigned")
        .at("2026-12-20 00:00")
    )
    assert diary.when(s.Remind) == ["2026-11-03 09:00"]
    assert diary.state.closed == "resigned"
