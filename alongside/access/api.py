"""The access room's names for the other rooms."""

from .actors import NOBODY, Actor
from .doors import door_of, ensure_open_to_all, needs, open_to_all
from .permissions import GRANTS, Permission, Refused, Role

__all__ = [
    "GRANTS", "NOBODY", "Actor", "Permission", "Refused", "Role",
    "door_of", "ensure_open_to_all", "needs", "open_to_all",
]
