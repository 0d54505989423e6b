"""E-mail by SMTP (RFC 5321), with the standard library: synchronous, as activities are.

Until the server has said 354 nothing was sent: a refusal is permanent on 5xx, temporary on 4xx. Once the text
is on its way a lost answer is neither: the error leaves as it is, and the outbox records the send as unknown.
"""

import hashlib
import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, SecretStr

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

_SEVEN_BIT = policy.SMTP.clone(cte_type="7bit")  # not every server takes 8BITMIME
_QUEUED = re.compile(r"queued as ([\w.-]+)", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?", re.ASCII)
_NEEDS_LOGIN = 530


class SmtpSettings(BaseModel):
    """Where mail goes out. `sender` is the From address; `timeout` in seconds, for each answer.

    `ca_file` is the PEM of your own authority, when the server's certificate is not from a public one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = "127.0.0.1"
    port: int = 25
    security: Literal["none", "starttls", "tls"] = "none"
    ca_file: Path | None = None
    username: str = ""
    password: SecretStr = SecretStr("")
    sender: str = "lockstep@localhost"
    timeout: float = 20.0


class SmtpChannel:
    """`ports.Channel` for e-mail."""

    settings_model: ClassVar = SmtpSettings
    name = "email"

    def __init__(self, settings: SmtpSettings, archive: Archive) -> None:
        self._settings = settings
        self._archive = archive
        self._server = f"the mail server {settings.host}:{settings.port}"

    @classmethod
    def build(cls, settings: SmtpSettings, archive: Archive) -> Self:
        """From settings."""
        return cls(settings, archive)

    def address(self, person: Person) -> str:
        """The person's e-mail address."""
        return person.email

    def find(self, dedup_key: str) -> Receipt | None:  # noqa: ARG002 - the port's
        """SMTP cannot tell what became of an earlier send."""
        return None

    def send(self, letter: Letter, *, dedup_key: str, at: datetime) -> Receipt:
        """Hand the mail to the server, with a Message-ID that is the same for the same key."""
        message = self._message(letter, dedup_key, at)
        with self._before_the_text():
            server = self._connected()
        try:
            with self._before_the_text():
                self._envelope(server, letter)
            answer = self._text(server, message)
            with suppress(smtplib.SMTPException, OSError):
                server.quit()  # the mail is accepted: a goodbye that fails changes nothing
        finally:
            server.close()
        identity = str(message["Message-ID"])
        queued = _QUEUED.search(answer)
        return Receipt(
            state=SendState.SENT,
            channel=self.name,
            provider_id=queued[1] if queued else identity,
            detail=identity,
            at=at,
        )

    def _connected(self) -> smtplib.SMTP:
        s = self._settings
        domain = s.sender.rpartition("@")[2]
        if s.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                s.host, s.port, local_hostname=domain, timeout=s.timeout, context=self._trust()
            )
        else:
            server = smtplib.SMTP(s.host, s.port, local_hostname=domain, timeout=s.timeout)
        try:
            if s.security == "starttls":
                server.starttls(context=self._trust())
            if s.username:
                server.login(s.username, s.password.get_secret_value())
            server.ehlo_or_helo_if_needed()
        except BaseException:
            server.close()
            raise
        return server

    def _trust(self) -> ssl.SSLContext:
        try:
            return ssl.create_default_context(cafile=self._settings.ca_file)
        except OSError as error:
            raise Misconfigured(
                "The file of our mail server's authority (`ca_file`) cannot be read: an operator must mend it"
            ) from error

    def _envelope(self, server: smtplib.SMTP, letter: Letter) -> None:
        for code, _ in (
            server.mail(self._settings.sender),
            server.rcpt(letter.address),
            server.docmd("DATA"),
        ):
            if code == _NEEDS_LOGIN:
                raise Misconfigured(f"{self._server} wants a user name and password (530)")
            if not 200 <= code < 400:
                raise self._refused(code)

    def _text(self, server: smtplib.SMTP, message: EmailMessage) -> str:
        content = re.sub(rb"(?m)^\.", b"..", message.as_bytes())
        server.send(content + b".\r\n")
        code, answer = server.getreply()
        if not 200 <= code < 300:
            raise self._refused(code)
        return answer.decode("ascii", "replace")

    def _refused(self, code: int) -> Exception:
        # the server's words are left out: they may repeat the address
        if 400 <= code < 500:
            return Unavailable(f"{self._server} asks to come again later ({code})")
        if 500 <= code < 600:
            return Rejected(f"{self._server} refuses the mail ({code})")
        return smtplib.SMTPResponseException(code, "no answer we know")

    @contextmanager
    def _before_the_text(self) -> Iterator[None]:
        """While nothing is sent yet: errors by the port's names. OSError comes last, as the base of most."""
        try:
            yield
        except smtplib.SMTPNotSupportedError as error:
            raise Misconfigured(f"{self._server} has no STARTTLS or login: correct `security`") from error
        except smtplib.SMTPResponseException as error:
            if 400 <= error.smtp_code < 500:
                raise self._refused(error.smtp_code) from None
            raise Misconfigured(
                f"{self._server} turns us away ({error.smtp_code}): correct host, user name or password"
            ) from None
        except ssl.SSLError as error:
            raise Misconfigured(
                f"{self._server} and we do not agree on TLS ({error.reason}): correct `security` or `ca_file`"
            ) from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable(f"{self._server} does not answer ({type(error).__name__})") from error

    def _message(self, letter: Letter, dedup_key: str, at: datetime) -> EmailMessage:
        key = hashlib.sha256(dedup_key.encode()).hexdigest()[:32]
        message = EmailMessage(policy=_SEVEN_BIT)
        message["From"] = self._settings.sender
        message["To"] = _address(letter)
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{key}@{self._settings.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.body)
        for attachment in letter.attachments:
            main, _, sub = attachment.media_type.partition("/")
            content = self._archive.get(attachment.archive_ref)
            message.add_attachment(content, maintype=main, subtype=sub, filename=attachment.filename)
        if message.is_multipart():
            message.set_boundary(f"=_{key}")  # a random one would make the second try another mail
        return message


ADAPTER = SmtpChannel


def _address(letter: Letter) -> str:
    if not _ADDRESS.fullmatch(letter.address):
        # without the address: it is personal
        raise Rejected(f"{letter.employee_id} has no e-mail address we can use: HR must correct it")
    return letter.address
