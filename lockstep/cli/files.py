"""Opening a personnel file. Apart from output.py, since Excel takes long to load and few commands read it."""

from pathlib import Path

from lockstep.cli.output import Output
from lockstep.intake.faults import UnreadableFileError
from lockstep.intake.read import File, read_file


def personnel_file(path: Path, out: Output) -> File:
    """A file of hires or staff. Raises CommandError when it cannot be opened."""
    try:
        return read_file(path)
    except UnreadableFileError as unreadable:
        out.refuse([problem.placed({}, str(path)) for problem in unreadable.problems])
        raise
