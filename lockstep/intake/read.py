"""A personnel file on disk to a sheet: CSV by its text, Excel by its bytes, whatever the file is called."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from lockstep.intake import sentences as say
from lockstep.intake.decode import decode
from lockstep.intake.delimited import read_delimited
from lockstep.intake.faults import UnreadableFileError
from lockstep.intake.sheet import Sheet
from lockstep.intake.workbook import read_workbook

MAX_BYTES = 32 * 1024 * 1024
_XLSX = b"PK\x03\x04"
_XLS = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class File:
    """A file's bytes, read once: what is checked is what is imported."""

    name: str
    raw: bytes

    @property
    def digest(self) -> str:
        """SHA-256 (hex): names the batch."""
        return hashlib.sha256(self.raw).hexdigest()

    def sheet(self, known: frozenset[str]) -> Sheet:
        """Its sheet; `known` are the normal names of columns. Raises UnreadableFileError."""
        if self.raw.startswith(_XLSX):
            return read_workbook(self.raw, known)
        if self.raw.startswith(_XLS):
            raise UnreadableFileError(say.OLD_EXCEL.at(line=1))
        return read_delimited(decode(self.raw), known)


def read_file(path: Path) -> File:
    """The file, or UnreadableFileError with the sentence why not."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as failed:
        raise UnreadableFileError(say.UNREADABLE.at(line=1, reason=failed.strerror)) from failed
    if len(raw) > MAX_BYTES:
        raise UnreadableFileError(say.TOO_BIG.at(line=1, limit=MAX_BYTES // 1024**2))
    return File(path.name, raw)
