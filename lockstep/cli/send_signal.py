"""`lockstep signal`: state a fact to a hire's workflow, as another system would."""

import asyncio
import json
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated

import typer

from lockstep.cli.codes import Code, CommandError
from lockstep.cli.find import find
from lockstep.cli.language import say
from lockstep.cli.options import AsJson, Employee, Entity, Language
from lockstep.cli.output import Output
from lockstep.connection import connect
from workflows.contracts import SIGNALS, UnreadableError, fact_from

_ANY_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def send_signal(  # noqa: PLR0913 - one parameter an option
    name: Annotated[str, typer.Argument(metavar="NAME", help=f"{' | '.join(SIGNALS)}")],
    employee: Employee,
    *,
    data: Annotated[
        list[str] | None,
        typer.Option(
            "--data", help=say("JSON 对象，或 字段=值，可写多次", "JSON object or field=value, repeatable")
        ),
    ] = None,
    event_id: Annotated[
        str,
        typer.Option("--event-id", help=say("事件编号，同号只算一次", "The same id is the same event")),
    ] = "",
    entity: Entity = "",
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """State something that happened; the workflow takes it in, or remembers why it does not count."""
    out = Output(as_json=as_json, lang=lang)
    payload = {"event_id": event_id or f"cli/{uuid.uuid4()}", **_fields(data or ())}
    _refuse_unreadable(name, payload)
    workflow_id = asyncio.run(send(name, employee, entity, payload))
    out.record({"workflow_id": workflow_id, "signal": name, "event_id": payload["event_id"]})
    sent = f"{name} → {workflow_id} ({payload['event_id']})"
    out.text(out.say(f"已送达：{sent}", f"Delivered: {sent}"))


async def send(name: str, employee: str, entity: str, payload: Mapping[str, object]) -> str:
    """Send a signal; returns the workflow's id."""
    found = await find(await connect(), employee, entity)
    await found.signal(name, payload)
    return found.id


def _fields(data: Sequence[str]) -> dict[str, object]:
    fields: dict[str, object] = {}
    for text in data:
        if text.lstrip().startswith("{"):
            fields |= _object(text)
        elif "=" in text:
            key, _, value = text.partition("=")
            fields[key.strip()] = value.strip()
        else:
            raise CommandError(
                Code.USAGE,
                f"--data {text!r} 既不是 JSON 对象，也不是 字段=值",
                f"--data {text!r} is neither a JSON object nor field=value",
            )
    return fields


def _object(text: str) -> dict[str, object]:
    try:
        given: dict[str, object] = json.loads(text)
    except json.JSONDecodeError as error:
        raise CommandError(
            Code.USAGE, f"--data 不是正确的 JSON：{error}", f"--data is not JSON: {error}"
        ) from error
    return given


def _refuse_unreadable(name: str, payload: Mapping[str, object]) -> None:
    """Say here what the workflow could only remember."""
    if name == "hired":
        raise CommandError(Code.USAGE, "请用 lockstep hire 或 import", "Use `lockstep hire` or `import`")
    if name not in SIGNALS:
        known = ", ".join(SIGNALS)
        raise CommandError(
            Code.USAGE, f"没有 {name} 这个信号；有：{known}", f"There is no signal {name}; there are: {known}"
        )
    try:
        fact_from(name, payload, earliest=_ANY_TIME, now=datetime.now(UTC))
    except UnreadableError as error:
        raise CommandError(Code.USAGE, f"写法不对：{error}", f"Not understood: {error}") from error
