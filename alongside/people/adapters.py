"""How allauth behaves here: accounts by invitation alone, secrets sealed, no addresses kept."""

import base64
import time

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.shortcuts import resolve_url
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alongside.privacy.api import INSTALLATION, seal, unseal

from .limits import PASSWORD, who_tries
from .models import Account
from .standing import SECOND_STEPS, SIGNED_IN_AT, mark_if_shown

FRESH = 15 * 60  # seconds: time enough to fetch a phone and install an app
# A second step belongs to an account, which may work for several organizations: sealed for the installation.
PLACE = "mfa_authenticator.data"


class StaffOnly(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": gettext_lazy("This account is closed. Ask the person who coordinates."),
        "email_password_mismatch": gettext_lazy(
            "This e-mail address and this password don't fit together. Try again, or ask the person who "
            "coordinates for a new sign-in link."),
        "incorrect_password": gettext_lazy("This is not your password. Try again."),
        "enter_current_password": gettext_lazy("This is not your password now. Try again."),
        "incorrect_code": gettext_lazy("This code does not fit. Take the one your app shows right now."),
        "too_many_login_attempts": gettext_lazy("That was tried too often. Wait five minutes and try again."),
        "rate_limited": gettext_lazy("That was tried too often. Wait a quarter of an hour and try again."),
    }

    def is_open_for_signup(self, request) -> bool:
        return False

    def get_client_ip(self, request) -> str:
        """Nothing is counted by address, and none is asked for."""
        return ""

    def authenticate(self, request, **credentials) -> Account | None:
        """The account whose password is right; counted by account, over every process."""
        whom = who_tries(request, credentials.get("email", ""))
        if not PASSWORD.allows(whom):
            raise self.validation_error("too_many_login_attempts")
        account = super().authenticate(request, **credentials)
        if account is not None:
            PASSWORD.forget(whom)
        return account

    def get_password_change_redirect_url(self, request) -> str:
        return resolve_url("account")

    def login(self, request, user) -> None:
        """Runs once password and second step were right."""
        super().login(request, user)
        request.session[SIGNED_IN_AT] = time.time()
        mark_if_shown(request, user)

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Whoever signed in a moment ago sets up a second step without being asked again."""
        fresh = time.time() - self.request.session.get(SIGNED_IN_AT, 0) < FRESH
        if app == "allauth.mfa" and fresh:
            return False
        return super().is_reauthentication_required(app=app, **kwargs)


class SecondStep(DefaultMFAAdapter):
    """Seals the secrets of the second step, draws its QR code, and never lets the last one go."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": StaffOnly.error_messages["incorrect_code"],
        "cannot_delete_authenticator": gettext_lazy(
            "This is your only second step. Add another one first, then remove this one."),
    }

    def encrypt(self, text: str) -> str:
        """Sealed text. allauth does not say whose it is, so it is bound to the column, not to the row."""
        return base64.b64encode(seal(INSTALLATION, PLACE, "", text.encode())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The plain secret. Raises `CannotOpen`."""
        return unseal(INSTALLATION, PLACE, "", base64.b64decode(encrypted_text)).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code as SVG to stand inside the page: dark on light also in dark mode, for cameras."""
        return segno.make(url, error="m").svg_inline(omitsize=True, border=4, dark="#17302f", light="#ffffff")

    def can_delete_authenticator(self, authenticator) -> bool:
        """A second step is a must."""
        others = type(authenticator).objects.filter(user_id=authenticator.user_id, type__in=SECOND_STEPS)
        return others.exclude(pk=authenticator.pk).exists()

    def generate_authenticator_name(self, user: Account, type) -> str:
        """A first name for a passkey; people write their own."""
        return _("This device")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a browser shows beside a passkey: the product's name, not the organization's."""
        return super().get_public_key_credential_rp_entity() | {"name": "Alongside"}
