"""Turns a session into an Actor; keeps one without its second step away from every page of a role."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from alongside.access.api import NOBODY, Actor, Entrance, door_of

from .doors import turned_away
from .reads import actor_for, others_may
from .standing import Standing, standing

CURRENT = "organization"


class ActorMiddleware:
    """Sets `request.actor`: who acts, for which organization, with which roles. Looked up at first use."""

    def __init__(self, get_response: Callable) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor(request))
        # A yes or no, and no name: for rooms that may not know accounts.
        request.others_may = lambda permission: others_may(request.actor, permission)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, args: tuple,
                     kwargs: dict) -> HttpResponse | None:
        """Pages open to all see to themselves; the doorkeeper after us sees to roles."""
        door = door_of(view)
        if door is None or door.entrance is not Entrance.ROLE:
            return None
        where = standing(request)
        return None if where is Standing.NOBODY else turned_away(request, where)


def member_behind(request: HttpRequest) -> Actor:
    """The actor of this session's account, whatever its second step: to record acts, never to allow one."""
    chosen = request.session.get(CURRENT)
    return actor_for(request.user, UUID(chosen) if chosen else None)


def _actor(request: HttpRequest) -> Actor:
    where = standing(request)
    if where is Standing.PROVEN:
        return member_behind(request)
    if where is Standing.NOBODY:
        return NOBODY
    return Actor(account_id=request.user.pk, name=str(request.user))
