"""The embedded channel: each message becomes a readable file in a local folder. Nothing leaves."""

import hashlib
import os
import tempfile
from datetime import datetime
from pathlib import Path

from lockstep.core.base import Frozen
from lockstep.ports import Letter, Person, Receipt, SendState


class _Message(Frozen):
    key: str
    channel: str
    at: datetime
    letter: Letter


class OutboxChannel:
    """A folder per channel; the file's name is the SHA-256 of the key, so a key is sent once."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self._folder = folder / name

    def address(self, person: Person) -> str:
        """The person's address on the channel this stands for."""
        return {"sms": person.phone, "wecom": person.wecom_id, "email": person.email}.get(
            self.name, person.employee_id
        )

    def send(self, letter: Letter, *, dedup_key: str, at: datetime) -> Receipt:
        """Write the message. Writing the same key again changes nothing and gives the first receipt."""
        self._folder.mkdir(parents=True, exist_ok=True)
        message = _Message(key=dedup_key, channel=self.name, at=at, letter=letter)
        with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".tmp") as draft:
            draft.write(message.model_dump_json(indent=1).encode())
            draft.flush()
            os.fsync(draft.fileno())
            try:
                os.link(draft.name, self._path(dedup_key))
            except FileExistsError:
                return self._receipt(self._read(dedup_key))
        return self._receipt(message)

    def find(self, dedup_key: str) -> Receipt | None:
        """The receipt of the message with that key, if it was written."""
        return self._receipt(self._read(dedup_key)) if self._path(dedup_key).exists() else None

    def _path(self, dedup_key: str) -> Path:
        return self._folder / f"{hashlib.sha256(dedup_key.encode()).hexdigest()[:32]}.json"

    def _read(self, dedup_key: str) -> _Message:
        return _Message.model_validate_json(self._path(dedup_key).read_bytes())

    def _receipt(self, message: _Message) -> Receipt:
        provider_id = self._path(message.key).stem
        return Receipt(state=SendState.SENT, channel=self.name, provider_id=provider_id, at=message.at)


ADAPTER = OutboxChannel
