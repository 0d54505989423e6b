"""Lives under the manufacturing policy: three levels of safety before duty, renewed every year."""

from datetime import date

import pytest

from tests.support.world import World
from tests.support.world_diary import hired

pytestmark = pytest.mark.slow

LEVELS = ("safety_company", "safety_workshop", "safety_team")
HR = {"by": "H1", "role": "hr"}
SAFETY = {"by": "S1", "role": "safety_officer"}


async def test_duty_begins_when_all_three_levels_are_passed_in_order(world: World) -> None:
    hire = await hired(world, "welder")
    await hire.day(1)
    refused = await hire.refused("open_exam", course="safety_team", assurance="active_challenge")
    assert refused == ("prerequisite_open", "请先通过“车间级安全教育”，再学习“班组级安全教育”。")
    await hire.learns("safety_company")
    kind, _ = await hire.refused("open_exam", course="safety_company", assurance="passive")
    assert kind == "identity_too_weak"
    for number, level in enumerate(LEVELS, start=1):
        await hire.day(number, f"{16 - number}:00")
        assert await hire.gates() == {"on_duty": False}
        await hire.passes(level, score=95)
    await hire.settled()
    assert await hire.gates() == {"on_duty": True}
    await hire.until("2033-03-22")
    assert hire.log() == [
        "03-07 08:00 sms E1 welcome",
        "03-09 13:00 email E1 certificate",
        "03-21 08:00 sms E1 adjustment",
    ]
    assert hire.booked() == [("allowance", "2033-03", 16_000)]
    assert hire.marks() == [("03-09", "qualified")]


async def test_a_pass_is_renewed_a_month_before_it_lapses_and_the_gate_stays_open(world: World) -> None:
    hire = await hired(world, "operator")
    await hire.day(1)
    await hire.passes(*LEVELS, score=95)
    await hire.until("2034-02-04")
    assert hire.log("remind") == []
    await hire.until("2034-02-06")
    assert await hire.statuses() == {
        "safety_company": "earned",
        "safety_workshop": "learning",
        "safety_team": "learning",
    }
    assert await hire.gates() == {"on_duty": True}
    await hire.passes("safety_workshop", "safety_team", score=100)
    await hire.until("2034-03-20")
    assert await hire.gates() == {"on_duty": True}
    assert hire.booked() == [("allowance", "2033-03", 16_000)], "paid once"


async def test_a_pass_that_was_not_renewed_shuts_the_gate(world: World) -> None:
    hire = await hired(world, "operator")
    await hire.day(1)
    await hire.passes(*LEVELS, score=95)
    await hire.until("2034-03-06")
    assert await hire.gates() == {"on_duty": True}
    await hire.until("2034-03-10")
    assert await hire.gates() == {"on_duty": False}
    assert (await hire.refused("enter_stage", stage="on_duty"))[0] == "stage_locked"
    assert len(hire.log("gate_shut")) == 1
    await hire.passes("safety_workshop", "safety_team", score=95)
    await hire.until("2034-03-11")
    assert await hire.gates() == {"on_duty": True}
    assert len(world.certificates("E1")) == 2


async def test_three_failures_are_put_to_the_safety_officer_and_two_people_grant_a_fourth_sitting(
    world: World,
) -> None:
    hire = await hired(world, "operator")
    await hire.day(1, "09:00")
    await hire.learns("safety_company")
    result = await hire.sits("safety_company", 70, failed=("fire",))
    assert result["attempts_left"] == 2
    kind, sentence = await hire.refused("open_exam", course="safety_company", assurance="active_challenge")
    assert (kind, "fire" in sentence) == ("relearn_sections", True)
    await hire.learns("safety_company")
    assert (await hire.refused("open_exam", course="safety_company", assurance="active_challenge"))[0] == (
        "wait_first"
    )
    await hire.day(1, "21:30")
    await hire.sits("safety_company", 60)
    await hire.day(2)
    await hire.learns("safety_company")
    await hire.sits("safety_company", 79)
    assert (await hire.statuses())["safety_company"] == "exhausted"
    await hire.day(2, "12:30")
    assert [log for log in hire.log() if "S1" in log] == ["03-08 12:00 sms S1 ask"]
    kind, _ = await hire.refused("waive", course="safety_company", reason="急用人", **HR)
    assert kind == "not_in_policy", "nobody waives safety training"
    grant = {"course": "safety_company", "reason": "培训设备故障"}
    assert not (await hire.asks("grant_attempt", **grant, **HR))["effective"]
    assert (await hire.asks("grant_attempt", **grant, **SAFETY))["effective"]
    assert (await hire.progress()).questions == ()
    await hire.day(3)
    await hire.passes(*LEVELS, score=92)
    assert await hire.gates() == {"on_duty": True}


async def test_who_never_finishes_is_escalated_up_to_the_safety_officer_and_loses_no_wage(
    world: World,
) -> None:
    hire = await hired(world, "assembler", employment_type="dispatched")
    await hire.until("2033-04-27", "07:00")
    assert hire.log("escalate") == [
        "03-11 08:00 sms M1 escalate",
        "03-14 08:00 sms S1 escalate",
        "03-14 08:00 sms H1 escalate",
    ]
    assert hire.booked() == []
    assert hire.marks() == [("03-11", "abnormal")]
    await hire.until("2033-04-27")
    [question] = (await hire.progress()).questions
    assert question.question == "probation/2033-04-27"
    assert await hire.gates() == {"on_duty": False}


async def test_another_workshop_means_the_workshop_and_team_levels_again(world: World) -> None:
    hire = await hired(world, "operator")
    await hire.day(1)
    await hire.passes("safety_company", "safety_workshop", score=95)
    await hire.day(2)
    await hire.tells("employee_transferred", post="welder", entity="BETA")
    await hire.until("2033-03-09")
    assert await hire.statuses() == {
        "safety_company": "earned",
        "safety_workshop": "learning",
        "safety_team": "locked",
    }
    row = await hire.columns()
    assert (row["HirePost"], row["HireEntity"], row["HireLocked"]) == ("welder", "BETA", True)
    await hire.passes("safety_workshop", "safety_team", score=95)
    await hire.until("2033-03-21")
    assert hire.booked() == [("allowance", "2033-03", 16_000)]
    assert await hire.gates() == {"on_duty": True}


async def test_half_a_year_away_means_workshop_and_team_again(world: World) -> None:
    hire = await hired(world, "operator")
    await hire.day(1)
    await hire.passes(*LEVELS, score=95)
    await hire.day(2)
    await hire.tells("leave_started", leave="maternity")
    await hire.until(date(2033, 9, 5))
    await hire.tells("leave_ended", leave="maternity")
    await hire.until(date(2033, 9, 6))
    assert await hire.gates() == {"on_duty": False}
    assert hire.log("gate_shut") == ["09-05 12:00 sms E1 gate_shut"]
    await hire.passes("safety_workshop", "safety_team", score=95)
    assert await hire.gates() == {"on_duty": True}


async def test_a_welder_hired_again_within_half_a_year_is_credited_where_the_law_lets_us(
    world: World,
) -> None:
    first = await hired(world, "welder")
    await first.day(1)
    await first.passes(*LEVELS, score=95)
    await first.tells("employee_left", reason="ended")
    await first.until("2033-06-01")
    again = await hired(world, "welder", employee_id="E1", on=date(2033, 8, 1))
    assert set((await again.statuses()).values()) == {"earned"}
    late = await hired(world, "welder", employee_id="E2", on=date(2034, 8, 1))
    assert "earned" not in (await late.statuses()).values()
