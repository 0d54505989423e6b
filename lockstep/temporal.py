"""One plugin for client, worker, replayer and tests: payloads, sandbox pass-through, error mapping."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError
from temporalio import activity
from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue
from temporalio.contrib.pydantic import PydanticJSONPlainPayloadConverter
from temporalio.converter import (
    CompositePayloadConverter,
    DataConverter,
    DefaultPayloadConverter,
    JSONPlainPayloadConverter,
)
from temporalio.exceptions import ApplicationError
from temporalio.plugin import SimplePlugin
from temporalio.worker import (
    ActivityInboundInterceptor,
    ExecuteActivityInput,
    HandleQueryInput,
    HandleUpdateInput,
    Interceptor,
    WorkflowInboundInterceptor,
    WorkflowInterceptorClassInput,
    WorkflowRunner,
)
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from lockstep.core.base import Request, sentence
from lockstep.errors import FailureType, from_port
from lockstep.ports import PortError

PASS_THROUGH = (
    "lockstep",
    "activities",
    "workflows.contracts",
    "workflows.ids",
    "workflows.options",
    "workflows.search_attributes",
)
"""Loaded once, not once a workflow; what is left, the workflow itself, stays policed at run time.

The purity of lockstep.core is held by import-linter and ruff instead (docs/adr/0002).
"""


class _Json(PydanticJSONPlainPayloadConverter):
    """Pydantic JSON; a request that cannot be read is refused with its fields named, not retried for ever."""

    def from_payload(self, payload: Payload, type_hint: type | None = None) -> Any:  # noqa: ANN401 - the base's
        try:
            return super().from_payload(payload, type_hint)
        except ValidationError as error:
            if _is_request(type_hint):
                raise ApplicationError(
                    sentence(error), type=FailureType.BAD_REQUEST, non_retryable=True
                ) from error
            raise


class _Payloads(CompositePayloadConverter):
    """The usual encodings, JSON by `_Json`."""

    def __init__(self) -> None:
        ours = (
            _Json() if isinstance(c, JSONPlainPayloadConverter) else c
            for c in DefaultPayloadConverter.default_encoding_payload_converters
        )
        super().__init__(*ours)

    def from_payloads(self, payloads: Sequence[Payload], type_hints: list[type] | None = None) -> list[Any]:
        """What nobody can decode stays raw where a handler of ours can say so: in signals and requests.

        The SDK would drop the signal without a trace in the journey, and fail the request without a sentence.
        """
        hints: Sequence[type | None] = type_hints or [None] * len(payloads)
        return [self._decode(payload, hint) for payload, hint in zip(payloads, hints, strict=True)]

    def _decode(self, payload: Payload, hint: type | None) -> Any:  # noqa: ANN401 - whatever was sent
        try:
            return super().from_payloads([payload], None if hint is None else [hint])[0]
        except (KeyError, ValueError, RuntimeError):
            if hint is None or _is_request(hint):
                return RawValue(payload)
            raise


def _is_request(hint: type | None) -> bool:
    return isinstance(hint, type) and issubclass(hint, Request)


class _PortErrors(ActivityInboundInterceptor):
    """Turns what an adapter raises into what Temporal retries by."""

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002, ANN401 - the base's
        try:
            return await super().execute_activity(input)
        except PortError as error:
            activity.logger.warning("activity_refused", extra={"error_type": type(error).__name__})
            raise from_port(error) from error


class _OneObject(WorkflowInboundInterceptor):
    """Refuses a request that is not one JSON object, before a handler trips over it and wedges the run."""

    def handle_update_validator(self, input: HandleUpdateInput) -> None:  # noqa: A002 - the base's
        _one_object(input.update, input.args, least=1)
        super().handle_update_validator(input)

    async def handle_query(self, input: HandleQueryInput) -> Any:  # noqa: A002, ANN401 - the base's
        _one_object(input.query, input.args, least=0)
        return await super().handle_query(input)


def _one_object(name: str, args: Sequence[Any], *, least: int) -> None:
    if not least <= len(args) <= 1 or any(not isinstance(arg, Request) for arg in args):
        raise ApplicationError(
            f"{name} takes one JSON object", type=FailureType.BAD_REQUEST, non_retryable=True
        )


class _Errors(Interceptor):
    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        return _PortErrors(next)

    def workflow_interceptor_class(
        self,
        input: WorkflowInterceptorClassInput,  # noqa: A002, ARG002 - the base's
    ) -> type[WorkflowInboundInterceptor]:
        return _OneObject


def _runner(given: WorkflowRunner | None) -> WorkflowRunner:
    """The sandbox, with our own modules passed through whole."""
    if isinstance(given, SandboxedWorkflowRunner):
        restrictions = given.restrictions.with_passthrough_modules(*PASS_THROUGH)
        return SandboxedWorkflowRunner(restrictions=restrictions)
    return given or SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASS_THROUGH)
    )


def plugin() -> SimplePlugin:
    """What everything that speaks to Temporal has in common."""
    return SimplePlugin(
        "lockstep",
        data_converter=DataConverter(payload_converter_class=_Payloads),
        interceptors=[_Errors()],
        workflow_runner=_runner,
    )
