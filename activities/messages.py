"""Messages: find the reader, choose the words, send once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from temporalio import activity

from lockstep.core.base import Frozen
from lockstep.ports import (
    About,
    Attachment,
    Channel,
    Letter,
    Misconfigured,
    People,
    Person,
    Receipt,
    Rejected,
    Words,
)

_LEASE = timedelta(seconds=60)
"""Longer than the activity's start_to_close timeout: who holds the lease is alive or has timed out."""


class SendMessage(Frozen):
    """One message on one channel, to "hire", "manager" or a role of the entity; `at` is the hire's clock."""

    key: str
    channel: str
    to: str
    employee_id: str
    entity: str
    event: str
    about: About
    attachment: str = ""
    at: datetime


class SendOnce(Protocol):
    """The outbox: the same key is sent once, whatever crashes."""

    def send_once(
        self, channel: Channel, letter: Letter, *, key: str, at: datetime, lease: timedelta
    ) -> Receipt:
        """The receipt of the one send."""


class MessageActivities:
    """Everything that speaks to people."""

    def __init__(
        self, channels: Mapping[str, Channel], people: People, words: Words, outbox: SendOnce
    ) -> None:
        self._channels = channels
        self._people = people
        self._words = words
        self._outbox = outbox

    @activity.defn
    def send_message(self, cmd: SendMessage) -> Receipt:
        """Send it, once. Fails for good when the reader has no address on the channel."""
        channel = self._channels.get(cmd.channel)
        if channel is None:
            raise Misconfigured(f"No channel {cmd.channel!r}: configure it or take it out of the policy")
        hire = self._people.person(cmd.employee_id)
        reader = self._reader(cmd, hire)
        address = channel.address(reader)
        if not address:
            raise Rejected(f"{reader.employee_id} has no address for {cmd.channel}")
        subject, body = self._words.compose(
            cmd.event, cmd.channel, reader.language, cmd.about, reader=reader, hire=hire
        )
        letter = Letter(
            employee_id=reader.employee_id,
            address=address,
            subject=subject,
            body=body,
            attachments=_attachments(cmd),
        )
        return self._outbox.send_once(channel, letter, key=cmd.key, at=cmd.at, lease=_LEASE)

    def _reader(self, cmd: SendMessage, hire: Person) -> Person:
        if cmd.to == "hire":
            return hire
        if cmd.to == "manager":
            if not hire.manager_id:
                raise Rejected(f"{cmd.employee_id} has no manager on record")
            return self._people.person(hire.manager_id)
        return self._people.role(cmd.entity, cmd.to)


def _attachments(cmd: SendMessage) -> tuple[Attachment, ...]:
    if not cmd.attachment:
        return ()
    name = f"certificate-{cmd.employee_id}.pdf"
    return (Attachment(filename=name, media_type="application/pdf", archive_ref=cmd.attachment),)
