"""E-mail against a real SMTP server that refuses, delays, dawdles and hangs up."""

import asyncio
import ssl
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from pydantic import ValidationError

from lockstep.adapters.archive.folder import FolderArchive
from lockstep.adapters.channels.smtp import SmtpChannel, SmtpSettings
from lockstep.ports import (
    Attachment,
    Channel,
    Letter,
    Misconfigured,
    PortError,
    Receipt,
    Rejected,
    SendState,
    Unavailable,
)
from lockstep.store.database import open_database
from lockstep.store.outbox import Outbox
from tests.support.channel_peers import Postbox, mail_text, smtp_server

AT = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
LETTER = Letter(
    employee_id="E1", address="wang@example.com", subject="培训提醒", body="王小芳，您好：\n请学习。"
)
SECRET = "s3cret"  # noqa: S105  # of the server in this file
PERSONAL = ("wang@example.com", "王小芳", SECRET)


class Moody(Postbox):
    """Answers RCPT and DATA as told; `data` may be "cut" or "slow"."""

    def __init__(self, rcpt: str = "250 Ok", data: str = "") -> None:
        super().__init__()
        self.rcpt, self.data = rcpt, data

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, *_: object
    ) -> str:
        if self.rcpt == "slow":
            await asyncio.sleep(3)
        if self.rcpt == "cut":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.data[:1] in {"4", "5"}:
            return self.data
        taken = await super().handle_DATA(server, session, envelope)
        if self.data == "slow":
            await asyncio.sleep(3)
        if self.data == "cut":
            server.transport.abort()
        return self.data or taken


def channel(port: int, archive: FolderArchive, **changes: object) -> SmtpChannel:
    settings = SmtpSettings(port=port, sender="training@example.com", timeout=1)
    return SmtpChannel(settings.model_copy(update=changes), archive)


@pytest.fixture
def archive(tmp_path: Path) -> FolderArchive:
    return FolderArchive(tmp_path / "archive")


def send(via: Channel, key: str = "w/remind/1", letter: Letter = LETTER) -> Receipt:
    return via.send(letter, dedup_key=key, at=AT)


@pytest.mark.parametrize(
    ("moody", "expected", "said"),
    [
        (Moody(rcpt="550 5.1.1 <wang@example.com> unknown"), Rejected, "refuses the mail (550)"),
        (Moody(rcpt="553 5.1.3 bad"), Rejected, "(553)"),
        (Moody(rcpt="451 4.7.1 Greylisted, wang@example.com"), Unavailable, "come again later (451)"),
        (Moody(rcpt="421 4.3.2 closing"), Unavailable, "(421)"),
        (Moody(rcpt="530 5.7.0 Authentication required"), Misconfigured, "wants a user name and password"),
        (Moody(rcpt="slow"), Unavailable, "does not answer"),
        (Moody(rcpt="cut"), Unavailable, "does not answer"),
        (Moody(data="554 5.7.1 spam"), Rejected, "(554)"),
        (Moody(data="452 4.2.2 full"), Unavailable, "(452)"),
    ],
    ids=lambda value: f"{value.rcpt} {value.data}"[:14] if isinstance(value, Moody) else "",
)
def test_a_refusal_is_told_apart_from_a_request_to_come_again(
    moody: Moody, expected: type[PortError], said: str, archive: FolderArchive
) -> None:
    with smtp_server(moody) as port, pytest.raises(expected) as failure:
        send(channel(port, archive))
    assert said in str(failure.value)
    assert f"127.0.0.1:{port}" in str(failure.value)
    assert not [part for part in PERSONAL if part in str(failure.value)]
    assert moody.mails == []


@pytest.mark.parametrize("how", ["cut", "slow"])
def test_an_answer_lost_after_the_text_is_unknown_and_never_sent_again(
    how: str, archive: FolderArchive, tmp_path: Path
) -> None:
    moody = Moody(data=how)
    outbox = Outbox(open_database(f"sqlite:///{tmp_path / 'store.db'}"))
    with smtp_server(moody) as port:
        via = channel(port, archive)
        with pytest.raises(Exception) as failure:  # noqa: PT011  # any error that is not the port's
            send(via)
        assert not isinstance(failure.value, PortError)
        receipts = [outbox.send_once(via, LETTER, key="w/2", at=AT, lease=timedelta(0)) for _ in range(2)]
    assert [receipt.state for receipt in receipts] == [SendState.UNKNOWN] * 2
    assert len(moody.mails) == 2  # one for each key: the second call of send_once sent nothing


def test_the_receipt_names_the_servers_queue_and_our_message_id(archive: FolderArchive) -> None:
    postbox = Postbox()
    with smtp_server(postbox) as port:
        receipt = send(channel(port, archive))
    assert receipt.provider_id == "4XyZ12"
    assert receipt.detail == postbox.mails[0]["Message-ID"]
    assert receipt.detail.endswith("@example.com>")


def test_the_second_try_is_the_same_mail_to_the_byte(archive: FolderArchive) -> None:
    filed = archive.put(b"%PDF", filename="c.pdf", media_type="application/pdf", metadata={})
    paper = Attachment(filename="c.pdf", media_type="application/pdf", archive_ref=filed.ref)
    postbox = Postbox()
    with smtp_server(postbox) as port:
        for key in ("w/1", "w/1", "w/2"):
            send(channel(port, archive), key, LETTER.model_copy(update={"attachments": (paper,)}))
    first, again, other = (mail.as_bytes() for mail in postbox.mails)
    assert first == again != other


def test_the_mail_reads_as_mail_should(archive: FolderArchive) -> None:
    postbox = Postbox()
    with smtp_server(postbox) as port:
        send(channel(port, archive), letter=LETTER.model_copy(update={"body": "一行\n.点\n" + "长" * 2000}))
    [mail] = postbox.mails
    assert (mail["From"], mail["To"], mail["Subject"]) == (
        "training@example.com",
        LETTER.address,
        LETTER.subject,
    )
    assert mail["Date"] == "Mon, 23 Nov 2026 08:30:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail_text(mail) == "一行\n.点\n" + "长" * 2000
    assert max(map(len, mail.as_bytes().splitlines())) <= 998  # RFC 5321


@pytest.mark.parametrize(
    "address",
    [
        "wang",
        "wang@",
        "@example.com",
        "王@example.com",
        "a b@c.d",
        "a@b.c, d@e.f",
        "a@b.c\r\nBcc: d@e.f",
        "<a@b.c>",
    ],
)
def test_an_address_that_is_none_is_refused_before_the_server_is_asked(
    address: str, archive: FolderArchive
) -> None:
    with pytest.raises(Rejected, match="E1 has no e-mail address we can use: HR must correct it") as failure:
        send(channel(1, archive), letter=LETTER.model_copy(update={"address": address}))
    assert address not in str(failure.value)


def test_a_lost_attachment_stops_the_mail(archive: FolderArchive) -> None:
    lost = Attachment(filename="c.pdf", media_type="application/pdf", archive_ref="sha256:" + "0" * 64)
    postbox = Postbox()
    with smtp_server(postbox) as port, pytest.raises(Rejected, match="archive"):
        send(channel(port, archive), letter=LETTER.model_copy(update={"attachments": (lost,)}))
    assert postbox.mails == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tls")
    key, cert = folder / "key.pem", folder / "cert.pem"
    request = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=127.0.0.1"
    )
    extension = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(cert)]
    subprocess.run([*request.split(), *extension], check=True, capture_output=True)
    return key, cert


def server_tls(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate[1], certificate[0])
    return context


def gatekeeper(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    login, password = getattr(data, "login", b""), getattr(data, "password", b"")
    if login == b"later":
        return AuthResult(success=False, handled=False, message="454 4.7.0 try later")
    return AuthResult(success=(login, password) == (b"training", b"s3cret"), handled=False)


LOGIN = {"security": "starttls", "username": "training"}


def test_it_encrypts_and_logs_in(archive: FolderArchive, certificate: tuple[Path, Path]) -> None:
    postbox = Postbox()
    options = {"authenticator": gatekeeper, "auth_required": True}
    with smtp_server(postbox, tls_context=server_tls(certificate), require_starttls=True, **options) as port:
        settings = SmtpSettings(
            port=port, ca_file=certificate[1], password=SECRET, sender="training@example.com", **LOGIN
        )
        assert send(SmtpChannel(settings, archive)).state is SendState.SENT
        assert "s3cret" not in repr(settings)
    assert len(postbox.mails) == 1


@pytest.mark.parametrize(
    ("changes", "expected", "said"),
    [
        (
            {**LOGIN, "password": "wrong"},
            Misconfigured,
            "turns us away (535): correct host, user name or password",
        ),
        ({**LOGIN, "username": "later"}, Unavailable, "come again later (454)"),
        ({**LOGIN, "ca_file": None}, Misconfigured, "do not agree on TLS (CERTIFICATE_VERIFY_FAILED)"),
        ({**LOGIN, "ca_file": Path("nowhere.pem")}, Misconfigured, "`ca_file`) cannot be read"),
        ({"security": "tls"}, Misconfigured, "do not agree on TLS (WRONG_VERSION_NUMBER)"),
        ({"security": "none"}, Misconfigured, "wants a user name and password (530)"),
    ],
    ids=str,
)
def test_a_wrong_setting_is_named(
    changes: dict[str, object],
    expected: type[PortError],
    said: str,
    archive: FolderArchive,
    certificate: tuple[Path, Path],
) -> None:
    options = {"authenticator": gatekeeper, "auth_required": True}
    given = {"ca_file": certificate[1], "password": "s3cret", "sender": "training@example.com", **changes}
    postbox = Postbox()
    with smtp_server(postbox, tls_context=server_tls(certificate), require_starttls=True, **options) as port:
        via = SmtpChannel(SmtpSettings.model_validate({"port": port, "timeout": 5, **given}), archive)
        with pytest.raises(expected) as failure:
            send(via)
    assert said in str(failure.value)
    assert not [part for part in PERSONAL if part in str(failure.value)]
    assert postbox.mails == []


def test_a_server_without_encryption_gets_nothing_when_encryption_is_asked(archive: FolderArchive) -> None:
    postbox = Postbox()
    with smtp_server(postbox) as port, pytest.raises(Misconfigured, match="has no STARTTLS or login"):
        send(channel(port, archive, security="starttls"))
    assert postbox.mails == []


def test_a_misspelt_setting_is_refused() -> None:
    with pytest.raises(ValidationError, match="securty"):
        SmtpSettings.model_validate({"securty": "tls"})
