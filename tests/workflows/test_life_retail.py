"""Lives under the retail policy: shops open at weekends, scenario exams, a commission factor."""

from decimal import Decimal

import pytest

from tests.support.world import World
from tests.support.world_diary import hired

pytestmark = pytest.mark.slow

HR = {"by": "H1", "role": "hr"}
BOSS = {"by": "M1", "role": "manager"}


async def test_two_scenarios_set_the_commission_factor(world: World) -> None:
    hire = await hired(world, "sales", employment_type="part_time")
    await hire.day(1)
    await hire.passes("service", "products", score=88)
    assert await hire.gates() == {"shop_floor": True, "serving_alone": False}
    await hire.day(2)
    await hire.passes("complaint", score=88)
    await hire.passes("recommend", score=92)
    await hire.until("2033-03-30")
    assert await hire.gates() == {"shop_floor": True, "serving_alone": True}
    assert hire.log() == [
        "03-07 10:00 wecom E1 welcome",
        "03-07 12:00 wecom E1 gate_opened",
        "03-08 12:00 email E1 certificate",
        "03-29 10:00 wecom E1 adjustment",
    ]
    assert world.booked("E1") == [
        ("allowance", "2033-03", 24_000, None),
        ("commission", "2033-03", 0, Decimal("1.05")),
    ]
    [line] = [a for a in (await hire.explanation("en")).adjustments if a.adjustment.rule == "commission"]
    assert line.basis.sentence == "A score of 90 sets “Commission factor” to the factor 1.05 (2033-03)."


async def test_who_never_finishes_is_reminded_at_weekends_too(world: World) -> None:
    hire = await hired(world, "cashier")
    await hire.until("2033-03-18")
    # products is due on Saturday, five days on: that rolls to Monday, and is reported from Wednesday on
    assert hire.log("remind", "escalate") == [
        "03-08 10:00 wecom E1 remind",
        "03-09 10:00 wecom E1 remind",
        "03-10 10:00 wecom E1 remind",
        "03-11 10:00 wecom E1 remind",
        "03-12 10:00 wecom M1 escalate",
        "03-12 10:00 wecom E1 remind",
        "03-14 10:00 wecom H1 escalate",
        "03-15 10:00 wecom E1 remind",
        "03-16 10:00 wecom M1 escalate",
        "03-16 10:00 wecom E1 remind",
        "03-17 10:00 wecom E1 remind",
        "03-18 10:00 wecom H1 escalate",
        "03-18 10:00 wecom E1 remind",
    ]
    assert hire.marks() == [("03-11", "abnormal")]
    assert (await hire.progress()).overdue == 2
    await hire.passes("service", "products")
    await hire.until("2033-03-19")
    assert hire.marks() == [("03-11", "abnormal"), ("03-18", "normal")]


async def test_an_exam_nobody_hands_in_is_over_after_its_time(world: World) -> None:
    hire = await hired(world, "shop_assistant")
    await hire.day(1)
    await hire.learns("service")
    sitting = await hire.asks("open_exam", course="service", assurance="passive")
    assert sitting["expires_at"].startswith("2033-03-07T04:20")
    assert (await hire.refused("open_exam", course="service", assurance="passive"))[0] == "exam_open_already"
    await hire.day(1, "12:30")
    late = {"course": "service", "attempt": 1, "score": 100}
    assert (await hire.refused("submit_exam", **late))[0] == "no_such_sitting"
    track = await hire.track("service")
    assert (str(track.status), track.attempts_left) == ("learning", 3)
    [decision] = await hire.decisions("exam_timed_out")
    assert decision.startswith("03-07 12:20 ")
    assert decision.endswith(": “服务规范”的考试时限已到，没有交卷。")
    await hire.day(2)
    await hire.passes("service")


async def test_an_upheld_appeal_raises_the_commission_factor_before_it_is_settled(world: World) -> None:
    hire = await hired(world, "sales")
    await hire.day(1)
    await hire.passes("service", "products", "recommend", score=95)
    await hire.passes("complaint", score=81)
    await hire.asks("appeal", appeal="AP-7", course="complaint", reason="对话评分有误")
    await hire.day(3)
    await hire.asks("decide_appeal", appeal="AP-7", upheld=True, score=97, reason="复核", **HR)
    await hire.until("2033-03-30")
    assert world.booked("E1")[-1] == ("commission", "2033-03", 0, Decimal("1.10"))


async def test_two_signatures_waive_the_scenario_until_it_is_given_again_half_a_year_later(
    world: World,
) -> None:
    hire = await hired(world, "sales")
    await hire.day(1)
    await hire.passes("service", "products", "recommend", score=95)
    waiver = {"course": "complaint", "reason": "十年门店经验", "evidence": "档案 7-12"}
    await hire.asks("waive", **waiver, **BOSS)
    await hire.asks("waive", **waiver, **HR)
    assert (await hire.gates())["serving_alone"]
    await hire.until("2033-03-29")
    assert hire.booked() == [("allowance", "2033-03", 24_000)], "no factor without an exam"
    await hire.until("2033-09-05")
    assert await hire.gates() == {"shop_floor": True, "serving_alone": False}
    assert hire.log("gate_shut") == ["09-03 12:00 wecom E1 gate_shut"]
    await hire.passes("complaint", score=80)
    assert (await hire.gates())["serving_alone"]


async def test_a_shop_assistant_who_moves_to_the_till_keeps_what_is_passed(world: World) -> None:
    hire = await hired(world, "shop_assistant")
    await hire.day(1)
    await hire.passes("service")
    await hire.tells("employee_transferred", post="cashier")
    await hire.day(2)
    assert (await hire.statuses())["service"] == "earned"
    assert (await hire.progress()).post == "cashier"
    await hire.tells("leave_started")
    await hire.day(10)
    assert (await hire.progress()).overdue == 0
    await hire.tells("leave_ended")
    await hire.day(11)
    await hire.passes("products", "complaint", "recommend")
    assert await hire.gates() == {"shop_floor": True, "serving_alone": True}
    await hire.tells("employee_left", reason="resigned")
    await hire.day(12)
    assert await hire.ended() == "resigned"
    assert hire.booked() == [("allowance", "2033-03", 24_000), ("commission", "2033-03", 0)]
