"""E-mail by SMTP (RFC 5321), with the standard library: synchronous, as activities are.

A refusal is permanent on 5xx, temporary on 4xx. An answer lost after DATA is neither: the error leaves as it
is and the outbox records the send as unknown.
"""

import hashlib
import smtplib
import ssl
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

from pydantic import SecretStr

from lockstep.core.base import Frozen
from lockstep.ports import Archive, Letter, Misconfigured, Person, Receipt, Rejected, SendState, Unavailable


class SmtpSettings(Frozen):
    """Where mail goes out. `sender` is the From address; timeouts in seconds."""

    host: str = "127.0.0.1"
    port: int = 25
    security: Literal["none", "starttls", "tls"] = "none"
    username: str = ""
    password: SecretStr = SecretStr("")
    sender: str = "lockstep@localhost"
    timeout: float = 20.0


class SmtpChannel:
    """`ports.Channel` for e-mail."""

    name = "email"

    def __init__(self, settings: SmtpSettings, archive: Archive) -> None:
        self._settings = settings
        self._archive = archive

    def address(self, person: Person) -> str:
        """The person's e-mail address."""
        return person.email

    def find(self, dedup_key: str) -> Receipt | None:  # noqa: ARG002 - the port's
        """SMTP cannot tell what became of an earlier send."""
        return None

    def send(self, letter: Letter, *, dedup_key: str, at: datetime) -> Receipt:
        """Hand the mail to the server. Raises Rejected, Unavailable or Misconfigured before it has it."""
        message = self._message(letter, dedup_key, at)
        server = self._connect()
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            raise _refused(code, text) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        finally:
            server.close()
        identity = str(message["Message-ID"])
        return Receipt(state=SendState.SENT, channel=self.name, provider_id=identity, at=at)

    def _connect(self) -> smtplib.SMTP:
        s = self._settings
        try:
            if s.security == "tls":
                context = ssl.create_default_context()
                server: smtplib.SMTP = smtplib.SMTP_SSL(s.host, s.port, timeout=s.timeout, context=context)
            else:
                server = smtplib.SMTP(s.host, s.port, timeout=s.timeout)
            if s.security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if s.username:
                server.login(s.username, s.password.get_secret_value())
        except smtplib.SMTPAuthenticationError as error:
            raise Misconfigured(f"The mail server {s.host} refuses our user name or password") from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unavailable(f"The mail server {s.host}:{s.port} does not answer: {error}") from error
        return server

    def _message(self, letter: Letter, dedup_key: str, at: datetime) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._settings.sender
        message["To"] = letter.address
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(at)
        domain = self._settings.sender.rpartition("@")[2]
        message["Message-ID"] = f"<{hashlib.sha256(dedup_key.encode()).hexdigest()[:32]}@{domain}>"
        message.set_content(letter.body)
        for attachment in letter.attachments:
            main, _, sub = attachment.media_type.partition("/")
            content = self._archive.get(attachment.archive_ref)
            message.add_attachment(content, maintype=main, subtype=sub, filename=attachment.filename)
        return message


def _refused(code: int, answer: bytes | str) -> Rejected | Unavailable:
    """A 4xx may work later, a 5xx never. The server's text is left out: it may repeat the address."""
    del answer
    if 400 <= code < 500:
        return Unavailable(f"The mail server asks to come again later ({code})", retry_after=300)
    return Rejected(f"The mail server refuses the mail ({code})")


ADAPTER = SmtpChannel
