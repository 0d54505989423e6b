"""The embedded channel: each message becomes a readable file in a local folder. Nothing leaves.

<folder>/<channel>/<sha256 of the key>.json     one message, readable by its owner only
<folder>/<channel>/*.tmp                        being written; a crash leaves one here, harmless
"""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from lockstep.core.base import Frozen
from lockstep.ports import (
    Archive,
    Letter,
    Misconfigured,
    Person,
    Receipt,
    Rejected,
    SendState,
    Unavailable,
)

_OURS_TO_MEND = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.EOPNOTSUPP)


class OutboxSettings(BaseModel):
    """The channel it stands for and the folder of all embedded channels."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    folder: Path


class _Message(Frozen):
    key: str
    channel: str
    at: datetime
    letter: Letter


class OutboxChannel:
    """A folder for a channel; the file's name comes from the key, so a key is sent once."""

    settings_model: ClassVar = OutboxSettings

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder / name

    @classmethod
    def build(cls, settings: OutboxSettings, archive: Archive) -> Self:  # noqa: ARG003 - attachments stay there
        """From settings."""
        return cls(settings.name, settings.folder)

    def address(self, person: Person) -> str:
        """The person's address on the channel this stands for; the employee number on one of our own."""
        known = {"sms": person.phone, "wecom": person.wecom_id, "email": person.email}
        return known.get(self.name, person.employee_id)

    def send(self, letter: Letter, *, dedup_key: str, at: datetime) -> Receipt:
        """Write the message. Writing the same key again changes nothing and gives the first receipt."""
        if not letter.address:
            raise Rejected(f"{letter.employee_id} has no address for {self.name}: HR must record one")
        message = _Message(key=dedup_key, channel=self.name, at=at, letter=letter)
        with _disk_errors(self._folder), self._draft(message) as draft:
            try:
                os.link(draft, self._path(dedup_key))  # unlike a rename, a link never replaces
            except FileExistsError:
                return self._receipt(self._read(dedup_key))
        _sync(self._folder)
        return self._receipt(message)

    def find(self, dedup_key: str) -> Receipt | None:
        """The receipt of the message with that key, if it was written."""
        try:
            return self._receipt(self._read(dedup_key))
        except (FileNotFoundError, NotADirectoryError):
            return None

    @contextmanager
    def _draft(self, message: _Message) -> Iterator[Path]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".tmp") as draft:
            draft.write(message.model_dump_json(indent=1).encode())
            draft.flush()
            os.fsync(draft.fileno())
            yield Path(draft.name)

    def _path(self, dedup_key: str) -> Path:
        return self._folder / f"{hashlib.sha256(dedup_key.encode()).hexdigest()}.json"

    def _read(self, dedup_key: str) -> _Message:
        return _Message.model_validate_json(self._path(dedup_key).read_bytes())

    def _receipt(self, message: _Message) -> Receipt:
        provider_id = self._path(message.key).stem
        return Receipt(state=SendState.SENT, channel=self.name, provider_id=provider_id, at=message.at)


ADAPTER = OutboxChannel


def _sync(folder: Path) -> None:
    # a new name is on disk only once its folder is
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _disk_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _OURS_TO_MEND:
            raise Misconfigured(
                f"The outbox {folder} cannot be used ({error.strerror}): an operator must make it a folder"
                " this program may write to, on a file system with hard links"
            ) from error
        raise Unavailable(
            f"The outbox {folder} does not answer: {error.strerror}", retry_after=5.0
        ) from error
