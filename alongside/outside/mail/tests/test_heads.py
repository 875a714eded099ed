"""The weekly head of the log of acts goes out once, to whoever keeps it, and names nothing."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from alongside.audit.api import check_log, make_due_heads, record
from alongside.outside.mail.api import send_heads
from alongside.people.heads import keep_address

from .factories import ENV, TODAY

pytestmark = [pytest.mark.store, pytest.mark.django_db]


@pytest.fixture
def server(monkeypatch):
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    mail.outbox = []


@pytest.fixture
def log(dee, house):
    """A log with a head of today, and somebody who keeps it."""
    keep_address(dee, "keeper@example.org")
    make_due_heads(TODAY)


def test_head_is_sent_once_to_its_keeper(log, house, server):
    assert [send_heads(), send_heads()] == [1, 0]
    (sent,) = mail.outbox
    assert (sent.recipients(), str(check_log(house.pk).head) in sent.body) == (["keeper@example.org"], True)


def test_message_names_neither_organization_nor_topic(log, house, server):
    send_heads()
    said = f"{mail.outbox[0].subject} {mail.outbox[0].body}".lower()
    assert [word for word in ("lantern", "surviv", "alongside", "log", "http") if word in said] == []


def test_head_waits_where_no_server_is_named(log, server, monkeypatch):
    monkeypatch.delenv("EMAIL_URL")
    assert (send_heads(), mail.outbox) == (0, [])


def test_head_waits_where_the_server_went_away(log, server, monkeypatch):
    def gone(self, messages):
        raise smtplib.SMTPServerDisconnected

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", gone)
        assert send_heads() == 0
    assert send_heads() == 1


def test_head_is_sent_again_the_next_week(log, dee, house, server):
    send_heads()
    record(dee, "round.opened", house)
    make_due_heads(TODAY + timedelta(days=7))
    assert send_heads() == 1
