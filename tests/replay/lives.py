"""The lives whose histories are kept: those of tests/workflows, and a few that are only lived here."""

from collections.abc import Awaitable, Callable

from tests.support.world import World
from tests.support.world_diary import hired
from tests.workflows import test_life_in_runs as runs
from tests.workflows import test_life_internet as internet
from tests.workflows import test_life_manufacturing as manufacturing
from tests.workflows import test_life_retail as retail
from tests.workflows import test_life_tech as tech
from tests.workflows import test_message_order as order

Life = Callable[[World], Awaitable[None]]


async def graded_by_another_system(world: World) -> None:
    """Results come as signals, before the courses they rest on, and one makes no sense."""
    hire = await hired(world, "operations")
    await hire.day(1)
    for course in internet.ALL_THREE:
        await hire.tells("exam_graded", course=course, score=92)
        await hire.tells("course_completed", course=course, occurred_at="2033-03-07T03:00:00Z")
    await hire.tells("exam_graded", course="nothing", score=1)
    await hire.tells("promoted")
    await hire.until("2033-04-20")
    assert hire.booked() == [("allowance", "2033-03", 40_000), ("award", "2033-03", 24_000)]


async def reached_by_the_next_channel(world: World) -> None:
    """No 企业微信: every message is refused there and goes by the policy's next channel; then by none."""
    told = await hired(world, "operations", employee_id=world.newcomer(wecom_id=""))
    nowhere = {"wecom_id": "", "phone": "", "email": ""}
    silent = await hired(world, "operations", employee_id=world.newcomer(**nowhere))
    await told.day(3)
    assert {sent.channel for sent in told.sent()} == {"sms"}
    assert silent.sent() == []
    for hire in (told, silent):
        await hire.tells("employee_left", reason="resigned")
    await told.day(4)


LIVES: dict[str, Life] = {
    "internet-passes": internet.test_who_passes_in_three_days_is_through_the_gate_and_paid,
    "internet-fails-and-relearns": internet.test_who_fails_learns_again_and_passes_at_the_third_sitting,
    "internet-never-finishes": (
        internet.test_who_never_finishes_is_reminded_reported_loses_the_bonus_and_a_human_decides
    ),
    "internet-on-leave": internet.test_leave_pauses_reminders_and_deadlines,
    "internet-appeals": internet.test_an_upheld_appeal_corrects_the_score_and_gives_the_bonus_back,
    "internet-appeals-in-vain": (
        internet.test_an_appeal_under_way_at_the_cut_off_holds_the_bonus_until_it_is_turned_down
    ),
    "internet-waived": internet.test_a_waiver_needs_two_people_and_ends_after_a_year,
    "internet-leaves": internet.test_a_leaver_hears_no_more_and_is_filed,
    "internet-no-show": internet.test_who_never_comes_is_not_welcomed,
    "internet-hired-again": internet.test_somebody_hired_again_is_credited_with_what_was_passed,
    "internet-same-contract": internet.test_the_same_contract_after_the_end_starts_nothing,
    "internet-raise": internet.test_a_raise_in_the_middle_of_the_month_changes_what_was_booked,
    "internet-adopts": internet.test_adopting_another_policy_shows_the_difference_and_takes_nothing_silently,
    "internet-graded": graded_by_another_system,
    "internet-next-channel": reached_by_the_next_channel,
    "manufacturing-passes": manufacturing.test_duty_begins_when_all_three_levels_are_passed_in_order,
    "manufacturing-lapses": manufacturing.test_a_pass_that_was_not_renewed_shuts_the_gate,
    "manufacturing-renews": (
        manufacturing.test_a_pass_is_renewed_a_month_before_it_lapses_and_the_gate_stays_open
    ),
    "manufacturing-granted": (
        manufacturing.test_three_failures_are_put_to_the_safety_officer_and_two_people_grant_a_fourth_sitting
    ),
    "manufacturing-moves": (manufacturing.test_another_workshop_means_the_workshop_and_team_levels_again),
    "retail-passes": retail.test_two_scenarios_set_the_commission_factor,
    "retail-late": retail.test_who_never_finishes_is_reminded_at_weekends_too,
    "retail-times-out": retail.test_an_exam_nobody_hands_in_is_over_after_its_time,
    "tech-passes": tech.test_the_ladder_opens_code_then_production_and_the_third_elective_is_let_go,
    "tech-uses-up-attempts": (
        tech.test_who_uses_up_the_attempts_is_put_to_the_manager_and_learns_all_of_it_again
    ),
    "tech-moves": tech.test_a_move_to_another_post_and_entity_credits_what_is_the_same_and_back_again,
    "never-hired": order.test_nobody_waits_for_ever_for_a_contract,
    "in-many-runs": runs.test_a_life_in_many_runs_is_the_life_in_one,
}
