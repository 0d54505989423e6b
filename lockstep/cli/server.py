"""`lockstep server`: the embedded Temporal server, ready for our worker."""

import asyncio
import signal
from typing import Annotated

import typer

from lockstep.cli.codes import Code, CommandError
from lockstep.cli.language import say
from lockstep.cli.options import AsJson, Language
from lockstep.cli.output import Output
from lockstep.connection import connect, register, retain
from lockstep.embedded import embedded_server
from lockstep.settings import Settings
from workflows import search_attributes

_RETENTION_DAYS = 365


def server(
    *,
    time_skipping: Annotated[
        bool,
        typer.Option(
            "--time-skipping", help=say("允许快进时间，只用于演示", "Let time be skipped, for demos")
        ),
    ] = False,
    as_json: AsJson = False,
    lang: Language = None,
) -> None:
    """Run the server until interrupted; its files are in LOCKSTEP_HOME."""
    out = Output(as_json=as_json, lang=lang)
    asyncio.run(_serve(out, time_skipping=time_skipping))


async def _serve(out: Output, *, time_skipping: bool) -> None:
    settings, stop = Settings(), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    ports = (settings.temporal_port, settings.ui_port)
    async with embedded_server(settings.home, *ports, time_skipping=time_skipping) as running:
        client = await connect(running.address)
        await register(client, search_attributes.ALL)
        await retain(client, _RETENTION_DAYS)
        out.record({"address": running.address, "ui": running.ui})
        out.text(f"Temporal {running.address}   UI {running.ui}")
        stopped = asyncio.create_task(stop.wait())
        died = asyncio.create_task(running.process.wait())
        await asyncio.wait((stopped, died), return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if not stop.is_set():
            log = settings.home / "temporal.log"
            raise CommandError(
                Code.UNAVAILABLE, f"服务器自行停止了，见 {log}", f"The server ended by itself: see {log}"
            )
