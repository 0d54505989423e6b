"""What training does to pay: booked once, taken back by a counter-entry, held while an appeal runs."""

from decimal import Decimal

import pytest

from lockstep.core import facts as f
from lockstep.core import steps as s
from lockstep.core.pay import amount_fen
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan, rule, stage, title

SALARY = Decimal(800000)
RULES = (
    rule("allowance", "allowance", percent="5%"),
    rule("award", "award", percent=3, min_score=90),
    rule("bonus", "forfeiture", percent="8"),
)
PAY = {"pay": {"rules": list(RULES)}}
APPEAL = {"decisions": {"appeal": {"within": "30d", "answer_within": "5d", "by": ["hr"]}}}


def pay(*rules: dict[str, object], **given: object) -> dict[str, object]:
    return {"pay": {"rules": list(rules), **given}}


def booked(diary: Diary) -> dict[str, int]:
    """What was booked, net of what was taken back, in fen of 8,000 yuan a month."""
    return {
        key: amount_fen(paid.line, SALARY) for key, paid in diary.state.paid.items() if not paid.reversed_by
    }


def test_a_pass_with_excellence_earns_five_and_three_per_cent() -> None:
    diary = Diary(plan(course("a"), course("b"), **PAY)).scores("a", 90).scores("b", 95)
    assert diary.at("2026-11-25 23:59").when(s.Settle) == []
    diary.at("2026-11-26 00:00")
    assert diary.when(s.Settle) == ["2026-11-26 00:00"]
    assert booked(diary) == {"2026-11/allowance": 40000, "2026-11/award": 24000}
    assert diary.at("2027-03-01 00:00").when(s.Settle) == ["2026-11-26 00:00"], "once and for all"


def test_a_plain_pass_earns_no_award() -> None:
    diary = Diary(plan(course("a"), **PAY)).scores("a", 89).at("2026-11-27 00:00")
    assert booked(diary) == {"2026-11/allowance": 40000}


def test_a_missed_deadline_forfeits_eight_per_cent_at_the_cutoff() -> None:
    diary = Diary(plan(course("a"), **PAY)).at("2026-11-27 00:00")
    assert booked(diary) == {"2026-11/bonus": -64000}


def test_who_passes_late_but_before_the_cutoff_forfeits_nothing() -> None:
    diary = Diary(plan(course("a"), **PAY)).at("2026-11-20 10:00").passes("a").at("2026-11-27 00:00")
    assert booked(diary) == {"2026-11/allowance": 40000, "2026-11/award": 24000}


def test_a_deadline_after_the_cutoff_is_a_matter_for_the_next_month() -> None:
    diary = Diary(plan(course("a", deadline={"days": 18}), **PAY)).at("2026-12-24 00:00")
    assert booked(diary) == {}
    assert list(booked(diary.at("2026-12-27 00:00"))) == ["2026-12/bonus"]


def test_a_deadline_at_the_cutoff_is_missed_by_it() -> None:
    diary = Diary(plan(course("a", deadline={"days": 17}), **PAY))
    assert diary.day(diary.track("a").deadline) == "2026-11-26 00:00"
    assert list(booked(diary.at("2026-11-27 00:00"))) == ["2026-11/bonus"]


@pytest.mark.parametrize(
    ("times", "months"),
    [
        pytest.param(1, ["2026-11"], id="once"),
        pytest.param(3, ["2026-11", "2026-12", "2027-01"], id="three months, over the year's end"),
    ],
)
def test_a_forfeiture_repeats_as_often_as_the_rule_says(times: int, months: list[str]) -> None:
    diary = Diary(plan(course("a"), **pay(rule("bonus", "forfeiture", percent=8, max_times=times))))
    assert list(booked(diary.at("2027-06-01 00:00"))) == [f"{month}/bonus" for month in months]


def test_a_forfeiture_ends_with_the_month_of_the_pass() -> None:
    diary = Diary(plan(course("a"), **pay(rule("bonus", "forfeiture", percent=8, max_times=9))))
    diary.at("2026-12-27 00:00").passes("a").at("2027-06-01 00:00")
    assert list(booked(diary)) == ["2026-11/bonus", "2026-12/bonus"]


def test_a_late_pass_keeps_the_forfeiture_unless_the_policy_forgives() -> None:
    kept = Diary(plan(course("a"), **PAY)).at("2026-11-30 00:00").passes("a").at("2026-12-27 00:00")
    assert booked(kept) == {"2026-11/bonus": -64000, "2026-12/allowance": 40000, "2026-12/award": 24000}
    forgiving = plan(course("a"), **pay(*RULES, late_pass_reverses=True))
    diary = Diary(forgiving).at("2026-11-30 00:00").passes("a")
    assert [step.why.rule for step in diary.done(s.Reverse)] == ["late_pass_forgiven"]
    assert booked(diary.at("2026-12-27 00:00")) == {"2026-12/allowance": 40000, "2026-12/award": 24000}
    assert len(diary.done(s.Reverse)) == 1


def test_a_pass_that_is_told_too_late_undoes_what_it_disproves() -> None:
    diary = Diary(plan(course("a"), **PAY)).learns("a").at("2026-11-30 00:00")
    assert list(booked(diary)) == ["2026-11/bonus"]
    diary.tell(f.ExamGraded, at="2026-11-24 10:00", course="a", score=85)
    assert [step.why.rule for step in diary.done(s.Reverse)] == ["not_owed"]
    assert booked(diary) == {"2026-11/allowance": 40000}


def test_a_leave_that_is_told_too_late_undoes_the_forfeiture() -> None:
    diary = Diary(plan(course("a"), **PAY)).at("2026-11-30 00:00")
    diary.tell(f.LeaveStarted, at="2026-11-03 08:00")
    assert booked(diary) == {}


def test_an_appeal_under_way_holds_the_forfeiture_and_no_other_line() -> None:
    rules = pay(*RULES, rule("other", "forfeiture", at="later", percent=1))
    stages = [stage("on_duty", "a"), stage("later", "b")]
    made = plan(course("a"), course("b"), stages=stages, **rules, **APPEAL)
    diary = Diary(made).scores("a", 70).appeals("a").at("2026-12-20 10:00")
    assert list(booked(diary)) == ["2026-11/other"]
    diary.judges(upheld=False)
    assert list(booked(diary)) == ["2026-11/other", "2026-11/bonus"]


def test_an_appeal_does_not_hold_pay_when_the_policy_says_so() -> None:
    rules = {"decisions": {"appeal": {**APPEAL["decisions"]["appeal"], "holds_pay": False}}}
    diary = Diary(plan(course("a"), **PAY, **rules)).scores("a", 70).appeals("a").at("2026-11-27 00:00")
    assert list(booked(diary)) == ["2026-11/bonus"]


def test_an_upheld_appeal_excuses_the_months_before_it_and_takes_back_what_was_booked() -> None:
    thrice = pay(rule("bonus", "forfeiture", percent=8, max_times=3))
    diary = Diary(plan(course("a"), **thrice, **APPEAL)).scores("a", 70).at("2026-11-27 00:00").appeals("a")
    diary.at("2026-12-30 00:00").judges(upheld=True)
    assert [step.why.rule for step in diary.done(s.Reverse)] == ["appeal_upheld"]
    assert booked(diary) == {}
    assert list(booked(diary.at("2027-06-01 00:00"))) == ["2027-01/bonus"], (
        "the appeal excuses no later month"
    )


def test_a_leaver_is_paid_at_once_and_forfeits_nothing_more() -> None:
    diary = Diary(plan(course("a"), course("b"), **PAY, stages=[stage("on_duty", "a")])).passes("a")
    diary.tell(f.Left, reason="resigned")
    assert booked(diary) == {"2026-11/allowance": 40000, "2026-11/award": 24000}
    assert diary.state.closed == "resigned"
    late = Diary(plan(course("a"), **PAY)).at("2026-11-20 10:00").tell(f.Left)
    assert booked(late) == {}


def test_somebody_whose_onboarding_hr_ends_is_paid_what_was_earned() -> None:
    made = plan(
        course("a"), course("b", exam=exam(attempts=1)),
        stages=[stage("on_duty", "a"), stage("later", "b")],
        exhausted={"options": ["end_onboarding"]}, **PAY,
    )  # fmt: skip
    diary = Diary(made).passes("a").scores("b", 1).answers("exhausted/b/0.1", "end_onboarding")
    assert booked(diary) == {"2026-11/allowance": 40000, "2026-11/award": 24000}
    assert diary.state.closed == "ended"


def test_a_no_show_costs_and_earns_nothing() -> None:
    diary = Diary(plan(course("a"), **PAY)).at("2026-11-20 10:00").tell(f.Left, reason="no_show")
    assert (booked(diary), diary.state.closed) == ({}, "no_show")


def test_a_new_salary_books_the_months_it_touches_anew() -> None:
    diary = Diary(plan(course("a"), **PAY)).at("2026-11-27 00:00")
    diary.tell(f.SalaryChanged, effective_from="2026-12-01")
    assert diary.state.paid["2026-11/bonus"].line.revision == 0
    diary.tell(f.SalaryChanged, effective_from="2026-11-15")
    assert diary.keys("settle/") == ["settle/2026-11/1", "settle/2026-11/2"]
    assert diary.state.paid["2026-11/bonus"].line.revision == 1
    assert not diary.state.paid["2026-11/bonus"].stale
    assert list(booked(diary.at("2027-03-01 00:00"))) == ["2026-11/bonus"]


def test_a_new_salary_leaves_what_was_taken_back_alone() -> None:
    diary = (
        Diary(plan(course("a"), **pay(*RULES, late_pass_reverses=True))).at("2026-11-30 00:00").passes("a")
    )
    diary.tell(f.SalaryChanged, effective_from="2026-11-15")
    assert diary.keys("settle/") == ["settle/2026-11/1"]


def test_a_revision_rests_on_what_the_first_booking_did() -> None:
    diary = Diary(plan(course("a"), **PAY)).at("2026-11-30 00:00").passes("a")
    diary.tell(f.SalaryChanged, effective_from="2026-11-15")
    assert "2026-11/bonus" in booked(diary)
    assert diary.state.paid["2026-11/bonus"].courses == ("a",)


def test_a_waived_course_opens_the_gate_and_earns_no_money() -> None:
    waiver = {"decisions": {"waiver": {"by": ["hr"]}}}
    diary = (
        Diary(plan(course("a"), course("b"), **PAY, **waiver)).passes("a").waives("b").at("2027-01-01 00:00")
    )
    assert "on_duty" in diary.state.gates
    assert booked(diary) == {}


DEDUCTION = pay(rule("cut", "deduction", percent=8, max_times=2))


def test_a_deduction_waits_for_a_human_in_waking_hours() -> None:
    diary = Diary(plan(course("a"), **DEDUCTION)).at("2026-11-27 00:00")
    assert diary.when(s.AskDecision) == ["2026-11-26 09:00"]
    assert booked(diary) == {}
    diary.answers("deduction/2026-11/cut", "approve_deduction")
    assert booked(diary) == {"2026-11/cut": -64000}


def test_a_rejected_deduction_is_never_booked_but_the_next_month_is_asked_about() -> None:
    diary = Diary(plan(course("a"), **DEDUCTION)).at("2026-11-27 00:00")
    diary.answers("deduction/2026-11/cut", "reject_deduction").at("2026-12-30 00:00")
    assert diary.keys("ask/") == ["ask/deduction/2026-11/cut", "ask/deduction/2026-12/cut"]
    diary.answers("deduction/2026-12/cut", "approve_deduction").at("2027-06-01 00:00")
    assert booked(diary) == {"2026-12/cut": -64000}


def test_who_passed_in_between_is_still_asked_about_for_the_month_that_was_missed() -> None:
    diary = Diary(plan(course("a"), **DEDUCTION)).at("2026-11-27 00:00").passes("a")
    diary.answers("deduction/2026-11/cut", "approve_deduction")
    assert booked(diary) == {"2026-11/cut": -64000}


def three(**weights: object) -> list[dict[str, object]]:
    return [course("a", **({"weight": 3} if weights else {})), course("b"), course("c", exam=None)]


@pytest.mark.parametrize(
    ("used", "lines"),
    [
        pytest.param("min", {}, id="the least, 85, is not enough"),
        pytest.param("mean", {"award": 24000}, id="the mean, 91, is"),
        pytest.param("each", {"award/a": 12000}, id="each earns its share"),
    ],
)
def test_the_score_that_counts(used: str, lines: dict[str, int]) -> None:
    award = pay(rule("award", "award", percent=3, min_score=91), score=used)
    diary = Diary(plan(*three(), **award)).scores("a", 97).scores("b", 85).learns("c").at("2026-11-27 00:00")
    assert booked(diary) == {f"2026-11/{key}": fen for key, fen in lines.items()}


def test_a_weighted_mean_weighs() -> None:
    award = pay(rule("award", "award", percent=3, min_score=93), score="weighted")
    diary = (
        Diary(plan(*three(a=3), **award)).scores("a", 96).scores("b", 86).learns("c").at("2026-11-27 00:00")
    )
    line = diary.state.paid["2026-11/award"].line
    assert line.why.args["score"] == "93.5"


def test_weights_of_nothing_earn_nothing() -> None:
    award = pay(rule("award", "award", percent=3), score="weighted")
    diary = Diary(plan(course("a", weight=0), **award)).passes("a").at("2026-11-27 00:00")
    assert booked(diary) == {}


def test_an_award_without_a_least_score_is_for_everyone_examined() -> None:
    award = rule("award", "award", percent=3)
    for used in ("each", "min"):
        diary = Diary(plan(course("a"), **pay(award, score=used))).scores("a", 80).at("2026-11-27 00:00")
        assert list(booked(diary).values()) == [24000]


def test_without_an_exam_there_is_no_score_to_award() -> None:
    award = rule("award", "award", percent=3)
    for used in ("each", "min"):
        diary = (
            Diary(plan(course("a", exam=None), **pay(award, score=used))).learns("a").at("2026-11-27 00:00")
        )
        assert booked(diary) == {}


@pytest.mark.parametrize(("attempt", "paid"), [("best", True), ("first", False), ("last", True)])
def test_the_sitting_that_counts(attempt: str, paid: bool) -> None:
    award = pay(rule("award", "award", percent=3, min_score=90), attempt=attempt)
    diary = Diary(plan(course("a"), **award)).scores("a", 60).scores("a", 92).at("2026-11-27 00:00")
    assert bool(booked(diary)) is paid


def test_the_best_sitting_may_be_an_earlier_one() -> None:
    yearly = course("a", validity={"months": 1, "recertify": "15d"})
    award = pay(rule("award", "award", percent=3, min_score=90), attempt="last", cutoff_day=28)
    diary = Diary(plan(yearly, **award)).scores("a", 92).at("2026-11-29 00:00")
    assert list(booked(diary)) == [], "given again on 17 November: no sitting counts now"


BANDS = [
    {"min_score": 60, "factor": "0.9"},
    {"min_score": 90, "factor": "1.2"},
    {"min_score": 80, "factor": "1.0"},
]


@pytest.mark.parametrize(
    ("score", "factor"),
    [
        pytest.param(60, "0.9", id="the lowest band"),
        pytest.param(80, "1.0", id="the middle one"),
        pytest.param(89, "1.0", id="just below the highest"),
        pytest.param(90, "1.2", id="the highest"),
        pytest.param(55, None, id="below all"),
    ],
)
def test_a_scenario_s_score_sets_the_commission_factor(score: int, factor: str | None) -> None:
    scenario = course("a", exam=exam(kind="scenario", pass_mark=50))
    made = plan(scenario, **pay(rule("commission", "factor", bands=BANDS)))
    diary = Diary(made).scores("a", score).at("2026-11-27 00:00")
    lines = [paid.line for paid in diary.state.paid.values()]
    assert [(line.factor, line.percent) for line in lines] == ([(Decimal(factor), 0)] if factor else [])


def any_two(*courses: dict[str, object], **given: object) -> Diary:
    choice = {"id": "any", "title": title("any"), "any_of": 2, "courses": ["a", "b", "c"]}
    return Diary(plan(*courses, choices=[choice], stages=[stage("on_duty", "any")], **given))


def test_two_of_three_are_enough_for_pay() -> None:
    diary = any_two(course("a"), course("b"), course("c"), **PAY).passes("a", "b").at("2026-12-27 00:00")
    assert booked(diary) == {"2026-11/allowance": 40000, "2026-11/award": 24000}


def test_a_third_course_that_is_needed_elsewhere_holds_up_no_pay() -> None:
    diary = any_two(course("a"), course("b"), course("c"), course("d", after=["c"]), **PAY)
    diary.passes("a", "b").at("2026-12-27 00:00")
    assert booked(diary) == {"2026-11/allowance": 40000, "2026-11/award": 24000}


def test_the_score_is_that_of_the_two_that_were_first() -> None:
    diary = any_two(course("a"), course("b"), course("c"), course("d", after=["c"]), **PAY)
    diary.scores("b", 95).scores("a", 95).scores("c", 80).at("2026-12-27 00:00")
    assert booked(diary) == {"2026-11/allowance": 40000, "2026-11/award": 24000}


def test_one_of_two_is_not_enough() -> None:
    diary = any_two(course("a"), course("b"), course("c"), **PAY).passes("a").at("2026-11-27 00:00")
    assert booked(diary) == {"2026-11/bonus": -64000}


def test_a_stage_the_policy_does_not_have_pays_nothing() -> None:
    diary = Diary(
        plan(course("a"), **pay(rule("x", "allowance", at="nowhere"), rule("y", "forfeiture", at="nowhere")))
    )
    assert booked(diary.passes("a").at("2027-01-01 00:00")) == {}


def test_lines_of_one_cutoff_are_one_settlement_each_month_its_own() -> None:
    stages = [stage("on_duty", "a"), stage("later", "b")]
    rules = pay(*RULES, rule("more", "allowance", at="later", percent=1))
    diary = Diary(plan(course("a"), course("b", deadline=None), stages=stages, **rules)).passes("a")
    diary.at("2026-12-01 10:00").passes("b").at("2026-12-27 00:00")
    settled = [(step.period, [line.key for line in step.lines]) for step in diary.done(s.Settle)]
    assert settled == [
        ("2026-11", ["2026-11/allowance", "2026-11/award"]),
        ("2026-12", ["2026-12/more"]),
    ]


def test_an_amount_says_on_what_it_rests() -> None:
    diary = Diary(plan(course("a"), **PAY)).scores("a", 92).at("2026-11-27 00:00")
    why = diary.state.paid["2026-11/award"].line.why
    assert (why.rule, why.policy_path, why.args["score"]) == ("pay_award", "pay.rules.award", "92")
    graded = [fact.id for fact in diary.journey.facts if isinstance(fact, f.ExamGraded)]
    assert why.facts == tuple(graded)
