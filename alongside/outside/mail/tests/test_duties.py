"""The worker sends to everyone at most once, survives being killed, and forgets."""

import smtplib
from contextlib import suppress
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from alongside.changes.api import finish
from alongside.changes.tests.factories import make_published, make_released
from alongside.listening.tests.factories import make_open_round
from alongside.organizations.api import UnderHold, put_hold
from alongside.outside.mail import duties
from alongside.outside.mail.models import AddressList, Mailing
from alongside.outside.mail.writes import keep_list, remove_list, sent_by_hand, take_batch

from .factories import ENV, TODAY, WORDS, addresses, make_asked, make_waiting

pytestmark = pytest.mark.store


@pytest.fixture
def server(monkeypatch):
    """A mail server is named; what is sent lands in `mail.outbox`."""
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    mail.outbox = []


def _outbox() -> list[str]:
    return sorted(address for one in mail.outbox for address in one.recipients())


def _broken(monkeypatch, error, at: int = 1):
    """Let the `at`-th message from now on (from 1) raise."""
    real, count = EmailBackend.send_messages, [0]

    def send(self, messages):
        count[0] += 1
        if count[0] == at:
            raise error
        return real(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)


def test_everyone_gets_one_message_of_their_own(ana, house, server):
    make_waiting(ana, house, 23)
    sent, alone = duties.send_due_mail(TODAY), {len(one.recipients()) for one in mail.outbox}
    assert (sent, _outbox(), alone) == (23, addresses(23).split("\n"), {1})


def test_what_is_sent_is_what_was_shown(ana, house, server):
    make_waiting(ana, house, 1)
    duties.send_due_mail(TODAY)
    one = mail.outbox[0]
    assert (one.subject, one.body, one.from_email) == (WORDS.subject, WORDS.body, "hello@example.org")


def test_no_name_of_the_machine_travels_along(ana, house, server):
    make_waiting(ana, house, 1)
    duties.send_due_mail(TODAY)
    assert mail.outbox[0].message()["Message-ID"].endswith("@example.org>")


def test_sending_again_sends_nothing(ana, house, server):
    make_waiting(ana, house)
    duties.send_due_mail(TODAY)
    assert (duties.send_due_mail(TODAY), len(mail.outbox)) == (0, 3)


def test_without_a_server_everything_waits(ana, house, monkeypatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    mailing = make_waiting(ana, house)
    duties.send_due_mail(TODAY)
    mailing.refresh_from_db()
    assert (mailing.state, mail.outbox) == ("planned", [])


def test_after_a_kill_the_rest_is_sent_and_nobody_twice(ana, house, server):
    mailing = make_waiting(ana, house, 23)
    _mailing, cut_off = take_batch(mailing.pk, TODAY)  # the process died here
    duties.send_due_mail(TODAY)
    mailing.refresh_from_db()
    assert (_outbox(), mailing.unsure) == (sorted(set(addresses(23).split("\n")) - set(cut_off)), 10)


def test_a_server_out_of_reach_takes_nothing(ana, house, server, monkeypatch):
    mailing = make_waiting(ana, house)
    monkeypatch.setattr(EmailBackend, "open", lambda self: (_ for _ in ()).throw(OSError()))
    duties.send_due_mail(TODAY)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.taken) == ("planned", 0)


def test_a_server_that_goes_away_stops_the_batch_not_the_rest(ana, house, server, monkeypatch):
    mailing = make_waiting(ana, house, 23)
    _broken(monkeypatch, smtplib.SMTPServerDisconnected(), at=4)
    first = duties.send_due_mail(TODAY)
    second = duties.send_due_mail(TODAY)
    mailing.refresh_from_db()
    assert (first, second, mailing.unsure, len(set(_outbox()))) == (3, 13, 7, 16)


def test_one_refused_address_does_not_stop_the_others(ana, house, server, monkeypatch):
    mailing = make_waiting(ana, house, 5)
    _broken(monkeypatch, smtplib.SMTPRecipientsRefused({}), at=2)
    duties.send_due_mail(TODAY)
    mailing.refresh_from_db()
    assert (len(mail.outbox), mailing.unsure) == (4, 1)


def test_no_address_is_logged_where_the_server_repeats_one(ana, house, server, monkeypatch, caplog):
    make_waiting(ana, house)

    def refuse(self):
        raise smtplib.SMTPException("550 p00@example.org")

    monkeypatch.setattr(EmailBackend, "open", refuse)
    duties.send_due_mail(TODAY)
    assert (len(caplog.records), "example.org" in caplog.text) == (1, False)


def test_no_address_is_logged_in_the_middle_of_a_batch(ana, house, server, monkeypatch, caplog):
    make_waiting(ana, house)
    _broken(monkeypatch, smtplib.SMTPServerDisconnected("p00@example.org went away"))
    duties.send_due_mail(TODAY)
    assert (len(caplog.records), "example.org" in caplog.text) == (1, False)


def test_a_list_is_forgotten_after_the_answer_was_sent(ana, house):
    cycle = make_released(house)
    round_ = make_open_round(cycle, "staff")
    keep_list(ana, round_, addresses(3))
    make_published(ana, cycle)
    before = duties.forget_lists(TODAY)
    sent_by_hand(ana, round_, "answer", WORDS, today=TODAY)
    assert (before, duties.forget_lists(TODAY), AddressList.objects.count()) == (0, 1, 0)


def test_a_list_is_kept_while_the_answer_is_on_its_way(ana, house):
    make_waiting(ana, house)
    Mailing.objects.update(kind="answer")
    assert duties.forget_lists(TODAY) == 0


def test_a_list_nobody_used_goes_30_days_after_the_finish(ana, house):
    cycle = make_released(house)
    keep_list(ana, make_open_round(cycle, "staff"), addresses(3))
    make_published(ana, cycle)
    finished = date(2027, 2, 10)
    finish(ana, cycle, today=finished)
    kept = [duties.forget_lists(finished + timedelta(days)) for days in (30, 31)]
    assert kept == [0, 1]


@pytest.mark.parametrize(("covers", "gone"), [("everything", 0), ("this cycle", 0), ("another cycle", 1)])
def test_a_list_under_a_legal_hold_is_kept_and_can_not_be_removed(ana, house, covers, gone):
    cycle = make_released(house)
    round_ = make_open_round(cycle, "staff")
    keep_list(ana, round_, addresses(3))
    make_published(ana, cycle)
    finish(ana, cycle, today=date(2027, 2, 10))
    covered = {"everything": None, "this cycle": cycle.pk}.get(covers, uuid4())
    put_hold(ana, kind="court", ordered_by="the county court", about="", cycle_id=covered, today=TODAY)
    with suppress(UnderHold):
        remove_list(ana, round_)
    assert (AddressList.objects.count(), duties.forget_lists(date(2028, 1, 1))) == (1 - gone, 0)


def test_a_list_in_use_is_kept(ana, house):
    make_asked(ana, house)
    assert (duties.forget_lists(TODAY + timedelta(300)), AddressList.objects.count()) == (0, 1)
