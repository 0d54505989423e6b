"""考勤标记: abnormal while a course is overdue, qualified when the stage opens, normal again in between."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from lockstep.core.base import Why
from lockstep.core.calendar import local_date
from lockstep.core.due import Due
from lockstep.core.state import State
from lockstep.core.steps import MarkAttendance

Mark = Literal["abnormal", "normal", "qualified"]


def marks(state: State) -> Iterator[Due]:
    """The next mark."""
    rules = state.policy.attendance
    stage = rules.qualified_stage
    if stage is not None and stage in state.gates:
        key = f"mark/qualified/{state.openings[stage]}"
        if key not in state.effects:
            yield Due(
                state.at, _mark(state, key, "qualified", state.gates[stage], rule="gate_open", item=stage)
            )
            return
    if not rules.abnormal_when_overdue:
        return
    key = f"mark/{state.marks + 1}"
    deadlines = [(t.deadline, t.course.id) for t in state.tracks.values() if t.deadline and t.is_unfinished]
    first = min(deadlines, default=None)
    if state.marked != "abnormal" and first is not None:
        yield Due(first[0], _mark(state, key, "abnormal", first[0], rule="deadline_missed", item=first[1]))
    if state.marked == "abnormal" and not any(deadline <= state.at for deadline, _ in deadlines):
        yield Due(state.at, _mark(state, key, "normal", state.at, rule="nothing_overdue", item=""))


def _mark(  # noqa: PLR0913 - the parts of one mark
    state: State, key: str, mark: Mark, at: datetime, *, rule: str, item: str
) -> MarkAttendance:
    why = Why(rule=rule, policy_path="attendance", args={"item": item})
    return MarkAttendance(key=key, mark=mark, day=local_date(at, state.hire.tz), why=why)
