"""Pages that belong to no room: errors, and leaving fast."""

from contextlib import suppress

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from alongside.access.api import open_to_all
from alongside.ui.api import send_quiet_page

from . import reads, writes

LEAVE_TO = "https://www.weather.gov/"


@open_to_all(because="leaving must work for everybody, at once")
def leave(request: HttpRequest) -> HttpResponse:
    """Go to a weather page, tell the browser to drop what it kept from here, and end a session of staff, if there
    is one: whoever leaves fast is signed out on the server, too."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if key:
        with suppress(DatabaseError):  # leaving must work even where nothing else does
            writes.end_session(key)
    response = HttpResponse(status=303, headers={"Location": LEAVE_TO})
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


@open_to_all(because="a monitor has no account, and learns nothing but yes or no")
def health(request: HttpRequest) -> JsonResponse:
    """{"ok": true}, or false with 503 where the database does not answer or is not up to date."""
    try:
        well = reads.is_migrated()
    except DatabaseError:
        well = False
    return JsonResponse({"ok": well}, status=200 if well else 503)


@open_to_all(because="somebody whose form is too old must be told what to do")
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page shown where a staff form came without its token."""
    return render(request, "ui/form_expired.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page, or it is not this person's."""
    return _plain(request, "not_found", 404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request was broken or much too large."""
    return _plain(request, "bad_request", 400)


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours broke."""
    return _plain(request, "broken", 500)


def _plain(request: HttpRequest, what: str, status: int) -> HttpResponse:
    """A page that needs no database, no session and no sign-in, so that it also works when those broke."""
    return send_quiet_page(request, render_to_string("ui/plain.html", {"what": what}), status)
