"""Every page says who may enter. A view without a door is refused by the middleware."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.core.exceptions import ImproperlyConfigured

from .permissions import Permission

DOOR = "_alongside_door"
SERVER_ONLY_MESSAGE = "A page was built without a door: give its view @needs(...) or @open_to_all(because=...)."


class Entrance(Enum):
    """Whom a door asks for, before any permission counts."""

    ALL = "everybody"
    SETTING_UP = "every account, also while it sets up its second step"
    ACCOUNT = "every account that is signed in"
    ROLE = "whoever has one of the permissions"


@dataclass(frozen=True)
class Door:
    """Who may enter a page. `again`: sending its form is risky, so people first show once more who they are."""

    entrance: Entrance
    permissions: frozenset[Permission] = frozenset()
    because: str = ""
    again: bool = False


def needs(*permissions: Permission, again: bool = False) -> Callable:
    """Mark a view: the actor needs at least one of `permissions`.

    `again`: for risky acts. A form that is sent to the view gets there only from somebody who gave password,
    code or passkey within the last minutes; what was typed is kept while they are asked.
    """
    if not permissions:
        raise ValueError("needs() takes at least one permission; use open_to_all(because=...) for a public page")
    return _mark(Door(Entrance.ROLE, permissions=frozenset(permissions), again=again))


def open_to_all(*, because: str) -> Callable:
    """Mark a view that anybody may open, and say why that is right."""
    if not because:
        raise ValueError("say why this page is open to all")
    return _mark(Door(Entrance.ALL, because=because))


def open_to_accounts(*, because: str, while_setting_up: bool = False) -> Callable:
    """Mark a view for every account, whatever its roles. The view's room sees to it that somebody is there."""
    return _mark(Door(Entrance.SETTING_UP if while_setting_up else Entrance.ACCOUNT, because=because))


def door_of(view: Callable) -> Door | None:
    """The door of a view, or None where it has none."""
    return getattr(view, DOOR, None)


def ensure_open_to_all(view: Callable) -> None:
    """Raise `ImproperlyConfigured` unless `view` is marked as open: people who answer are never asked who they are."""
    door = door_of(view)
    if door is None or door.entrance is not Entrance.ALL:
        raise ImproperlyConfigured(f"{SERVER_ONLY_MESSAGE} ({view.__module__})")


def _mark(door: Door) -> Callable:
    def mark(view: Callable) -> Callable:
        setattr(view, DOOR, door)
        return view

    return mark
