"""提醒 and 升级: one digest a person, in waking hours, not too often; a missed deadline climbs the ladder."""

from datetime import date

import pytest

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.journey import next_step
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan


def reminding(*courses: dict[str, object], **given: object) -> Diary:
    rules = {"first": "24h", "every": "24h", "channels": ["wecom", "sms"], **given}
    return Diary(plan(*courses, reminders=rules))


def test_everything_open_is_one_digest() -> None:
    diary = reminding(course("a"), course("b"), course("c", after=["b"])).at("2026-11-03 10:00")
    first = diary.done(s.Remind)[0]
    assert (first.round, first.courses, first.overdue) == (1, ("a", "b"), False)
    assert diary.day(first.due) == "2026-11-06 00:00"


def test_rounds_come_on_working_days_until_everything_is_done() -> None:
    diary = reminding(course("a"), course("b")).at("2026-11-05 10:00").passes("b").at("2026-11-10 08:00")
    assert diary.when(s.Remind) == [
        "2026-11-03 09:00", "2026-11-04 09:00", "2026-11-05 09:00", "2026-11-06 09:00", "2026-11-09 09:00",
    ]  # fmt: skip
    assert [step.courses for step in diary.done(s.Remind)][-2:] == [("a",), ("a",)]
    diary.passes("a").at("2026-12-20 10:00")
    assert len(diary.done(s.Remind)) == 5, "no message after completion"


@pytest.mark.parametrize(
    ("opened", "first"),
    [
        pytest.param("2026-11-02 10:30", "2026-11-03 10:30", id="a day after the course was given"),
        pytest.param("2026-11-02 22:00", "2026-11-04 09:00", id="not in the evening"),
        pytest.param("2026-11-06 10:00", "2026-11-09 09:00", id="not on a Saturday"),
        pytest.param("2026-12-04 10:00", "2026-12-05 10:00", id="but on one that is worked"),
    ],
)
def test_the_first_reminder_comes_in_waking_hours(opened: str, first: str) -> None:
    rules = {"first": "24h", "every": "24h", "channels": ["sms"]}
    diary = Diary(
        plan(course("a", deadline={"days": 20}), reminders=rules), opened=opened, hire_date=date(2026, 11, 1)
    )
    diary.later(days=5)
    assert diary.when(s.Remind)[0] == first


def test_waking_hours_are_the_hire_s_own() -> None:
    rules = {"first": "24h", "every": "24h", "channels": ["sms"]}
    diary = Diary(plan(course("a"), reminders=rules), opened="2026-11-02 09:00", tz="America/New_York")
    assert diary.at("2026-11-04 08:00").when(s.Remind) == ["2026-11-03 09:00"]


def test_nobody_is_reminded_more_often_than_allowed() -> None:
    diary = reminding(course("a"), every="2h", max_per_week=3).at("2026-11-20 00:00")
    assert diary.when(s.Remind) == [
        "2026-11-03 09:00", "2026-11-03 11:00", "2026-11-03 13:00",
        "2026-11-10 09:00", "2026-11-10 11:00", "2026-11-10 13:00",
        "2026-11-17 09:00", "2026-11-17 11:00", "2026-11-17 13:00",
    ]  # fmt: skip


def test_a_reminder_says_when_it_is_too_late() -> None:
    diary = reminding(course("a")).at("2026-11-06 10:00")
    assert [step.overdue for step in diary.done(s.Remind)] == [False, False, False, True]


def test_what_has_no_deadline_is_reminded_of_without_one() -> None:
    first = reminding(course("a", deadline=None)).at("2026-11-03 10:00").done(s.Remind)[0]
    assert (first.due, first.overdue) == (None, False)


def test_nobody_is_reminded_of_a_retake_they_may_not_sit_yet() -> None:
    retake = course("a", exam=exam(wait="72h", relearn="none"))
    diary = reminding(retake, course("b", deadline=None)).scores("a", 10).at("2026-11-03 10:00")
    assert [step.courses for step in diary.done(s.Remind)] == [("b",)]
    diary.at("2026-11-06 10:00")
    assert diary.done(s.Remind)[-1].courses == ("a", "b")


def test_a_retake_alone_is_reminded_of_from_when_it_is_open() -> None:
    diary = (
        reminding(course("a", exam=exam(wait="72h", relearn="none"))).scores("a", 10).at("2026-11-07 00:00")
    )
    assert diary.when(s.Remind) == ["2026-11-06 09:00"]


def test_who_waits_for_a_decision_is_left_in_peace() -> None:
    diary = reminding(course("a", exam=exam(attempts=1))).scores("a", 10).at("2026-11-20 10:00")
    assert diary.done(s.Remind) == []


def test_a_policy_without_reminders_sends_none() -> None:
    assert Diary(plan(course("a"))).at("2026-11-20 10:00").done(s.Remind) == []


LADDER = {"escalation": [{"after": "24h", "to": "manager"}, {"after": "96h", "to": "hr"}]}


def test_a_missed_deadline_climbs_the_ladder_one_rung_at_a_time() -> None:
    diary = Diary(plan(course("a"), course("b"), course("c", deadline={"days": 5}), **LADDER)).at(
        "2026-11-20 10:00"
    )
    told = [(step.rung, step.to, step.courses) for step in diary.done(s.Escalate)]
    assert told == [
        (1, "manager", ("a", "b")), (2, "hr", ("a", "b")), (1, "manager", ("c",)), (2, "hr", ("c",)),
    ]  # fmt: skip
    assert diary.when(s.Escalate) == [
        "2026-11-09 09:00", "2026-11-10 09:00", "2026-11-11 09:00", "2026-11-16 09:00",
    ]  # fmt: skip


def test_what_is_done_is_not_escalated() -> None:
    diary = Diary(plan(course("a"), **LADDER)).at("2026-11-06 10:00").passes("a").at("2026-11-20 10:00")
    assert diary.done(s.Escalate) == []


def test_a_ladder_is_climbed_again_for_a_renewal() -> None:
    diary = Diary(plan(course("a", validity={"months": 2, "recertify": "20d"}), **LADDER)).passes("a")
    diary.at("2027-01-20 10:00")
    assert diary.keys("escalate/") == ["escalate/1/a/1", "escalate/2/a/1"]


def test_an_escalation_of_a_course_the_plan_has_dropped_is_remembered_only() -> None:
    slow = Diary(plan(course("a"), **LADDER)).at("2026-11-09 10:00")
    step = slow.done(s.Escalate)[0]
    slow.adopt(plan(course("b")))
    slow.tell(f.EffectBegun, step=step.model_copy(update={"key": "escalate/9/a/0"}).model_dump())
    assert "a" not in slow.state.tracks


def test_staff_are_told_while_the_hire_is_on_leave() -> None:
    made = plan(course("a", exam=exam(attempts=1)), exhausted={"options": ["extra_attempt"]})
    diary = Diary(made).at("2026-11-02 22:00").scores("a", 10).at("2026-11-03 08:00").leaves_for()
    assert diary.at("2026-11-04 10:00").when(s.AskDecision) == ["2026-11-03 09:00"]


def test_the_welcome_comes_on_the_first_day_in_waking_hours() -> None:
    diary = Diary(plan(course("a")), opened="2026-11-02 22:00", start_date=date(2026, 11, 9))
    assert diary.at("2026-11-10 08:00").when(s.Notify) == ["2026-11-09 09:00"]


def test_who_has_nothing_to_learn_is_not_welcomed_to_learning() -> None:
    credit = f.Credit(content_hash="sha-a", passed_at="2026-05-01T00:00:00Z")
    assert Diary(plan(course("a")), credits_=(credit,)).keys("notify/welcome") == []


def test_an_adjustment_is_told_once_it_is_booked() -> None:
    pay = {
        "rules": [
            {"id": "bonus", "kind": "forfeiture", "stage": "on_duty", "percent": 8, "title": {"zh": "b"}}
        ]
    }
    slow = Diary(
        plan(course("a"), pay=pay), answer=lambda step: None if isinstance(step, s.Settle) else "done"
    )
    slow.at("2026-11-26 10:00")
    assert slow.keys("notify/adjustment") == []
    slow.end("settle/2026-11/1")
    assert slow.settle().keys("notify/adjustment") == ["notify/adjustment/settle/2026-11/1"]


def test_who_wakes_up_at_night_sends_in_the_morning_what_fell_due_by_day() -> None:
    diary = reminding(course("a"))
    step = next_step(diary.journey, diary.local("2026-11-03 22:00"))
    assert isinstance(step, s.WaitUntil)
    assert (diary.day(step.at), step.why.rule) == ("2026-11-04 09:00", "reminder_due")
