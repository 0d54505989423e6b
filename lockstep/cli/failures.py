"""Any error to an exit code and a sentence for the operator."""

from typing import NamedTuple

from pydantic import ValidationError
from temporalio.client import (
    WorkflowQueryFailedError,
    WorkflowQueryRejectedError,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode

from lockstep.cli.codes import Code, CommandError
from lockstep.cli.language import say
from lockstep.errors import FailureType
from lockstep.ports import Misconfigured, Rejected, Unavailable

_OF_TYPE = {
    FailureType.UNAVAILABLE: Code.UNAVAILABLE,
    FailureType.MISCONFIGURED: Code.CONFIGURATION,
}
_OF_STATUS = {
    RPCStatusCode.UNAVAILABLE: Code.UNAVAILABLE,
    RPCStatusCode.DEADLINE_EXCEEDED: Code.UNAVAILABLE,
    RPCStatusCode.CANCELLED: Code.UNAVAILABLE,
    RPCStatusCode.RESOURCE_EXHAUSTED: Code.UNAVAILABLE,
    RPCStatusCode.PERMISSION_DENIED: Code.CONFIGURATION,
    RPCStatusCode.UNAUTHENTICATED: Code.CONFIGURATION,
}


class Failure(NamedTuple):
    """What the operator is told, and the exit code."""

    code: Code
    sentence: str


def failure_of(error: BaseException) -> Failure | None:
    """The failure an error means; None when it is a fault of ours."""
    match error:
        case CommandError():
            return Failure(error.code, str(error))
        case Rejected():
            return _refused(say(error.zh, str(error)))
        case Unavailable():
            return _unavailable(say(error.zh, str(error)))
        case Misconfigured():
            return _misconfigured(say(error.zh, str(error)))
        case WorkflowUpdateFailedError(cause=ApplicationError() as cause):
            return _of_workflow(cause)
        case WorkflowQueryFailedError() | WorkflowQueryRejectedError():
            return _refused(str(error))
        case WorkflowUpdateRPCTimeoutOrCancelledError():
            return _no_worker()
        case RPCError():
            return _of_rpc(error)
        case ValidationError(title="Settings"):
            return _misconfigured(_fields(error, "LOCKSTEP_"))
        case ValidationError():
            fields = _fields(error)
            return Failure(Code.USAGE, say(f"写法不对：{fields}", f"Not understood: {fields}"))
        case KeyboardInterrupt():
            return Failure(Code.INTERRUPTED, say("已中断。", "Interrupted."))
        case _:
            return None


def _refused(text: str) -> Failure:
    return Failure(Code.FAILED, say(f"被拒绝：{text}", f"Refused: {text}"))


def _unavailable(text: str) -> Failure:
    return Failure(Code.UNAVAILABLE, say(f"对方没有应答，请稍后再试：{text}", f"Not available: {text}"))


def _misconfigured(text: str) -> Failure:
    return Failure(Code.CONFIGURATION, say(f"配置有误：{text}", f"Wrongly configured: {text}"))


def _no_worker() -> Failure:
    return Failure(
        Code.UNAVAILABLE,
        say(
            "没有 worker 应答：请用 lockstep worker 启动一个，再试一次",
            "No worker answers: start one with `lockstep worker` and try again",
        ),
    )


def _of_workflow(cause: ApplicationError) -> Failure:
    code = _OF_TYPE.get(FailureType(cause.type), Code.FAILED) if cause.type in _KNOWN else Code.FAILED
    return Failure(code, _refused(_in_our_language(cause)).sentence)


def _in_our_language(cause: ApplicationError) -> str:
    match cause.details:
        case [{"zh": str(zh), "en": str(en)}, *_]:
            return say(zh, en)
        case _:
            return cause.message


_KNOWN = frozenset(FailureType)


def _of_rpc(error: RPCError) -> Failure:
    if error.status is RPCStatusCode.CANCELLED:
        return _no_worker()
    code = _OF_STATUS.get(error.status, Code.FAILED)
    match code:
        case Code.UNAVAILABLE:
            return _unavailable(error.message)
        case Code.CONFIGURATION:
            return _misconfigured(error.message)
        case _ if "already completed" in error.message:
            return _refused(say("这段入职培训已经结束", "This onboarding is over"))
        case _ if error.message.startswith("Namespace"):
            return _misconfigured(error.message)
        case _:
            return _refused(error.message)


def _fields(error: ValidationError, prefix: str = "") -> str:
    """Which fields are wrong, without the values: they may be personal."""
    faults = error.errors(include_input=False, include_url=False)
    return "; ".join(f"{prefix}{_name(fault['loc'], prefix)}: {fault['msg']}" for fault in faults)


def _name(place: tuple[int | str, ...], prefix: str) -> str:
    name = "_".join(map(str, place))
    return name.upper() if prefix else name
