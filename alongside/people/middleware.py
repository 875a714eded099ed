"""Turns a session into an Actor."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from alongside.access.api import Actor

from .reads import actor_for

CURRENT = "organization"


class ActorMiddleware:
    """Sets `request.actor`: who acts, for which organization, with which roles. Looked up at first use."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    chosen = request.session.get(CURRENT)
    return actor_for(request.user, UUID(chosen) if chosen else None)
