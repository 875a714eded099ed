"""Doors of pages that somebody opens about their own sign-in, before any role counts."""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from alongside.access.api import open_to_accounts

from .standing import Standing, is_invented, standing


def for_account(*, while_setting_up: bool = False, invented: bool = True) -> Callable:
    """Mark a view that every signed-in account may open, whatever its roles, about itself alone.

    `while_setting_up`: also before there is a second step. `invented`: also in a session of the demo.
    """

    def decorate(view: Callable) -> Callable:
        @wraps(view)
        def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            away = turned_away(request, standing(request), while_setting_up=while_setting_up)
            if away is None and is_invented(request) and not invented:
                messages.info(request, _("Invented people have no password and no second step."))
                away = redirect("account")
            return away or view(request, *args, **kwargs)

        return open_to_accounts(
            because="an account sees to its own sign-in", while_setting_up=while_setting_up)(opened)

    return decorate


def turned_away(request: HttpRequest, where: Standing, *,
                while_setting_up: bool = False) -> HttpResponse | None:
    """Where somebody goes who has not come far enough; None where they may enter."""
    if where is Standing.NOBODY:
        asked = request.method == "GET"
        return redirect_to_login(request.get_full_path()) if asked else redirect("account_login")
    if where is Standing.UNPROVEN:
        logout(request)
        return redirect("account_login")
    if where is Standing.SETTING_UP and not while_setting_up:
        return redirect("mfa_index")
    return None


def to_prove_again(request: HttpRequest, back_to: str) -> HttpResponse:
    """To the page that asks for the password again, and to `back_to` afterwards.

    allauth itself would keep the whole request, its address and cookies included, in the session and run it
    later past every door. We keep nothing: on the page that is gone back to, the button is pressed once more.
    """
    methods = get_adapter(request).get_reauthentication_methods(request.user)
    if not methods:
        return redirect("account")
    messages.info(request, _("Please show once more that it is you. Then press the button again."))
    return redirect(f"{methods[0]['url']}?{urlencode({'next': back_to})}")
