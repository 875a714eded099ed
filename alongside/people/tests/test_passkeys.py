"""Passkeys in Chromium with a virtual authenticator, under the policy that forbids inline scripts."""

import pytest
from django.test import Client
from django.urls import reverse

from alongside.people.models import Invitation

from .factories import PASSWORD, account_of


@pytest.fixture
def browser_page(chromium):
    """A page whose browser holds a virtual passkey device; what its console says is kept in `page.said`."""
    context = chromium.new_context()
    page = context.new_page()
    page.said = []
    page.on("console", lambda message: page.said.append(message.text))
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})
    yield page
    context.close()


@pytest.fixture
def site(live_server) -> str:
    """Passkeys belong to a name, not to a number: localhost."""
    return live_server.url.replace("127.0.0.1", "localhost")


def sign_in_with_password(page, site: str, email: str) -> None:
    page.goto(site + reverse("account_login"))
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.click("text=Sign in >> nth=1")
    page.wait_for_url("**/account/**")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_set_up_as_second_step_and_then_signs_in_alone(browser_page, site, ana):
    page = browser_page
    sign_in_with_password(page, site, account_of(ana).email)
    page.click("text=Set up a passkey")
    page.click("text=Set up this passkey")
    page.wait_for_url("**/codes/")
    page.goto(site + reverse("people"))
    assert page.inner_text("h1") == "People"

    page.click("text=Sign out")
    page.goto(site + reverse("account_login"))
    page.click("text=Sign in with a passkey")
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(site + reverse("people"))
    assert page.inner_text("h1") == "People"
    assert [line for line in page.said if "Content Security Policy" in line] == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_the_second_step_after_the_password(browser_page, site, ana):
    page = browser_page
    sign_in_with_password(page, site, account_of(ana).email)
    page.click("text=Set up a passkey")
    page.click("text=Set up this passkey")
    page.wait_for_url("**/codes/")
    page.click("text=Sign out")
    sign_in_with_password(page, site, account_of(ana).email)
    assert page.url == site + reverse("mfa_authenticate")
    page.click("text=Use your passkey")
    page.wait_for_url(lambda url: "second-step" not in url)
    page.goto(site + reverse("people"))
    assert page.inner_text("h1") == "People"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_risky_act_goes_on_with_the_passkey_and_with_what_was_typed(browser_page, site, ana):
    page = browser_page
    sign_in_with_password(page, site, account_of(ana).email)
    page.click("text=Set up a passkey")
    page.click("text=Set up this passkey")
    page.wait_for_url("**/codes/")
    page.goto(site + reverse("invite"))
    page.fill("[name=label]", "Gil")
    page.check("[name=roles][value=reader]")
    page.click("text=Make the link")
    page.click("text=Use your passkey")
    page.wait_for_selector(".people-link")
    assert Invitation.objects.get().label == "Gil"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_stopped_passkey_says_so_and_can_be_tried_again(browser_page, site, ana):
    page = browser_page
    page.goto(site + reverse("account_login"))
    page.click("text=Sign in with a passkey")
    page.wait_for_selector("[data-problem]:not([hidden])")
    assert page.is_enabled("text=Sign in with a passkey")


@pytest.mark.django_db
def test_without_javascript_no_passkey_button_stands_on_the_sign_in_page():
    html = Client().get(reverse("account_login")).content.decode()
    form = html[html.index('data-passkey="get"'):]
    assert form[:form.index(">")].endswith(" hidden")
