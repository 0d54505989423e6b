"""Facts come twice, late, early, in any order and all at once: the journey is the same."""

import asyncio
from datetime import timedelta

import pytest

from tests.support.world import World, eventually
from tests.support.world_diary import NewHire, begun, contract, hired, newcomer
from tests.workflows.test_unreadable_messages import notes

pytestmark = pytest.mark.slow


async def status_becomes(hire: NewHire, course: str, status: str) -> None:
    async def so() -> bool:
        return (await hire.statuses()).get(course) == status

    await eventually(so)


async def test_the_same_event_again_changes_nothing(dev: World) -> None:
    hire = await hired(dev, "operations")
    for _ in range(3):
        await hire.tells("course_completed", "lms-1", course="culture")
    await status_becomes(hire, "culture", "exam")
    assert await hire.problems() == []


async def test_the_same_event_with_the_same_time_changes_nothing(dev: World) -> None:
    hire = await hired(dev, "operations")
    for at in ("2030-01-01T00:00:00Z", "2030-01-01T08:00:00+08:00"):
        await hire.tells("course_completed", "lms-1", course="culture", occurred_at=at)
    await hire.tells("course_completed", "lms-2", course="manners", occurred_at="2199-01-01T00:00:00Z")
    await hire.tells("course_completed", "lms-2", course="manners", occurred_at="2199-01-01T00:00:00Z")
    await status_becomes(hire, "manners", "exam")
    assert await hire.problems() == []


async def test_the_same_id_with_other_content_is_noted_once_and_the_first_counts(dev: World) -> None:
    hire = await hired(dev, "operations")
    await hire.tells("course_completed", "lms-1", course="culture")
    for _ in range(2):
        await hire.tells("course_completed", "lms-1", course="manners")
    await status_becomes(hire, "culture", "exam")
    [note] = await notes(hire)
    assert (note.fact, note.problem) == ("lms-1", "same_id_other_content")
    assert (await hire.statuses())["manners"] == "learning"


async def test_facts_that_overtake_the_contract_count_once_it_is_there(dev: World) -> None:
    signed = contract(dev, "operations")
    hire = newcomer(dev, signed)
    await begun(dev, hire.handle.id, "course_completed", {"event_id": "lms-1", "course": "culture"})
    await hire.tells("course_completed", "lms-2")
    await hire.tells("promoted", "lms-3")
    await hire.handle.signal("hired", {"event_id": "contract-1"})
    kind, sentence = await hire.refused("open_exam", course="culture")
    assert kind == "no_plan"
    assert sentence.startswith("hired: employee_id: Field required")
    await hire.handle.signal("hired", signed)
    await status_becomes(hire, "culture", "exam")
    assert [note.fact for note in await notes(hire, 3)] == ["promoted", "hired", "course_completed"]


async def test_a_contract_for_another_hire_is_refused_until_the_right_one_comes(dev: World) -> None:
    signed = contract(dev, "operations")
    hire = newcomer(dev, signed)
    await begun(dev, hire.handle.id, "hired", {**signed, "entity": "BETA"})
    kind, sentence = await hire.refused("enter_stage", stage="probation_review")
    assert kind == "no_plan"
    assert f"onboarding/BETA/{hire.employee_id}/2033-03-07" in sentence
    await hire.handle.signal("hired", signed)
    await hire.has_a_plan()
    [note] = await notes(hire)
    assert note.fact == "hired"


async def test_a_second_contract_with_other_content_is_noted(dev: World) -> None:
    signed = contract(dev, "operations")
    hire = newcomer(dev, signed)
    await begun(dev, hire.handle.id, "hired", signed)
    await hire.handle.signal("hired", signed)
    await hire.handle.signal("hired", {**signed, "post": "designer"})
    await hire.has_a_plan()
    [note] = await notes(hire)
    assert note.problem == "hired again with other content: the first one counts"
    assert (await hire.progress()).post == "operations"


async def test_nobody_waits_for_ever_for_a_contract(world: World) -> None:
    signed = contract(world, "operations")
    hire = newcomer(world, signed)
    await begun(world, hire.handle.id, "hired", {"employee_id": "a b"})
    now = await world.clock.now(hire.handle)
    await world.clock.sleep(hire.handle, timedelta(days=8))
    last = (await hire.handle.fetch_history()).events[-1]
    failure = last.workflow_execution_failed_event_attributes.failure
    assert failure.application_failure_info.type == "NeverHired"
    assert "employee_id: String should match pattern" in failure.message
    assert (last.event_time.ToDatetime(now.tzinfo) - now).days == 7


async def test_late_facts_are_put_in_their_place(dev: World) -> None:
    """The exam system is quicker than the LMS: the grade comes before the course it rests on."""
    hire = await hired(dev, "operations")
    await hire.tells("exam_graded", "x-2", course="culture", score=92, occurred_at="2026-11-24T02:00:00Z")
    [note] = await notes(hire)
    assert note.problem == "course_before_exam"
    await hire.tells("course_completed", "x-1", course="culture", occurred_at="2026-11-24T01:00:00Z")
    await status_becomes(hire, "culture", "earned")
    assert await hire.problems() == []


async def test_two_hundred_signals_at_once_are_all_taken(dev: World) -> None:
    hire = await hired(dev, "operations")
    storm = [hire.tells("course_completed", f"s-{n}", course="culture") for n in range(100)]
    storm += [hire.tells("course_completed", f"t-{n}", course=f"nothing_{n}") for n in range(50)]
    storm += [hire.handle.signal("nonsense", n) for n in range(50)]
    await asyncio.gather(*storm)
    await status_becomes(hire, "culture", "exam")

    async def counted() -> bool:
        why = await hire.explanation()
        return len(why.refused) == 100

    await eventually(counted)
    assert (await hire.sits("culture", 90))["passed"]
