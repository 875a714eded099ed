"""Risky acts ask once more who it is, lose nothing that was typed, and go on where they stopped."""

from uuid import uuid4

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.urls import reverse
from django.utils.html import escape

from alongside.people.models import Invitation

from .factories import PASSWORD, account_of, code_of, give_app, prove_again

pytestmark = [pytest.mark.django_db, pytest.mark.store]
ASKS = "people/again.html"


@pytest.fixture
def typed() -> dict:
    return {"number": str(uuid4()), "label": 'Gil "the first"', "roles": ["reader", "finance"]}


def asks(page) -> bool:
    return ASKS in [template.name for template in page.templates]


def test_a_risky_act_waits_and_its_page_holds_what_was_typed(as_, ana, typed):
    page = as_(ana).post(reverse("invite"), typed)
    held = [(one.name, one.value) for one in page.context["typed"]]
    assert held == [("number", typed["number"]), ("label", typed["label"]), ("roles", "reader"), ("roles", "finance")]
    assert (escape(typed["label"]) in page.content.decode(), Invitation.objects.count()) == (True, 0)


def test_the_act_goes_on_with_the_password(as_, ana, typed):
    page = as_(ana).post(reverse("invite"), typed | {"again-password": PASSWORD})
    kept = Invitation.objects.get()
    assert (asks(page), kept.label, kept.roles) == (False, typed["label"], ["finance", "reader"])


def test_the_act_goes_on_with_a_code(as_, ana, typed):
    give_app(ana)
    as_(ana).post(reverse("invite"), typed | {"again-code": code_of()})
    assert Invitation.objects.count() == 1


def test_the_act_goes_on_with_a_recovery_code(as_, ana, typed):
    give_app(ana)
    code = RecoveryCodes.activate(account_of(ana)).generate_codes()[0]
    as_(ana).post(reverse("invite"), typed | {"again-code": code})
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("proof", [
    {"again-password": "wrong"}, {"again-password": ""}, {"again-code": "000000"}, {"again-credential": "{}"},
    {"again-credential": "x"}, {"password": PASSWORD}])
def test_a_wrong_proof_keeps_the_act_waiting(as_, ana, typed, proof):
    give_app(ana)
    page = as_(ana).post(reverse("invite"), typed | proof)
    assert (page.status_code, asks(page), Invitation.objects.count()) == (200, True, 0)


def test_the_proof_itself_is_not_written_into_the_page(as_, ana, typed):
    page = as_(ana).post(reverse("invite"), typed | {"again-password": "wrong guess"})
    assert "wrong guess" not in page.content.decode()


def test_wrong_proofs_are_limited(as_, ana, typed):
    browser = as_(ana)
    for _ in range(5):
        browser.post(reverse("invite"), typed | {"again-password": "wrong"})
    assert asks(browser.post(reverse("invite"), typed | {"again-password": PASSWORD}))


def test_whoever_showed_it_a_moment_ago_is_not_asked(as_, ana, typed):
    browser = as_(ana)
    prove_again(browser)
    browser.post(reverse("invite"), typed)
    assert Invitation.objects.count() == 1


def test_one_session_does_not_prove_another(as_, ana, typed):
    prove_again(as_(ana))
    assert asks(as_(ana).post(reverse("invite"), typed))


def test_whoever_may_not_do_the_act_is_not_asked_either(as_, ben, typed):
    assert as_(ben).post(reverse("invite"), typed | {"again-password": PASSWORD}).status_code == 403


def test_looking_at_a_page_does_not_ask(as_, ana):
    assert not asks(as_(ana).get(reverse("invite")))


def test_the_page_offers_the_ways_that_the_account_has(as_, ana, typed):
    before = as_(ana).post(reverse("invite"), typed).context
    give_app(ana)
    after = as_(ana).post(reverse("invite"), typed).context
    assert [(bool(page["password"]), bool(page["code"])) for page in (before, after)] == [(True, False), (True, True)]
