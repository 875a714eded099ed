"""Mail goes to the server named in the environment, or waits to be sent by hand.

EMAIL_URL   smtp://user:password@host:587   upgraded to TLS (STARTTLS), refused where the server cannot
            smtps://user:password@host:465  TLS from the start
EMAIL_FROM  the address that people see; choose one that names neither the organization nor the topic
"""

import os
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.core.validators import validate_email

PORTS = {"smtp": 587, "smtps": 465}
LONGEST_SILENCE = 30  # seconds


class MailServerWrong(ImproperlyConfigured):
    """EMAIL_URL or EMAIL_FROM cannot be used. The message says what to write, never the password."""


@dataclass(frozen=True)
class MailServer:
    """A mail server and the address that mail comes from."""

    host: str
    port: int
    user: str
    password: str
    tls_at_once: bool
    sender: str


def mail_server(environ: dict[str, str] | None = None) -> MailServer | None:
    """The server that the environment names; None where mail goes by hand. Raises `MailServerWrong`."""
    env = os.environ if environ is None else environ
    url = env.get("EMAIL_URL", "")
    return _server(url, env.get("EMAIL_FROM", "")) if url else None


class ByHandOrServer(BaseEmailBackend):
    """Sends through the named server. Where none is named, nothing is sent."""

    def __init__(self, fail_silently: bool = False, **ignored) -> None:
        super().__init__(fail_silently=fail_silently)
        server = mail_server()
        self.smtp = _smtp(server, fail_silently) if server else None

    def open(self) -> bool | None:
        return self.smtp.open() if self.smtp else False

    def close(self) -> None:
        if self.smtp:
            self.smtp.close()

    def send_messages(self, email_messages) -> int:
        return self.smtp.send_messages(email_messages) if self.smtp else 0


def _server(url: str, sender: str) -> MailServer:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _wrong() from None
    if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/"):
        raise _wrong()
    try:
        validate_email(sender)
    except ValidationError:
        raise MailServerWrong(
            "EMAIL_FROM: with EMAIL_URL, write the address that mail comes from, such as hello@example.org."
        ) from None
    return MailServer(
        host=parts.hostname, port=port or PORTS[parts.scheme], user=unquote(parts.username or ""),
        password=unquote(parts.password or ""), tls_at_once=parts.scheme == "smtps", sender=sender,
    )


def _wrong() -> MailServerWrong:
    return MailServerWrong(
        "EMAIL_URL: write smtp://user:password@host:587 or smtps://user:password@host:465 (signs such as @ "
        "or / in the password as %40 or %2F), or leave it empty to send by hand.")


def _smtp(server: MailServer, fail_silently: bool) -> SmtpBackend:
    return SmtpBackend(
        host=server.host, port=server.port, username=server.user, password=server.password,
        use_tls=not server.tls_at_once, use_ssl=server.tls_at_once, timeout=LONGEST_SILENCE,
        fail_silently=fail_silently,
    )
