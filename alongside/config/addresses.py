"""Every address of the product, with its door: read from the product itself, for docs/permissions.md and for tests."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.access.api import Door, door_of


@dataclass(frozen=True)
class Address:
    """A route such as "cycles/<uuid:cycle_id>/", the view behind it, and the methods that it takes."""

    route: str
    view: Callable
    methods: tuple[str, ...]

    @property
    def door(self) -> Door | None:
        """Who may enter; None where somebody forgot to say."""
        return door_of(self.view)


def addresses() -> list[Address]:
    """All of them, in the order in which they are looked up."""
    return [Address(route, view, methods_of(view)) for route, view in _walk(
        get_resolver(settings.ROOT_URLCONF).url_patterns, "")]


def methods_of(view: Callable) -> tuple[str, ...]:
    """GET (with HEAD), POST, or both: what `require_POST` and the like say, or the methods of allauth's classes."""
    inner: Callable | None = view
    while inner is not None:
        if view_class := getattr(inner, "view_class", None):
            return tuple(name for name in ("GET", "POST") if hasattr(view_class, name.lower()))
        limited = inspect.getclosurevars(inner).nonlocals.get("request_method_list")
        if limited:
            return tuple(name for name in ("GET", "POST") if name in limited)
        inner = getattr(inner, "__wrapped__", None)
    return ("GET", "POST")


def _walk(patterns: list, prefix: str) -> Iterator[tuple[str, Callable]]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.callback
