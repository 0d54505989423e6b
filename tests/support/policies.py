"""Policies for tests, written as HR writes them and read as strictly."""

from typing import Any

from lockstep.core.calendar import Calendar
from lockstep.core.policy.policy import Policy, Snapshot

CALENDAR = Calendar(
    id="CN",
    version="test",
    source="tests",
    confirmed_years=(2026, 2027),
    days_off=("2026-12-31", "2027-01-01"),
    make_up_days=("2026-12-05",),
)
"""2026-11-02 is a Monday. Saturday 5 December is worked; 31 December and New Year are off."""


def title(zh: str, en: str = "") -> dict[str, str]:
    return {"zh": zh, "en": en or zh.title()}


def exam(**given: Any) -> dict[str, Any]:
    return {"bank": "b", "pass_mark": 80, **given}


def course(name: str, **given: Any) -> dict[str, Any]:
    return {
        "id": name,
        "title": title(name),
        "content": name,
        "deadline": {"days": 3},
        "exam": exam(),
        **given,
    }


def stage(name: str, *requires: str, **given: Any) -> dict[str, Any]:
    return {"id": name, "title": title(name), "requires": list(requires), **given}


def rule(name: str, kind: str, at: str = "on_duty", **given: Any) -> dict[str, Any]:
    return {"id": name, "kind": kind, "stage": at, "title": title(name), **given}


def policy(*courses: dict[str, Any], **given: Any) -> Policy:
    """One stage `on_duty` over all courses, no reminders, no attendance marks, unless told otherwise."""
    fields: dict[str, Any] = {
        "id": "test",
        "version": "1",
        "title": title("test"),
        "selects": {"posts": ["*"]},
        "courses": list(courses),
        "stages": [stage("on_duty", *(c["id"] for c in courses))],
        "attendance": {"abnormal_when_overdue": False},
        **given,
    }
    return Policy.model_validate(fields, extra="forbid")


def pinned(made: Policy, **given: Any) -> Snapshot:
    """The policy as a journey holds it; each course's content has a hash of its own."""
    fields: dict[str, Any] = {
        "hash": f"{made.id}-{made.version}",
        "content": {c.content: f"sha-{c.content}" for c in made.courses},
        "calendar": CALENDAR,
        **given,
    }
    return Snapshot(policy=made, **fields)


def plan(*courses: dict[str, Any], **given: Any) -> Snapshot:
    """A pinned policy in one call."""
    return pinned(policy(*courses, **given))
