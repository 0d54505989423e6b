"""考勤标记: abnormal while something is overdue, normal again, qualified when the stage opens."""

from lockstep.core import steps as s
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan

MARKS = {"attendance": {"qualified_stage": "on_duty"}}


def marks(diary: Diary) -> list[tuple[str, str, str]]:
    return [(step.mark, step.day.isoformat(), step.why.rule) for step in diary.done(s.MarkAttendance)]


def test_a_missed_deadline_is_marked_once_when_it_passes() -> None:
    diary = Diary(plan(course("a"), course("b"), **MARKS)).at("2026-11-30 10:00")
    assert marks(diary) == [("abnormal", "2026-11-06", "deadline_missed")]
    assert diary.when(s.MarkAttendance) == ["2026-11-06 00:00"]


def test_passing_everything_is_marked_qualified() -> None:
    diary = Diary(plan(course("a"), **MARKS)).at("2026-11-03 10:00").passes("a").at("2026-11-30 10:00")
    assert marks(diary) == [("qualified", "2026-11-03", "gate_open")]


def test_abnormal_then_qualified() -> None:
    diary = Diary(plan(course("a"), **MARKS)).at("2026-11-10 10:00").passes("a")
    assert [mark for mark, _, _ in marks(diary)] == ["abnormal", "qualified"]


def test_normal_again_when_what_was_overdue_is_done_and_more_is_to_come() -> None:
    diary = (
        Diary(plan(course("a"), course("b", deadline={"days": 10}), **MARKS))
        .at("2026-11-10 10:00")
        .passes("a")
    )
    assert marks(diary)[1:] == [("normal", "2026-11-10", "nothing_overdue")]
    diary.at("2026-11-20 10:00")
    assert marks(diary)[2:] == [("abnormal", "2026-11-17", "deadline_missed")]
    assert diary.keys("mark/") == ["mark/1", "mark/2", "mark/3"]


def test_no_mark_is_made_when_the_policy_asks_for_none() -> None:
    silent = {"attendance": {"abnormal_when_overdue": False}}
    assert marks(Diary(plan(course("a"), **silent)).at("2026-11-30 10:00").passes("a")) == []


def test_being_out_of_attempts_does_not_stop_the_deadline() -> None:
    diary = Diary(plan(course("a", exam=exam(attempts=1)), **MARKS)).scores("a", 10).at("2026-11-10 10:00")
    assert [mark for mark, _, _ in marks(diary)] == ["abnormal"]


def test_each_opening_is_marked() -> None:
    diary = Diary(plan(course("a", validity={"months": 1, "recertify": "0m"}), **MARKS)).passes("a")
    diary.at("2026-12-10 10:00").passes("a")
    assert diary.keys("mark/qualified") == ["mark/qualified/1", "mark/qualified/2"]
