"""Signing in: allauth's views behind our doors. What does not stand here has no address."""

from collections.abc import Callable
from functools import wraps

from allauth.account import views as account
from allauth.account.utils import perform_login
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from alongside.access.api import open_to_all
from alongside.audit.api import record
from alongside.organizations.api import any_organization_exists

from .adapters import SecondStep
from .doors import for_account, to_prove_again
from .limits import remember_browser
from .middleware import member_behind
from .models import Account
from .reads import second_steps_of
from .standing import mark

ONWARD = "onward"


def sign_in(request: HttpRequest, account_: Account) -> HttpResponse:
    """Sign in somebody who just made an account; the session gets a new key. Then on to the second step."""
    return perform_login(request, account_, redirect_url="/account/second-step/")


def _entrance(view: Callable, because: str) -> Callable:
    """A page of signing in, open to all. Wrapped: the mark must not stick to allauth's own function."""

    @open_to_all(because=because)
    @wraps(view)
    def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.method == "POST" and request.user.is_authenticated:
            remember_browser(request, response, request.user)
        return response

    return opened


def _own(view: Callable, act: str = "", *, while_setting_up: bool = False) -> Callable:
    """A page about one's own sign-in. `act` is recorded where a POST ended with going on."""

    @for_account(while_setting_up=while_setting_up, invented=False)
    @wraps(view)
    def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except ReauthenticationRequired:
            return to_prove_again(request, request.path)
        if act and request.method == "POST" and response.status_code == 302:
            record(member_behind(request), act, request.user)
        return response

    return opened


def _adding(view: Callable) -> Callable:
    """Setting up a second step: the session that did it has shown it."""

    @wraps(view)
    def added(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        before = second_steps_of(request.user)
        try:
            response = view(request, *args, **kwargs)
        except IntegrityError:  # the form was sent twice, and the first one was kept
            return redirect("mfa_index")
        if second_steps_of(request.user) > before:
            mark(request.session, request.user)
            record(member_behind(request), "second_step.added", request.user)
        is_there = response.status_code == 302 and response.url == reverse("mfa_deactivate_totp")
        return redirect("mfa_index") if is_there else response

    return added


def _removing(view: Callable) -> Callable:
    """Removing a passkey: the last second step stays."""

    @wraps(view)
    def removed(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if second_steps_of(request.user) <= 1:
            messages.error(request, SecondStep.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        return view(request, *args, **kwargs)

    return removed


@for_account(while_setting_up=True)
def onward(request: HttpRequest) -> HttpResponse:
    """On to where somebody was going when the second step came in between."""
    return redirect(request.session.pop(ONWARD, "/"))


WHO_IS_NOT_IN = "whoever is not signed in yet must be able to sign in"
login = _entrance(account.LoginView.as_view(
    extra_context={"is_demo": settings.DEMO, "is_founded": any_organization_exists}), WHO_IS_NOT_IN)
login_by_passkey = _entrance(webauthn.login_webauthn, WHO_IS_NOT_IN)
second_step = _entrance(mfa.authenticate, "between password and second step nobody is signed in yet")
inactive = _entrance(account.account_inactive, "says that an account is closed")
logout = _entrance(account.logout, "leaving must work for everybody, at once")

password = _own(account.password_change, "password.changed")
password_again = _own(account.reauthenticate, while_setting_up=True)
code_again = _own(mfa.reauthenticate)
passkey_again = _own(webauthn.reauthenticate_webauthn)
second_steps = _own(mfa.index, while_setting_up=True)
app_add = _own(_adding(totp.activate_totp), while_setting_up=True)
app_remove = _own(totp.deactivate_totp, "second_step.removed")
passkeys = _own(webauthn.list_webauthn)
passkey_add = _own(_adding(webauthn.add_webauthn), while_setting_up=True)
passkey_rename = _own(webauthn.edit_webauthn)
passkey_remove = _own(_removing(webauthn.remove_webauthn), "second_step.removed")
recovery_codes = _own(codes.view_recovery_codes)
recovery_codes_new = _own(codes.generate_recovery_codes, "recovery_codes.renewed")
recovery_codes_file = _own(codes.download_recovery_codes)
