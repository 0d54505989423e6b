"""升级: after a missed deadline the ladder is climbed, one message a rung for all courses concerned."""

from collections.abc import Iterator

from lockstep.core.base import Why
from lockstep.core.due import Due, Quiet, message
from lockstep.core.state import State
from lockstep.core.steps import Escalate


def escalations(state: State) -> Iterator[Due]:
    """The next rung of each overdue course, those of the same moment together."""
    for number, rung in enumerate(state.policy.escalation, start=1):
        due = sorted(
            (track.deadline + rung.after, track.course.id, track.cycle)
            for track in state.tracks.values()
            if track.is_open and track.deadline is not None and track.rungs == number - 1
        )
        if not due:
            continue
        at, first, cycle = due[0]
        courses = tuple(course for when, course, _ in due if when == at)
        why = Why(
            rule="deadline_missed",
            policy_path="escalation",
            args={"item": ", ".join(courses), "to": rung.to, "rung": str(number)},
        )
        step = Escalate(
            key=f"escalate/{number}/{first}/{cycle}", rung=number, to=rung.to, courses=courses, why=why
        )
        yield from message(at, step, Quiet.of_staff(state))
