"""What the hire has to do next, about one course, one stage or at all: keys of `words.TO_DO`."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from pydantic import Field

from lockstep.core.base import Frozen
from lockstep.core.policy.courses import Stage
from lockstep.core.rules.gates import hours, missing
from lockstep.core.state import State, Status, Track
from lockstep.core.words import listed

_URGENCY = (Status.SITTING, Status.EXAM, Status.LEARNING, Status.EXHAUSTED, Status.LOCKED)


class ToDo(Frozen):
    """Something to do. `key` and `args` make a sentence of `words`."""

    key: str
    args: dict[str, str] = Field(default_factory=dict)


class Missing(Frozen):
    """Something a stage still requires: a course, a choice, "hours:<level>" or "stage:<earlier>"."""

    item: str
    to_do: ToDo


def at_instant(state: State, now: datetime) -> State:
    """The state seen at `now`: passes may have lapsed since the last fact."""
    return replace(state, at=max(state.at, now))


def of_hire(state: State, now: datetime) -> ToDo:
    """The one thing to do first."""
    if state.closed or state.left is not None or state.ended:
        reason = state.closed or (str(state.left.reason) if state.left else "ended")
        return ToDo(key="over", args={"reason": reason})
    if state.snapshot is None:
        return ToDo(key="await_plan")
    for status in _URGENCY:
        for track in state.tracks.values():
            if track.status is status:
                return of_track(state, track, now)
    return ToDo(key="rest")


def of_track(state: State, track: Track, now: datetime) -> ToDo:
    """What to do about one course."""
    args = {"course": track.course.id}
    match track.status:
        case Status.LOCKED:
            open_courses = (c for c in track.course.after if state.tracks[c].earned_at is None)
            return ToDo(key="pass_first", args={"missing": listed(open_courses)})
        case Status.LEARNING:
            return _to_learn(track, args, now)
        case Status.EXAM if track.exam_from is not None and track.exam_from > now:
            return ToDo(key="sit_exam_from", args=args | {"until": track.exam_from.isoformat()})
        case Status.EXAM:
            return ToDo(key="sit_exam", args=args)
        case Status.SITTING:
            return ToDo(key="hand_in", args=args)
        case Status.EXHAUSTED:
            return ToDo(key="await_decision", args=args)
        case _:  # earned, or released
            return ToDo(key="nothing", args=args)


def _to_learn(track: Track, args: dict[str, str], now: datetime) -> ToDo:
    if track.sections:
        return ToDo(key="relearn_sections", args=args | {"sections": listed(track.sections)})
    if track.attempts:
        return ToDo(key="relearn", args=args)
    if track.deadline is None:
        return ToDo(key="learn", args=args)
    key = "learn_late" if track.deadline <= now else "learn_by"
    return ToDo(key=key, args=args | {"deadline": track.deadline.isoformat()})


def of_stage(state: State, stage: Stage, now: datetime) -> Iterator[Missing]:
    """What a stage still requires, and what to do about each."""
    seen = at_instant(state, now)
    for item in missing(seen, stage):
        kind, _, rest = item.partition(":")
        if kind == "hours":
            args = {"level": rest, "have": str(hours(seen, rest)), "need": str(stage.hours[rest])}
            yield Missing(item=item, to_do=ToDo(key="hours", args=args))
        elif kind == "stage":
            yield Missing(item=item, to_do=ToDo(key="earlier_stage", args={"stage": rest}))
        elif item in state.policy.choice_by_id:
            yield Missing(item=item, to_do=_to_choose(seen, item))
        else:
            yield Missing(item=item, to_do=of_track(seen, seen.tracks[item], now))


def _to_choose(state: State, item: str) -> ToDo:
    choice = state.policy.choice_by_id[item]
    have = sum(state.tracks[course].holds(state.at) for course in choice.courses)
    args = {"n": str(choice.any_of), "have": str(have), "courses": listed(choice.courses)}
    return ToDo(key="choose", args=args)
