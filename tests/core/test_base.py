"""The small things: sentences about unreadable messages, what proofs and risks are worth."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from lockstep.core import facts as f
from lockstep.core.base import Lang, Text, sentence
from lockstep.core.hire import Hire
from lockstep.core.journey import advance, begin
from lockstep.core.policy.parts import Assurance, ProofMethod
from lockstep.core.policy.policy import Risk
from tests.support.diary import Diary
from tests.support.policies import course, exam, plan

HIRE = {"employee_id": "E1", "entity": "A", "post": "dev", "hire_date": "2026-11-02"}


def wrong(**given: object) -> ValidationError:
    with pytest.raises(ValidationError) as caught:
        Hire.model_validate(HIRE | given)
    return caught.value


def test_the_sentence_names_the_field_and_never_its_value() -> None:
    said = sentence(wrong(employee_id="张 三", hire_date="soon"))
    assert said.startswith("employee_id: String should match")
    assert "hire_date: Input should be a valid date" in said
    assert "张" not in said
    assert "soon" not in said


def test_the_sentence_uses_the_senders_names() -> None:
    assert sentence(wrong(post=""), {"post": "job"}).startswith("job: ")


def test_something_that_is_no_object_is_the_input() -> None:
    with pytest.raises(ValidationError) as caught:
        Hire.model_validate(7)
    assert sentence(caught.value).startswith("input: ")


def test_five_problems_are_enough() -> None:
    many = {name: object() for name in ("employee_id", "entity", "post", "hire_date", "tz", "jurisdiction")}
    assert sentence(wrong(**many)).count("; ") == 4


@pytest.mark.parametrize("tz", ["Mars/Olympus", "", "../etc"])
def test_a_zone_that_does_not_exist_is_refused(tz: str) -> None:
    assert "Unknown time zone" in sentence(wrong(tz=tz))


def test_english_falls_back_to_chinese() -> None:
    assert Text(zh="甲").to(Lang.EN) == "甲"
    assert Text(zh="甲", en="A").to(Lang.ZH) == "甲"


def test_what_a_proof_of_identity_is_worth_at_most() -> None:
    assert {method: method.strongest for method in ProofMethod} == {
        ProofMethod.FACE: Assurance.VENDOR_CERTIFIED,
        ProofMethod.OTP: Assurance.PASSIVE,
        ProofMethod.OTP_ATTESTATION: Assurance.ACTIVE_CHALLENGE,
        ProofMethod.WITNESS: Assurance.ACTIVE_CHALLENGE,
    }


def test_hours_before_duty_by_risk() -> None:
    assert [risk.hours for risk in (Risk.NONE, Risk.GENERAL, Risk.HIGH_RISK)] == [0, 24, Decimal(72)]


def test_an_appeal_before_there_is_a_plan_is_refused() -> None:
    diary = Diary(plan(course("a")))
    journey = begin(diary.hire, diary.now)
    fact = f.Appealed(id="x", at=journey.stamp(diary.now), appeal="A", course="a", reason="r")
    assert [note.problem for note in advance(journey, fact).state.refused] == ["no_plan"]


def test_only_who_may_grants_an_extra_attempt() -> None:
    rules = {"decisions": {"extra_attempt": {"by": ["hr"]}}}
    diary = Diary(plan(course("a", exam=exam(attempts=1)), **rules)).scores("a", 1)
    assert diary.grants("a", by="M1", role="manager").problem == "wrong_role"
    assert diary.grants("a").problem == ""
