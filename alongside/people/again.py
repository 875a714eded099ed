"""Before a risky act, people show once more that it is them; what they typed travels through the page meanwhile.

The page that asks holds the form that was sent as hidden fields and posts to the same address, so nothing is kept
on the server or in an address, and the act goes on where it stopped. A door says that it wants this (`again`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import ReauthenticateWebAuthnForm
from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from alongside.access.api import door_of

from .reads import kinds_of_second_steps
from .signin_forms import CodeAgain, PasswordAgain

PREFIX = "again"
# The field by which a sent form is known, and the form that reads it.
WAYS = {"password": PasswordAgain, "code": CodeAgain, "credential": ReauthenticateWebAuthnForm}


@dataclass(frozen=True)
class Typed:
    """One field of the form that waits."""

    name: str
    value: str


class AgainMiddleware:
    """Stands behind the doorkeeper, so that only those are asked who may do the act at all."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        door = door_of(view)
        if door is None or not door.again or request.method != "POST":
            return None
        if not is_reauthentication_required(request, app="alongside"):
            return None
        shown = _shown(request)
        if shown is not None and shown.is_valid():
            shown.save()
            return None
        return _ask(request, shown)


def _shown(request: HttpRequest) -> Form | None:
    """The proof that came with this form, where there is one."""
    for field, form in WAYS.items():
        if f"{PREFIX}-{field}" in request.POST:
            return form(request.POST, user=request.user, prefix=PREFIX)
    return None


def _ask(request: HttpRequest, shown: Form | None) -> HttpResponse:
    kinds = kinds_of_second_steps(request.user)
    forms = {way: shown if isinstance(shown, form) else form(user=request.user, prefix=PREFIX)
             for way, form in WAYS.items()}
    has_key = Authenticator.Type.WEBAUTHN in kinds
    return render(request, "people/again.html", {
        "typed": _typed(request), "path": request.get_full_path(), "wrong": shown,
        "password": forms["password"] if request.user.has_usable_password() else None,
        "code": forms["code"] if Authenticator.Type.TOTP in kinds else None,
        "has_key": has_key,
        "js_data": {"request_options": begin_authentication(request.user)} if has_key else None,
    })


def _typed(request: HttpRequest) -> list[Typed]:
    """What was sent, without the proof and without the token of the page it came from."""
    return [Typed(name, value) for name, values in request.POST.lists() for value in values
            if name != "csrfmiddlewaretoken" and not name.startswith(f"{PREFIX}-")]
