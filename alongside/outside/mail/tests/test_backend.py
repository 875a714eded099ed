"""Where mail goes, and how a wrong setting is told."""

import pytest
from django.core.mail import EmailMessage

from alongside.outside.mail.backend import ByHandOrServer, MailServerWrong, mail_server

from .factories import ENV


def test_no_server_is_named():
    assert mail_server({}) is None


def test_a_server_is_read_from_the_environment():
    server = mail_server(ENV)
    assert (server.host, server.port, server.user, server.password, server.tls_at_once, server.sender) == (
        "mail.example.org", 2525, "us@er", "p/w", False, "hello@example.org")


@pytest.mark.parametrize(("url", "port", "at_once"), [
    ("smtp://mail.example.org", 587, False), ("smtps://mail.example.org", 465, True),
])
def test_a_server_has_the_usual_port(url, port, at_once):
    server = mail_server(ENV | {"EMAIL_URL": url})
    assert (server.port, server.tls_at_once) == (port, at_once)


@pytest.mark.parametrize("url", [
    "mail.example.org", "http://mail.example.org", "smtp://", "smtp://mail.example.org:mail", "smtp://host/path",
])
def test_a_wrong_server_stops_loudly(url):
    with pytest.raises(MailServerWrong, match="EMAIL_URL"):
        mail_server(ENV | {"EMAIL_URL": url})


@pytest.mark.parametrize("sender", ["", "hello", "Lantern House <hello@example.org>"])
def test_a_missing_sender_stops_loudly(sender):
    with pytest.raises(MailServerWrong, match="EMAIL_FROM"):
        mail_server(ENV | {"EMAIL_FROM": sender})


def test_a_refusal_never_repeats_the_password():
    with pytest.raises(MailServerWrong) as refused:
        mail_server(ENV | {"EMAIL_URL": "ftp://user:secretword@host"})
    assert "secretword" not in str(refused.value)


def test_without_a_server_nothing_is_sent(monkeypatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert ByHandOrServer().send_messages([EmailMessage("a", "b", "c@example.org", ["d@example.org"])]) == 0


@pytest.mark.parametrize(("url", "starttls", "at_once"), [
    ("smtp://u:p@mail.example.org", True, False), ("smtps://u:p@mail.example.org", False, True),
])
def test_mail_never_travels_in_clear(monkeypatch, url, starttls, at_once):
    monkeypatch.setenv("EMAIL_URL", url)
    monkeypatch.setenv("EMAIL_FROM", "hello@example.org")
    smtp = ByHandOrServer().smtp
    assert (smtp.use_tls, smtp.use_ssl) == (starttls, at_once)
