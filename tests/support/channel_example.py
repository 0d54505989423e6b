"""The example of docs/how-to-add-a-channel.md, taken out of the page and loaded as by a newcomer."""

import re
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lockstep.adapters.archive.folder import FolderArchive
from tests.support.channel_peers import Bench

PAGE = Path(__file__).parents[2] / "docs" / "how-to-add-a-channel.md"


def block(first_line: str) -> str:
    """The code block of the page that begins with this line."""
    blocks = re.findall(
        r"^```\w+\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
    )
    [found] = [code for code in blocks if code.startswith(first_line + "\n")]
    return str(found)


def load(name: str, first_line: str) -> types.ModuleType:
    module = types.ModuleType(name)
    sys.modules[name] = module
    exec(compile(block(first_line), f"{PAGE.name}: {first_line}", "exec"), module.__dict__)  # noqa: S102
    return module


@contextmanager
def example_bench(folder: Path, archive: FolderArchive) -> Iterator[Bench]:
    load("lockstep.adapters.channels.robot", "# lockstep/adapters/channels/robot.py")
    bench = load("robot_bench", "# tests/support/channel_peers.py")
    try:
        with bench.robot(folder, archive) as made:
            yield made
    finally:
        del sys.modules["lockstep.adapters.channels.robot"], sys.modules["robot_bench"]
