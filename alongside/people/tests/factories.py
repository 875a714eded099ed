"""What the tests of this room need again and again."""

import base64
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from alongside.people.models import Account, Membership

PASSWORD = "correct horse battery"
SECRET = base64.b32encode(b"twenty bytes of key!").decode()


def account_of(actor) -> Account:
    return Account.objects.get(pk=actor.account_id)


def membership_of(actor) -> Membership:
    return Membership.objects.get(account_id=actor.account_id, organization_id=actor.organization_id)


def give_app(actor, secret: str = SECRET) -> None:
    """Set up an authenticator app."""
    TOTP.activate(account_of(actor), secret)


def give_key(actor) -> Authenticator:
    """A passkey in the table. No device holds it."""
    return Authenticator.objects.create(
        user=account_of(actor), type="webauthn", data={"name": "Key", "credential": {}})


def code_of(secret: str = SECRET, steps: int = 0) -> str:
    """What the app shows, or showed `steps` half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def type_password(actor, password: str = PASSWORD) -> Client:
    """A browser in which the password was typed, and nothing more."""
    browser = Client()
    browser.post(reverse("account_login"), {"login": account_of(actor).email, "password": password})
    return browser


def prove_again(browser: Client, password: str = PASSWORD) -> None:
    """Type the password once more, as a risky act asks."""
    browser.post(reverse("account_reauthenticate"), {"password": password})


def setup_facts(**more) -> dict:
    """What is typed on the setup page."""
    return {
        "name": "Lantern House", "word": "survivor", "languages": ["en", "es"], "rows": "3",
        "contact-0-name": "Rosa", "contact-0-reach": "555 0100",
        "me-name": "Ana", "me-email": "ana@example.org", "me-password": PASSWORD,
    } | more
