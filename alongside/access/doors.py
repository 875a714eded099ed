"""Every page says who may enter. A view without a door is refused by the middleware."""

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured

from .permissions import Permission

DOOR = "_alongside_door"
SERVER_ONLY_MESSAGE = "A page was built without a door: give its view @needs(...) or @open_to_all(because=...)."


def needs(*permissions: Permission) -> Callable:
    """Mark a view: the actor needs at least one of `permissions`."""
    if not permissions:
        raise ValueError("needs() takes at least one permission; use open_to_all(because=...) for a public page")

    def mark(view: Callable) -> Callable:
        setattr(view, DOOR, frozenset(permissions))
        return view

    return mark


def open_to_all(*, because: str) -> Callable:
    """Mark a view that anybody may open, and say why that is right."""
    if not because:
        raise ValueError("say why this page is open to all")

    def mark(view: Callable) -> Callable:
        setattr(view, DOOR, because)
        return view

    return mark


def door_of(view: Callable) -> frozenset[Permission] | str | None:
    """The permissions of which a view needs one, the reason why it is open, or None where it has no door."""
    return getattr(view, DOOR, None)


def ensure_open_to_all(view: Callable) -> None:
    """Raise `ImproperlyConfigured` unless `view` is marked as open: people who answer are never asked who they are."""
    if not isinstance(door_of(view), str):
        raise ImproperlyConfigured(f"{SERVER_ONLY_MESSAGE} ({view.__module__})")
