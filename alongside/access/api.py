"""The access room's names for the other rooms."""

from .actors import NOBODY, Actor
from .doors import Door, Entrance, door_of, ensure_open_to_all, needs, open_to_accounts, open_to_all
from .permissions import GRANTS, WHAT_FOR, Permission, Refused, Role
from .rows import role_passes_policies, rows_of_all, tables_without_policy
from .writes import forget_all_tries, forget_tries, may_try

__all__ = [
    "GRANTS", "NOBODY", "WHAT_FOR", "Actor", "Door", "Entrance", "Permission", "Refused", "Role",
    "door_of", "ensure_open_to_all", "forget_all_tries", "forget_tries", "may_try", "needs", "open_to_accounts",
    "open_to_all", "role_passes_policies", "rows_of_all", "tables_without_policy",
]
