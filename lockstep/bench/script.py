"""What the product asked of Temporal for one hire, off its history, so that a bare workflow can ask it."""

from collections.abc import Iterable

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

from lockstep.core.base import Frozen

_ARRIVES = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
    EventType.EVENT_TYPE_TIMER_FIRED,
}
_OF_VIRTUAL_TIME = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED,
}
_PLAYED: list["Script"] = []


class Call(Frozen):
    """An activity, its input (a protobuf payload in hex) and its summary."""

    activity: str
    payload: str
    summary: str


class Alarm(Frozen):
    """A timer of so many seconds."""

    id: str
    seconds: float
    summary: str


class Turn(Frozen):
    """What is asked once `after` pieces of news have come: signals, updates, results of calls, timers."""

    after: int
    calls: tuple[Call, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    cancelled: tuple[str, ...] = ()


class Script(Frozen):
    """One hire's path. `answers` are those of the updates, in order; all payloads in hex."""

    turns: tuple[Turn, ...]
    answers: tuple[str, ...]
    result: str


def own_events(events: Iterable[HistoryEvent]) -> list[HistoryEvent]:
    """What would be in the history had the days really passed: without the marks of virtual time."""
    return [event for event in events if event.event_type not in _OF_VIRTUAL_TIME]


def script_of(events: Iterable[HistoryEvent]) -> Script:
    """The script of a finished history."""
    turns: list[Turn] = []
    answers: list[str] = []
    news, result = 0, ""
    for event in events:
        match event.event_type:
            case EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED:
                turns.append(Turn(after=news))
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED:
                news += 1  # it came with the very task whose commands follow
                turns[-1] = turns[-1].model_copy(update={"after": news})
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_COMPLETED:
                outcome = event.workflow_execution_update_completed_event_attributes.outcome
                answers.append(_hex(outcome.success.payloads[0]))
            case EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED:
                result = _hex(event.workflow_execution_completed_event_attributes.result.payloads[0])
            case kind if kind in _ARRIVES:
                news += 1
            case _ if turns:
                turns[-1] = _with_command(turns[-1], event)
    return Script(turns=tuple(turns), answers=tuple(answers), result=result)


def play(script: Script) -> None:
    """Make it the script that the bare workflows of this process follow."""
    _PLAYED[:] = [script]


def played() -> Script:
    """The script bare workflows follow."""
    return _PLAYED[0]


def payload(text: str) -> Payload:
    """A payload kept in hex."""
    return Payload.FromString(bytes.fromhex(text))


def _with_command(turn: Turn, event: HistoryEvent) -> Turn:
    summary = event.user_metadata.summary.data.decode().strip('"')
    match event.event_type:
        case EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED:
            asked = event.activity_task_scheduled_event_attributes
            call = Call(
                activity=asked.activity_type.name, payload=_hex(asked.input.payloads[0]), summary=summary
            )
            return turn.model_copy(update={"calls": (*turn.calls, call)})
        case EventType.EVENT_TYPE_TIMER_STARTED:
            started = event.timer_started_event_attributes
            seconds = started.start_to_fire_timeout.ToTimedelta().total_seconds()
            alarm = Alarm(id=started.timer_id, seconds=seconds, summary=summary)
            return turn.model_copy(update={"alarms": (*turn.alarms, alarm)})
        case EventType.EVENT_TYPE_TIMER_CANCELED:
            timer = event.timer_canceled_event_attributes.timer_id
            return turn.model_copy(update={"cancelled": (*turn.cancelled, timer)})
    return turn


def _hex(message: Message) -> str:
    return message.SerializeToString().hex()
