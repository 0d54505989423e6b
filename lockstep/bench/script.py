"""What the product asked of Temporal for one hire, read off its history, so that a bare workflow can ask the same."""

from collections import Counter
from collections.abc import Iterable

from temporalio.api.common.v1 import Payload
from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent

from lockstep.core.base import Frozen

_NEWS = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED,
    EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED,
    EventType.EVENT_TYPE_TIMER_FIRED,
}
_OF_VIRTUAL_TIME = {
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_OPTIONS_UPDATED,
    EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIME_SKIPPING_TRANSITIONED,
}


class Call(Frozen):
    """An activity with the payload it was given, as protobuf bytes in hex, and what the operator reads."""

    activity: str
    payload: str
    summary: str

    @property
    def input(self) -> Payload:
        """The payload."""
        return Payload.FromString(bytes.fromhex(self.payload))


class Turn(Frozen):
    """What was asked once `after` pieces of news had come: signals, updates, results, timers."""

    after: int
    calls: tuple[Call, ...] = ()
    timers: tuple[tuple[str, float], ...] = ()
    cancelled: tuple[str, ...] = ()


class Script(Frozen):
    """One hire's path: its turns, and what the updates and the workflow itself answered."""

    turns: tuple[Turn, ...]
    news: int
    answers: dict[str, str]
    result: str
