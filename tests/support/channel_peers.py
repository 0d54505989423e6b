"""A peer for every channel adapter: what the contract in test_channels.py runs against.

A new adapter file gets a bench here, under the name of its module; without one the contract fails.
"""

import email
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from lockstep.adapters.archive.folder import FolderArchive
from lockstep.adapters.channels.outbox import OutboxChannel, OutboxSettings
from lockstep.adapters.channels.smtp import SmtpChannel, SmtpSettings
from lockstep.ports import Channel


class Arrived(NamedTuple):
    """A message as the neighbour has it. `id` is what tells two messages from one sent twice."""

    id: str
    to: str
    subject: str
    text: str
    attachments: tuple[tuple[str, bytes], ...]


class Bench(NamedTuple):
    """An adapter, the neighbour's view of what arrived, and the adapter without its neighbour."""

    channel: Channel
    arrived: Callable[[], list[Arrived]]
    cut_off: Channel


BenchMaker = Callable[[Path, FolderArchive], AbstractContextManager[Bench]]


@contextmanager
def outbox(folder: Path, archive: FolderArchive) -> Iterator[Bench]:
    """The embedded channel: the neighbour is a folder."""

    def arrived() -> list[Arrived]:
        messages = [
            (path.name, json.loads(path.read_bytes())) for path in (folder / "outbox").rglob("*.json")
        ]
        return [
            Arrived(name, m["letter"]["address"], m["letter"]["subject"], m["letter"]["body"], tuple(
                (a["filename"], archive.get(a["archive_ref"])) for a in m["letter"]["attachments"]
            ))
            for name, m in messages
        ]  # fmt: skip

    file = folder / "file"
    file.write_text("a file where a folder should be")
    channel = OutboxChannel.build(OutboxSettings(name="email", folder=folder / "outbox"), archive)
    yield Bench(channel, arrived, OutboxChannel("email", file))


class Postbox:
    """An SMTP server's handler that keeps what it accepts. Subclasses misbehave."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        mail = email.message_from_bytes(content, _class=EmailMessage, policy=default)  # type: ignore[call-overload]
        self.mails.append(mail)
        return "250 2.0.0 Ok: queued as 4XyZ12"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def smtp_server(handler: object, **options: Any) -> Iterator[int]:
    """aiosmtpd on loopback; yields its port."""
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), ready_timeout=20, **options)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


def mail_text(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n").strip()  # lines end in CRLF on the way


@contextmanager
def smtp(folder: Path, archive: FolderArchive) -> Iterator[Bench]:
    """A real mail server on loopback."""
    postbox = Postbox()

    def arrived() -> list[Arrived]:
        return [
            Arrived(
                mail["Message-ID"], mail["To"], mail["Subject"], mail_text(mail),
                tuple((str(a.get_filename()), a.get_content()) for a in mail.iter_attachments()),
            )
            for mail in postbox.mails
        ]  # fmt: skip

    with smtp_server(postbox) as port:
        settings = SmtpSettings(port=port, sender="training@example.com", timeout=20)
        nobody = settings.model_copy(update={"port": free_port()})
        yield Bench(SmtpChannel.build(settings, archive), arrived, SmtpChannel(nobody, archive))


BENCHES: dict[str, BenchMaker] = {"outbox": outbox, "smtp": smtp}
