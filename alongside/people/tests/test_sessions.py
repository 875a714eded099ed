"""One's own sessions: seen without a place, ended one by one, dead at once."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.audit.api import entries_of
from alongside.people.sealed_sessions import opened

from .factories import account_of, code_of, give_app, type_password

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def sessions_of(browser: Client):
    return browser.get("/account/").context["sessions"]


def signed_in(actor, code: str = "") -> Client:
    browser = type_password(actor)
    browser.post(reverse("mfa_authenticate"), {"code": code or code_of()})
    return browser


def test_an_account_sees_its_own_sessions_and_no_others(as_, ana, dee):
    here = as_(ana)
    as_(ana)
    as_(dee)
    assert [one.is_this for one in sessions_of(here)].count(True) == 1
    assert len(sessions_of(here)) == 2


def test_a_session_says_since_when_and_how_it_was_opened(ana):
    give_app(ana)
    shown = sessions_of(signed_in(ana))
    assert [(one.since, one.kind) for one in shown] == [(timezone.localdate(), "with password and code")]


def test_a_recovery_code_is_a_code(ana):
    give_app(ana)
    code = RecoveryCodes.activate(account_of(ana)).generate_codes()[0]
    assert [one.kind for one in sessions_of(signed_in(ana, code))] == ["with password and code"]


def test_a_session_keeps_neither_address_nor_browser(ana):
    give_app(ana)
    browser = Client(REMOTE_ADDR="192.0.2.7", headers={"user-agent": "Cracked Phone 7"})
    browser.post(reverse("account_login"), {"login": account_of(ana).email, "password": "correct horse battery"})
    browser.post(reverse("mfa_authenticate"), {"code": code_of()})
    held = [str(opened(one)) for one in Session.objects.all()]
    assert (len(held) > 0, [text for text in held if "192.0.2.7" in text or "Cracked" in text]) == (True, [])


def test_an_ended_session_is_dead_at_once(as_, ana):
    here, there = as_(ana), as_(ana)
    other = next(one for one in sessions_of(here) if not one.is_this)
    here.post(reverse("session_end"), {"session": other.handle})
    assert (there.get("/people/").status_code, here.get("/people/").status_code) == (302, 200)
    assert [entry.act for entry in entries_of(ana)] == ["session.ended"]


def test_another_accounts_session_is_not_ended(as_, ana, dee):
    here, theirs = as_(ana), as_(dee)
    handle = sessions_of(theirs)[0].handle
    here.post(reverse("session_end"), {"session": handle})
    assert theirs.get("/people/").status_code == 200


def test_a_page_never_holds_the_key_of_a_session(as_, ana):
    here = as_(ana)
    as_(ana)
    keys = Session.objects.values_list("session_key", flat=True)
    html = here.get("/account/").content.decode()
    assert [key for key in keys if key in html] == []


@pytest.mark.parametrize("handle", ["", "x", "0" * 32])
def test_a_session_that_is_gone_is_no_error(as_, ana, handle):
    assert as_(ana).post(reverse("session_end"), {"session": handle}).url == "/account/"


def test_sessions_that_were_signed_out_everywhere_are_not_listed(as_, ana):
    as_(ana).post(reverse("sign_out_everywhere"))
    assert len(sessions_of(as_(ana))) == 1
