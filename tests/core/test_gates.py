"""流程锁: shut until everything is earned, shut again when that no longer holds."""

from lockstep.core import steps as s
from lockstep.core.state import Status
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan, stage, title

CERTIFICATE = {"certificate": {"title": title("证书", "Certificate")}}


def test_a_gate_opens_when_the_last_course_is_earned() -> None:
    diary = Diary(plan(course("a"), course("b"))).passes("a")
    assert diary.done(s.GateStep) == []
    diary.passes("b")
    opened = diary.done(s.GateStep)[0]
    assert (opened.stage, opened.opens, opened.why.rule) == ("on_duty", True, "all_earned")
    assert opened.why.facts == tuple(t.rests_on[-1] for t in diary.state.tracks.values())


def test_stages_open_in_order() -> None:
    stages = [stage("first", "a"), stage("second", "b")]
    diary = Diary(plan(course("a"), course("b"), stages=stages)).passes("b")
    assert set(diary.state.gates) == set()
    diary.passes("a")
    assert [step.stage for step in diary.done(s.GateStep)] == ["first", "second"]


def test_a_stage_that_asks_for_nothing_is_open() -> None:
    diary = Diary(plan(course("a"), stages=[stage("hello"), stage("on_duty", "a")]))
    assert set(diary.state.gates) == {"hello"}


def test_the_hours_of_each_level_are_asked_for_and_waivers_bring_none() -> None:
    levels = [
        course("plant", level="plant", hours="8"),
        course("shop", level="workshop", hours="8"),
        course("shop2", level="workshop", hours="4.5"),
    ]
    on_duty = stage("on_duty", "plant", hours={"plant": "8", "workshop": "12.5"})
    waiver = {"decisions": {"waiver": {"by": ["hr"]}}}
    diary = Diary(plan(*levels, stages=[on_duty], **waiver)).passes("plant", "shop")
    assert "on_duty" not in diary.state.gates
    diary.waives("shop2")
    assert "on_duty" not in diary.state.gates
    done = Diary(plan(*levels, stages=[on_duty], **waiver)).passes("plant", "shop", "shop2")
    assert "on_duty" in done.state.gates


def test_an_open_stage_whose_hours_are_lost_shuts() -> None:
    levels = [course("plant"), course("shop", level="workshop", hours="8", redo_after_absence="5d")]
    diary = Diary(plan(*levels, stages=[stage("on_duty", "plant", hours={"workshop": "8"})]))
    diary.passes("plant", "shop").leaves_for().at("2026-11-20 08:00").returns()
    shut = diary.done(s.GateStep)[-1]
    assert (shut.opens, shut.why.args["missing"]) == (False, "hours:workshop")


YEARLY = {"validity": {"months": 2, "recertify": "20d"}}


def test_a_pass_is_renewed_before_it_lapses_and_the_gate_never_shuts() -> None:
    diary = Diary(plan(course("a", **YEARLY))).passes("a").at("2026-12-13 08:00")
    assert diary.track("a").status is Status.EARNED
    diary.at("2026-12-13 10:00")
    assert diary.track("a").status is Status.LEARNING
    assert diary.track("a").is_renewing
    assert diary.day(diary.track("a").deadline) == "2027-01-02 09:00"
    diary.passes("a").at("2027-01-10 10:00")
    assert [step.opens for step in diary.done(s.GateStep)] == [True]
    assert diary.day(diary.track("a").valid_until) == "2027-02-13 10:00"


def test_a_pass_that_lapses_shuts_the_gate_until_it_is_earned_again() -> None:
    diary = Diary(plan(course("a", **YEARLY))).passes("a").at("2027-01-02 08:59")
    assert "on_duty" in diary.state.gates
    diary.at("2027-01-02 09:01")
    assert "on_duty" not in diary.state.gates
    assert diary.done(s.GateStep)[-1].why.args["missing"] == "a"
    diary.at("2027-01-05 10:00").passes("a")
    assert "on_duty" in diary.state.gates
    assert diary.state.openings == {"on_duty": 2}


def test_a_renewal_has_attempts_and_reminders_of_its_own() -> None:
    rules = {"reminders": {"first": "24h", "every": "24h", "channels": ["sms"]}}
    strict = course("a", exam=exam(attempts=1), **YEARLY)
    diary = Diary(plan(strict, **rules, exhausted={"options": ["extra_attempt"]})).passes("a")
    diary.at("2026-12-14 10:00")
    assert diary.when(s.Remind) == ["2026-12-14 09:00"]
    diary.scores("a", 10)
    assert diary.track("a").status is Status.EXHAUSTED
    assert diary.track("a").cycle == 1
    assert "on_duty" in diary.state.gates


def test_the_first_lapse_of_a_choice_that_makes_it_too_small_shuts_the_gate() -> None:
    choice = {"id": "any", "title": title("any"), "any_of": 1, "courses": ["a", "b"]}
    made = plan(
        course("a", validity={"months": 1, "recertify": "0m"}),
        course("b", validity={"months": 3, "recertify": "0m"}),
        course("c", after=["b"]),
        choices=[choice],
        stages=[stage("on_duty", "any")],
    )
    diary = Diary(made).passes("a", "b").at("2026-12-20 10:00")
    assert "on_duty" in diary.state.gates, "b still holds"
    diary.at("2027-02-03 10:00")
    assert "on_duty" not in diary.state.gates


def test_each_opening_earns_one_certificate_sent_when_it_is_issued() -> None:
    made = plan(course("a", **YEARLY), stages=[stage("on_duty", "a", **CERTIFICATE)])
    diary = Diary(made).passes("a").at("2027-01-05 10:00").passes("a")
    assert diary.keys("certificate/") == ["certificate/on_duty/1", "certificate/on_duty/2"]
    assert len(diary.keys("notify/certificate/")) == 2
    assert diary.keys("notify/gate_opened") == [], "one message, not two"


def test_a_certificate_that_could_not_be_issued_is_not_sent_and_the_gate_is_told() -> None:
    def refuse(step: s.Effect) -> str:
        return "refused" if isinstance(step, s.IssueCertificate) else "done"

    made = plan(course("a"), stages=[stage("on_duty", "a", **CERTIFICATE)])
    diary = Diary(made, answer=refuse).passes("a")
    assert diary.keys("notify/certificate/") == []
    assert diary.keys("notify/gate_opened/") == ["notify/gate_opened/on_duty/1"]


def test_a_certificate_under_way_is_waited_for() -> None:
    made = plan(course("a"), stages=[stage("on_duty", "a", **CERTIFICATE)])
    diary = Diary(made, answer=lambda s_: None if isinstance(s_, s.IssueCertificate) else "done").passes("a")
    assert diary.keys("notify/gate") == []
    diary.end("certificate/on_duty/1", ref="sha256:1")
    sent = [n for n in diary.settle().done(s.Notify) if n.event == "certificate"]
    assert [n.attachment for n in sent] == ["sha256:1"]


def test_a_stage_that_was_only_waived_earns_no_paper() -> None:
    waiver = {"decisions": {"waiver": {"by": ["hr"]}}}
    made = plan(course("a"), stages=[stage("on_duty", "a", **CERTIFICATE)], **waiver)
    diary = Diary(made).waives("a")
    assert diary.keys("certificate/") == []
    assert diary.keys("notify/gate_opened/") == ["notify/gate_opened/on_duty/1"]


def test_a_gate_that_shuts_is_told() -> None:
    diary = Diary(plan(course("a", **YEARLY))).passes("a").at("2027-01-05 10:00")
    assert diary.keys("notify/gate") == ["notify/gate_opened/on_duty/1", "notify/gate_shut/on_duty/1"]
