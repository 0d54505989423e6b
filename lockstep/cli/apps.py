"""How `lockstep NAME ...` finds its command: a table of names, so that only the named one is loaded."""

import importlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import typer

from lockstep.cli.language import say

_SETTINGS = {"help_option_names": ["-h", "--help"]}


@dataclass(frozen=True)
class Command:
    """Where a command is ("module:function", or ":app" of several), what it does, where help lists it."""

    target: str
    zh: str
    en: str
    panel: str

    def load(self) -> typer.Typer:
        """The command, imported now."""
        module, _, attribute = self.target.partition(":")
        found: typer.Typer | Callable[..., None] = getattr(importlib.import_module(module), attribute)
        if isinstance(found, typer.Typer):
            return found
        app = new_app()
        app.command(help=say(self.zh, self.en))(found)
        return app


def new_app() -> typer.Typer:
    """An app with the manners all of ours share."""
    return typer.Typer(add_completion=False, pretty_exceptions_enable=False, context_settings=dict(_SETTINGS))


def dispatch(commands: Mapping[str, Command], arguments: Sequence[str]) -> None:
    """Run the named command, else say what there is. Ends in SystemExit."""
    name = arguments[0] if arguments else ""
    if name in commands:
        commands[name].load()(arguments[1:], prog_name=f"lockstep {name}")
    _overview(commands)(arguments or ["--help"], prog_name="lockstep")


def _overview(commands: Mapping[str, Command]) -> typer.Typer:
    """An app that lists the commands and refuses what is none of them."""
    app = new_app()
    app.callback(
        help=say(
            "步调：新员工从签约到上岗的培训、考试、流程锁与证据。",
            "Lockstep: a new hire's way from signature to duty.",
        ),
        epilog=say(
            "每个命令都有 --help、--json 和 --lang zh|en。", "Each has --help, --json and --lang zh|en."
        ),
    )(lambda: None)
    for name, command in commands.items():
        app.command(name, help=say(command.zh, command.en), rich_help_panel=command.panel)(_listed)
    return app


def _listed() -> None:
    """Stands in the list only: a named command is dispatched before."""
