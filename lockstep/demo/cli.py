"""`lockstep demo`."""

import asyncio
import os
import sys
from pathlib import Path

from rich.console import Console

from lockstep.demo.stage import DemoFailedError, play
from lockstep.ports import PortError
from lockstep.settings import Settings


def demo(*, keep: bool = False) -> int:
    """Play the demo in .lockstep/demo. Returns the exit code."""
    console = Console(width=None if sys.stdout.isatty() else 150)
    settings = Settings(home=Path(os.path.relpath(Settings().home / "demo")))
    try:
        asyncio.run(play(settings, console, keep=keep))
    except (DemoFailedError, PortError) as error:
        console.print(f"[red]{error}[/] (see {settings.home}/worker.log and temporal.log)")
        return 1
    except KeyboardInterrupt:
        console.print("stopped")
    return 0
