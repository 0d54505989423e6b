"""Lives under the tech policy: a ladder, two of three electives, two gates, the first sitting counts."""

from datetime import date

import pytest

from tests.support.world import World
from tests.support.world_diary import hired

pytestmark = pytest.mark.slow

MONTH_OF_THE_RAISE = date(2033, 4, 1)
HR = {"by": "H1", "role": "hr"}
BOSS = {"by": "M1", "role": "manager"}


async def test_the_ladder_opens_code_then_production_and_the_third_elective_is_let_go(world: World) -> None:
    hire = await hired(world, "backend_engineer")
    await hire.day(1)
    await hire.passes("basics", score=84)
    assert await hire.gates() == {"code_access": True, "production_access": False}
    await hire.day(2)
    await hire.passes("advanced", score=90)
    await hire.passes("security", score=95)
    assert await hire.gates() == {"code_access": True, "production_access": False}
    await hire.day(3, "11:00")
    await hire.passes("data", score=80)
    assert (await hire.refused("enter_stage", stage="production_access"))[0] == "stage_locked"
    await hire.passes("cloud", score=90)
    await hire.settled()
    assert await hire.gates() == {"code_access": True, "production_access": True}
    assert (await hire.statuses())["backend"] == "released"
    await hire.until("2033-03-29")
    assert hire.log() == [
        "03-07 10:00 wecom E1 welcome",
        "03-07 12:00 wecom E1 gate_opened",
        "03-09 11:00 email E1 certificate",
        "03-28 10:00 wecom E1 adjustment",
    ]
    # (90 + 2 x 95 + 80 + 90) / 5 = 90: excellent
    assert hire.booked() == [("allowance", "2033-03", 40_000), ("award", "2033-03", 24_000)]
    assert hire.marks() == [("03-09", "qualified")]


async def test_the_first_sitting_counts_for_pay_however_good_the_second(world: World) -> None:
    hire = await hired(world, "test_engineer")
    await hire.day(1)
    await hire.passes("basics", score=95)
    await hire.passes("advanced", score=100)
    await hire.learns("security")
    await hire.sits("security", 60)
    await hire.passes("backend", "data", score=100)
    await hire.day(3, "11:00")
    await hire.passes("security", score=100)
    await hire.until("2033-03-28")
    # (100 + 2 x 60 + 100 + 100) / 5 = 84
    assert hire.booked() == [("allowance", "2033-03", 40_000)]


async def test_who_uses_up_the_attempts_is_put_to_the_manager_and_learns_all_of_it_again(
    world: World,
) -> None:
    hire = await hired(world, "data_engineer", employment_type="contractor")
    await hire.day(1)
    for number, hour in enumerate(("12:00", "16:10", "20:20"), start=1):
        if number > 1:
            await hire.day(1, hour)
        await hire.learns("basics")
        await hire.sits("basics", 50 + number)
    assert (await hire.statuses())["basics"] == "exhausted"
    assert (await hire.track("basics")).attempts_left == 0
    await hire.day(2)
    assert hire.log("ask", "result_failed")[-2:] == [
        "03-08 10:00 wecom M1 ask",
        "03-08 10:00 wecom E1 result_failed",
    ]
    [question] = (await hire.progress()).questions
    assert question.options == ("extra_attempt", "targeted_training", "transfer")
    answer = {"question": question.question, "reason": "单独辅导一周"}
    assert (await hire.refused("decide", **answer, outcome="targeted_training", **HR))[0] == "wrong_role"
    assert (await hire.refused("decide", **answer, outcome="end_onboarding", **BOSS))[0] == "not_an_option"
    await hire.asks("decide", **answer, outcome="targeted_training", **BOSS)
    track = await hire.track("basics")
    assert (str(track.status), track.attempts_left) == ("learning", 1)
    assert track.deadline is not None
    assert hire.local(track.deadline) == "03-16 00:00"
    await hire.day(3)
    await hire.passes("basics", score=80)
    assert (await hire.gates())["code_access"]


async def test_who_never_finishes_hears_at_most_thrice_a_week_and_keeps_the_normal_mark(
    world: World,
) -> None:
    hire = await hired(world, "devops_engineer")
    await hire.until("2033-08-09")
    weeks = [sent.at.isocalendar().week for sent in hire.sent("remind")]
    assert max(weeks.count(week) for week in weeks) <= 3
    assert hire.log("escalate") == ["03-17 10:00 wecom M1 escalate", "03-21 10:00 wecom H1 escalate"]
    assert (hire.booked(), hire.marks()) == ([], []), "nothing to lose under this policy"
    [question] = (await hire.progress()).questions
    assert (question.to, hire.local(question.asked_at)) == ("hr", "08-08 10:00")


async def test_a_move_to_another_post_and_entity_credits_what_is_the_same_and_back_again(
    world: World,
) -> None:
    hire = await hired(world, "backend_engineer")
    await hire.day(1)
    await hire.passes("basics", score=95)
    await hire.tells("employee_transferred", post="product_manager", entity="BETA")
    await hire.day(2)
    row = await hire.columns()
    assert (row["HirePost"], row["HireEntity"], row["HireStage"]) == (
        "product_manager",
        "BETA",
        "probation_review",
    )
    assert set(await hire.statuses()) == {"culture", "manners", "skills"}
    await hire.tells("employee_transferred", post="backend_engineer", entity="ACME")
    await hire.day(3)
    assert (await hire.statuses())["basics"] == "earned", "nobody learns the same twice"
    assert (await hire.gates())["code_access"]
    await hire.passes("advanced", "security", "backend", "data", score=95)
    await hire.until("2033-03-29")
    assert hire.booked() == [("allowance", "2033-03", 40_000), ("award", "2033-03", 24_000)]


async def test_a_late_pass_is_paid_with_the_month_in_which_it_is_passed(world: World) -> None:
    hire = await hired(world, "backend_engineer")
    await hire.until("2033-03-25")
    await hire.passes("basics", "advanced", score=80)
    await hire.until("2033-03-28")
    assert hire.booked() == []
    await hire.passes("security", "backend", "cloud", score=90)
    world.salary("E1", 1_000_001, MONTH_OF_THE_RAISE)
    await hire.tells("salary_changed", effective_from=str(MONTH_OF_THE_RAISE))
    await hire.until("2033-04-27")
    assert hire.booked() == [("allowance", "2033-04", 50_000)]
