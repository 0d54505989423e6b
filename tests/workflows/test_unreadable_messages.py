"""Whatever is sent, in whatever shape: the run goes on, and says what it could not use and why."""

from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowQueryFailedError, WorkflowUpdateFailedError
from temporalio.common import RawValue
from temporalio.exceptions import ApplicationError

from lockstep.core.progress import RefusedFact
from tests.support.world import World, eventually
from tests.support.world_diary import NewHire, hired

pytestmark = pytest.mark.slow

_UNTOUCHED = {"culture": "learning", "manners": "learning", "skills": "learning"}


def _raw(encoding: bytes, data: bytes) -> RawValue:
    return RawValue(Payload(metadata={"encoding": encoding}, data=data))


_BYTES = _raw(b"binary/plain", b"\x00\xff\x80")
_HALF_A_JSON_TEXT = _raw(b"json/plain", b"{not json")
_NOT_UTF8 = _raw(b"json/plain", b'"\xff\xfe"')
_DEEP = _raw(b"json/plain", b"[" * 100_000)
_UNHEARD_OF = _raw(b"application/x-unheard-of", b"?")
_MEGABYTE = "x" * 1_000_000

UNREADABLE: dict[str, tuple[list[Any], str]] = {
    "nothing": ([], "takes one JSON object"),
    "null": ([None], "takes one JSON object"),
    "a number": ([5], "takes one JSON object"),
    "a text": (["culture"], "takes one JSON object"),
    "a list": ([["culture"]], "takes one JSON object"),
    "bytes": ([_BYTES], "takes one JSON object"),
    "half a JSON text": ([_HALF_A_JSON_TEXT], "takes one JSON object"),
    "no UTF-8": ([_NOT_UTF8], "takes one JSON object"),
    "100,000 brackets": ([_DEEP], "takes one JSON object"),
    "an encoding nobody knows": ([_UNHEARD_OF], "takes one JSON object"),
    "a megabyte of text": ([_MEGABYTE], "takes one JSON object"),
    "an empty object": ([{}], "needs event_id"),
    "no event_id": ([{"course": "culture"}], "needs event_id"),
    "an empty event_id": ([{"event_id": "", "course": "culture"}], "event_id: String should have at least 1"),
    "an event_id of 201 letters": ([{"event_id": "x" * 201, "course": "culture"}], "event_id: String should"),
    "a number as event_id": (
        [{"event_id": 7, "course": "culture"}],
        "event_id: Input should be a valid string",
    ),
    "no course": ([{"event_id": "e"}], "course: Field required"),
    "a list of courses": (
        [{"event_id": "e", "course": ["culture"]}],
        "course: Input should be a valid string",
    ),
    "a course of a megabyte": (
        [{"event_id": "e", "course": _MEGABYTE}],
        "course: String should have at most",
    ),
    "a time that is none": (
        [{"event_id": "e", "course": "culture", "occurred_at": "yesterday"}],
        "occurred_at: Input should be a valid datetime",
    ),
    "a time without zone": (
        [{"event_id": "e", "course": "culture", "occurred_at": "2033-03-07T09:00:00"}],
        "occurred_at: Input should have timezone info",
    ),
}


async def notes(hire: NewHire, number: int = 1) -> list[RefusedFact]:
    """What did not count, once so much of it is known."""

    async def known() -> bool:
        return len((await hire.progress()).refused) >= number

    await eventually(known)
    found = list((await hire.progress()).refused)
    assert len(found) == number, found
    return found


@pytest.mark.parametrize(("arguments", "reason"), UNREADABLE.values(), ids=UNREADABLE.keys())
async def test_an_unreadable_signal_is_remembered_with_its_reason(
    dev: World, arguments: list[Any], reason: str
) -> None:
    hire = await hired(dev, "operations")
    await hire.handle.signal("course_completed", args=arguments)
    [note] = await notes(hire)
    assert note.fact == "course_completed"
    assert note.problem.startswith("course_completed")
    assert reason in note.problem
    assert len(note.problem) < 1000
    assert await hire.statuses() == _UNTOUCHED


async def test_what_an_exam_result_may_be_is_checked_field_by_field(dev: World) -> None:
    hire = await hired(dev, "operations")
    wrong: list[dict[str, Any]] = [
        {"score": "abc"},
        {"score": 101},
        {"score": -1},
        {"score": "NaN"},
        {"score": None},
        {"score": 90, "failed_sections": "one"},
        {"score": 90, "failed_sections": ["s"] * 10_000},
        {"score": 90, "failed_sections": [{}] * 10_000},
        {"score": 90, "paper_digest": _MEGABYTE},
        {"score": 90, "attempt": "first"},
    ]
    for number, fields in enumerate(wrong):
        await hire.tells("exam_graded", f"g{number}", course="culture", **fields)
    for note in await notes(hire, len(wrong)):
        assert note.problem.startswith("exam_graded: "), note
        assert len(note.problem) < 1000
    assert await hire.statuses() == _UNTOUCHED


async def test_fields_we_do_not_know_and_further_arguments_are_ignored(dev: World) -> None:
    hire = await hired(dev, "operations")
    fine = {"event_id": "e", "course": "culture", "colour": {"nested": [1]}, "kind": "left", "id": 5, "at": 3}
    await hire.handle.signal("course_completed", args=[fine, 2, {"three": 3}])
    assert (await hire.sits("culture", 90))["passed"]
    assert (await hire.progress()).refused == ()


async def test_a_signal_we_do_not_know_is_named_with_those_we_do(dev: World) -> None:
    hire = await hired(dev, "operations")
    await hire.handle.signal("promoted", args=[{"event_id": "e"}, _HALF_A_JSON_TEXT])
    [note] = await notes(hire)
    assert note.fact == "promoted"
    assert note.problem.startswith("promoted: no such signal (known: hired, course_completed, ")


UNREADABLE_REQUESTS: dict[str, tuple[list[Any], str]] = {
    "nothing": ([], "open_exam takes one JSON object"),
    "null": ([None], "open_exam takes one JSON object"),
    "a number": ([5], "input: Input should be an object"),
    "a list": ([["culture"]], "input: Input should be an object"),
    "no course": ([{}], "course: Field required"),
    "a list of courses": ([{"course": ["culture"]}], "course: Input should be a valid string"),
    "an unknown level of proof": ([{"course": "culture", "assurance": "sure"}], "assurance: Input should be"),
    "bytes": ([_BYTES], "open_exam takes one JSON object"),
    "half a JSON text": ([_HALF_A_JSON_TEXT], "input: Invalid JSON"),
    "an encoding nobody knows": ([_UNHEARD_OF], "open_exam takes one JSON object"),
    "a course of a megabyte": ([{"course": _MEGABYTE}], "course: String should have at most 200"),
    "two objects": ([{"course": "culture"}, {"course": "culture"}], "open_exam takes one JSON object"),
}


@pytest.mark.parametrize(
    ("arguments", "reason"), UNREADABLE_REQUESTS.values(), ids=UNREADABLE_REQUESTS.keys()
)
async def test_an_unreadable_request_is_refused_with_the_field_that_is_wrong(
    dev: World, arguments: list[Any], reason: str
) -> None:
    hire = await hired(dev, "operations")
    kind, sentence = await bad_request(hire, "open_exam", arguments)
    assert kind == "bad_request"
    assert reason in sentence
    assert len(sentence) < 1000
    assert await hire.statuses() == _UNTOUCHED


UPDATES = (
    "open_exam",
    "submit_exam",
    "waive",
    "grant_attempt",
    "appeal",
    "decide_appeal",
    "decide",
    "enter_stage",
    "adopt_policy",
)


async def test_no_request_is_wedged_by_an_argument_that_is_none(dev: World) -> None:
    hire = await hired(dev, "operations")
    for update in UPDATES:
        for arguments in ([], [None], [_BYTES], [_UNHEARD_OF], [{}, {}]):
            kind, sentence = await bad_request(hire, update, arguments)
            assert (kind, sentence) == ("bad_request", f"{update} takes one JSON object")
    assert await hire.statuses() == _UNTOUCHED


async def bad_request(hire: NewHire, update: str, arguments: list[Any]) -> tuple[str | None, str]:
    """Type and sentence of the refusal."""
    with pytest.raises(WorkflowUpdateFailedError) as refused:
        await hire.handle.execute_update(update, args=arguments)
    cause = refused.value.cause
    assert isinstance(cause, ApplicationError)
    return cause.type, cause.message


async def test_requests_and_questions_we_do_not_know_are_refused(dev: World) -> None:
    hire = await hired(dev, "operations")
    _, sentence = await bad_request(hire, "promote", [{"post": "boss"}])
    assert "promote" in sentence
    assert "known updates: [adopt_policy appeal decide " in sentence
    with pytest.raises(WorkflowQueryFailedError, match="salary"):
        await hire.handle.query("salary")
    with pytest.raises(WorkflowQueryFailedError, match="lang"):
        await hire.handle.query("explanation", {"lang": "fr"})
    with pytest.raises(WorkflowQueryFailedError, match="explanation takes one JSON object"):
        await hire.handle.query("explanation", None)
    assert await hire.statuses() == _UNTOUCHED
