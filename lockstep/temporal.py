"""One plugin for client, worker, replayer and tests: payloads, sandbox pass-through, error mapping."""

from typing import Any

from pydantic import ValidationError
from temporalio import activity
from temporalio.api.common.v1 import Payload
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
    Interceptor,
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
            if isinstance(type_hint, type) and issubclass(type_hint, Request):
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


class _PortErrors(ActivityInboundInterceptor):
    """Turns what an adapter raises into what Temporal retries by."""

    async def execute_activity(self, input: ExecuteActivityInput) -> Any:  # noqa: A002, ANN401 - the base's
        try:
            return await super().execute_activity(input)
        except PortError as error:
            activity.logger.warning("activity_refused", extra={"error_type": type(error).__name__})
            raise from_port(error) from error


class _Errors(Interceptor):
    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:  # noqa: A002
        return _PortErrors(next)


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
