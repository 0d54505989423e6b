"""`lockstep demo`."""

import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from lockstep.cli.language import say
from lockstep.demo.stage import DemoFailedError, play
from lockstep.settings import Settings


def demo(
    *,
    keep: Annotated[
        bool,
        typer.Option("--keep", help=say("结束后保留服务器、worker 和界面", "Leave server, worker and UI up")),
    ] = False,
) -> None:
    """Play the demo in .lockstep/demo."""
    console = Console(width=None if sys.stdout.isatty() else 150)
    settings = Settings(home=Path(os.path.relpath(Settings().home / "demo")))
    try:
        asyncio.run(play(settings, console, keep=keep))
    except DemoFailedError as error:
        console.print(f"[red]{error}[/] (see {settings.home}/worker.log and temporal.log)")
        raise typer.Exit(1) from error
    except (KeyboardInterrupt, asyncio.CancelledError):
        console.print("stopped")
