"""The two doors of the server: one for people who answer (no session, no cookie), one for staff."""

from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import Resolver404, get_resolver

from alongside.access.api import ensure_open_to_all
from alongside.ui.api import secure_headers

# A page is looked at or a form is sent. Nothing else is spoken here.
METHODS = ("GET", "HEAD", "POST")


class Neutral:
    """Puts the headers on every answer that keep pages out of caches, frames and other hosts' sight."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        spoken = request.method in METHODS
        response = self.get_response(request) if spoken else HttpResponseNotAllowed(METHODS)
        if not request.path.startswith(settings.STATIC_URL):
            secure_headers(response)
        if not response.streaming and not response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
        return response


class RespondentsDoor:
    """Sends people who answer straight to their pages, past sessions, cookies, sign-in and language cookies.

    What the rest of the chain would do to a request can't happen to theirs, because it never gets there.
    """

    PREFIXES = ("/q/", "/r/", "/leave")

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response
        import_module(settings.ANSWERING_URLCONF)
        self.resolver = get_resolver(settings.ANSWERING_URLCONF)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(self.PREFIXES):
            return self.get_response(request)
        try:
            match = self.resolver.resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        ensure_open_to_all(match.func)
        return match.func(request, *match.args, **match.kwargs)
