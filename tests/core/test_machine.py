"""Random facts at random times: what must hold whatever happens, after every single step."""

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.journey import Record, advance, begin, next_step, restore
from lockstep.core.state import Status
from tests.support.diary import Diary
from tests.support.policies import CALENDAR, course, exam, plan, stage
from tests.support.policies import rule as pay_rule

ZONE = ZoneInfo("Asia/Shanghai")
OPEN_FROM, OPEN_UNTIL = time(9), time(20)
RULES: dict[str, Any] = {
    "stages": [stage("on_duty", "a", "b"), stage("probation_review", "a", "b", "c")],
    "voice": {"hours": {"start": "09:00", "end": "20:00", "working_days_only": True}},
    "reminders": {"first": "24h", "every": "24h", "channels": ["sms"], "max_per_week": 3},
    "escalation": [{"after": "24h", "to": "manager"}, {"after": "72h", "to": "hr"}],
    "pay": {
        "rules": [
            pay_rule("allowance", "allowance", percent="5%"),
            pay_rule("award", "award", percent=3, min_score=90),
            pay_rule("bonus", "forfeiture", percent=8),
        ]
    },
    "decisions": {
        "waiver": {"by": ["hr"], "expires": "30d"},
        "extra_attempt": {"by": ["hr"], "expires": "30d"},
        "appeal": {"within": "20d", "answer_within": "5d", "by": ["hr"]},
    },
    "attendance": {"abnormal_when_overdue": True, "qualified_stage": "on_duty"},
    "probation": {"months": 3, "ask_before": "14d", "options": ["extend", "end_onboarding"]},
}
COURSES = (
    course("a", validity={"months": 2, "recertify": "14d"}),
    course("b", after=["a"], exam=exam(attempts=2, wait="12h")),
    course("c", exam=None),
)
HERE = plan(*COURSES, **RULES)
THERE = plan(COURSES[0], course("d"), **{**RULES, "stages": [stage("on_duty", "a", "d")]}, version="2")
NAMES = st.sampled_from(["a", "b", "c", "d"])
HR = {"id": "H1", "role": "hr"}


class Watched(Diary):
    """A diary in which somebody looks at every message before it goes."""

    def do(self, step: s.Step) -> None:
        if isinstance(step, s.Remind):
            self.look(step)
        super().do(step)

    def look(self, step: s.Remind) -> None:
        local = self.now.astimezone(ZONE)
        assert OPEN_FROM <= local.time() < OPEN_UNTIL, f"reminded in quiet hours: {local}"
        assert CALENDAR.is_working(local.date()), f"reminded on a day off: {local}"
        assert not self.on_leave(local.date()), "reminded during leave"
        assert not self.state.left, "reminded after leaving"
        unfinished = {name for name, track in self.state.tracks.items() if track.is_unfinished}
        assert step.courses, "a reminder of nothing"
        assert set(step.courses) <= unfinished, "reminded of what is done"

    def on_leave(self, day: date) -> bool:
        leaves = self.state.leaves.values()
        return any(away.first <= day and (away.back is None or day < away.back) for away in leaves)


class Journeys(RuleBasedStateMachine):
    """One hire's life, as wild as it may be."""

    @initialize(hour=st.integers(0, 23))
    def hired(self, hour: int) -> None:
        self.diary = Watched(HERE, opened=f"2026-11-02 {hour:02}:30")

    @rule(hours=st.integers(1, 24 * 12))
    def time_passes(self, hours: int) -> None:
        before = deadlines(self.diary)
        self.diary.later(hours=hours)
        after = deadlines(self.diary)
        assert all(after[key] >= due for key, due in before.items() if key in after)

    @rule(name=NAMES)
    def learns(self, name: str) -> None:
        self.states(f.CourseCompleted, course=name)

    @rule(name=NAMES)
    def opens(self, name: str) -> None:
        self.states(f.ExamOpened, course=name)

    @rule(name=NAMES, score=st.integers(0, 100), attempt=st.sampled_from([None, 1, 2, 3]))
    def is_graded(self, name: str, score: int, attempt: int | None) -> None:
        self.states(f.ExamGraded, course=name, score=score, attempt=attempt)

    @rule(score=st.sampled_from([80, 95]))
    def passes_what_is_open(self, score: int) -> None:
        for name, track in dict(self.diary.state.tracks).items():
            if track.course.exam and track.status in (Status.LEARNING, Status.EXAM):
                if track.status is Status.LEARNING:
                    self.states(f.CourseCompleted, course=name)
                self.states(f.ExamOpened, course=name)
                self.states(f.ExamGraded, course=name, score=score)

    @rule(name=st.sampled_from(["x", "y"]), back=st.booleans())
    def goes_on_leave_or_returns(self, name: str, back: bool) -> None:
        self.states(f.LeaveEnded if back else f.LeaveStarted, leave=name)

    @rule(name=NAMES)
    def is_waived(self, name: str) -> None:
        self.states(f.Waived, course=name, by=HR, reason="knows it")

    @rule(name=NAMES)
    def is_granted(self, name: str) -> None:
        self.states(f.AttemptGranted, course=name, by=HR, reason="fair")

    @rule(name=NAMES, appeal=st.sampled_from(["A1", "A2"]))
    def appeals(self, name: str, appeal: str) -> None:
        self.states(f.Appealed, course=name, appeal=appeal, reason="unfair")

    @rule(appeal=st.sampled_from(["A1", "A2"]), upheld=st.booleans(), score=st.sampled_from([None, 85]))
    def is_judged(self, appeal: str, upheld: bool, score: int | None) -> None:
        self.states(f.AppealDecided, appeal=appeal, upheld=upheld, score=score, by=HR, reason="seen")

    @rule(there=st.booleans())
    def is_transferred(self, there: bool) -> None:
        self.diary.transfer("ops" if there else "dev", THERE if there else HERE)

    @rule(back=st.integers(1, 60))
    def a_late_message_comes(self, back: int) -> None:
        late = self.diary.now - timedelta(hours=back)
        self.diary.tell(f.CourseCompleted, at=max(late, self.diary.journey.record.opened_at), course="a")

    @precondition(lambda self: self.diary.journey.facts)
    @rule(place=st.integers(0, 10_000))
    def something_comes_twice(self, place: int) -> None:
        facts = self.diary.journey.facts
        assert advance(self.diary.journey, facts[place % len(facts)]) is self.diary.journey

    def states(self, kind: type[f.Fact], **fields: Any) -> None:
        """A fact whose time is now; no deadline of a course that stays may move earlier by it."""
        before = deadlines(self.diary)
        self.diary.tell(kind, **fields)
        after = deadlines(self.diary)
        assert all(after[key] >= due for key, due in before.items() if key in after)

    @invariant()
    def a_gate_is_open_only_when_it_is_earned(self) -> None:
        state, now = self.diary.state, self.diary.now
        for gate in state.policy.stages:
            if gate.id in state.gates and not state.closed:
                tracks = [state.tracks[name] for name in gate.requires]
                assert all(track.holds(now) or track.status is Status.RELEASED for track in tracks)

    @invariant()
    def nothing_is_booked_twice_for_a_period_and_a_rule(self) -> None:
        standing: dict[tuple[str, str, str], int] = {}
        lines: dict[tuple[str, int], tuple[str, str, str]] = {}
        for step in self.diary.done(s.Settle) + self.diary.done(s.Reverse):
            for line in step.lines if isinstance(step, s.Settle) else (step.line,):
                what = lines[line.key, line.revision] = (line.period, line.rule, line.course)
                standing[what] = standing.get(what, 0) + (1 if isinstance(step, s.Settle) else -1)
        assert all(number in (0, 1) for number in standing.values()), standing

    @invariant()
    def written_down_and_read_again_it_goes_on_the_same(self) -> None:
        journey = self.diary.journey
        again = restore(Record.model_validate_json(journey.record.model_dump_json()))
        assert again == journey
        assert next_step(again, self.diary.now) == next_step(journey, self.diary.now)

    def teardown(self) -> None:
        """In whatever order facts are delivered, the journey is the same."""
        if not hasattr(self, "diary"):
            return
        journey = self.diary.journey
        plans = [fact for fact in journey.facts if fact.id.startswith(("begun/plan", "ended/plan", "made/"))]
        told = [fact for fact in journey.facts if fact.id.startswith("told/")]
        own = [fact for fact in journey.facts if fact not in plans and fact not in told]
        random.Random(len(told)).shuffle(told)  # noqa: S311 - an order, no secret
        again = begin(journey.record.hire, journey.record.opened_at)
        for fact in (*plans, *told, *own):
            again = advance(again, fact)
        assert again == journey


def deadlines(diary: Diary) -> Mapping[tuple[str, int, str], datetime]:
    """What is due when, by course, cycle and policy: another cycle or policy is another deadline."""
    state = diary.state
    version = state.snapshot.policy.version if state.snapshot else ""
    tracks = state.tracks.items()
    return {(name, t.cycle, version): t.deadline for name, t in tracks if t.deadline is not None}


def test_there_is_something_to_break() -> None:
    """The machine's own policy: a plain life in it is reminded, booked and set free."""
    diary = Watched(HERE).at("2026-11-05 10:00").passes("a", "b").learns("c").at("2026-12-01")
    assert diary.when(s.Remind) == ["2026-11-03 09:00", "2026-11-04 09:00", "2026-11-05 09:00"]
    assert set(diary.state.gates) == {"on_duty", "probation_review"}
    assert diary.state.paid["2026-11/allowance"].line.percent == Decimal(5)


Journeys.TestCase.settings = settings(
    max_examples=60,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
)
TestJourneys = Journeys.TestCase
