"""The doorkeeper: runs before each view and lets nobody through a door that is not theirs."""

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from .doors import SERVER_ONLY_MESSAGE, Entrance, door_of
from .permissions import Refused


class DoorMiddleware:
    """Refuses views without a door (loudly) and people without the permission (kindly)."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict) -> HttpResponse | None:
        door = door_of(view)
        if door is None:
            raise ImproperlyConfigured(f"{SERVER_ONLY_MESSAGE} ({view.__module__})")
        if door.entrance is not Entrance.ROLE:
            return None
        if not request.actor.is_signed_in:
            return redirect("account_login") if request.method != "GET" else _sign_in_and_return(request)
        if not any(request.actor.may(permission) for permission in door.permissions):
            return render(request, "access/refused.html", status=403)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return render(request, "access/refused.html", {"reason": str(exception)}, status=403)
        return None


def _sign_in_and_return(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, and back to this one afterwards."""
    from django.contrib.auth.views import redirect_to_login

    return redirect_to_login(request.get_full_path())
