"""Somebody who acts: an account inside one organization, with the permissions of their roles."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from .permissions import GRANTS, Permission, Refused, Role


@dataclass(frozen=True)
class Actor:
    """An account acting for one organization. Everything that is read starts from an actor."""

    account_id: UUID | None = None
    organization_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    name: str = field(default="", compare=False)

    @property
    def permissions(self) -> frozenset[Permission]:
        """All that this actor's roles grant together."""
        return frozenset().union(*(GRANTS[role] for role in self.roles))

    @property
    def is_signed_in(self) -> bool:
        return self.account_id is not None

    def may(self, permission: Permission) -> bool:
        """Whether one of the actor's roles grants `permission`."""
        return permission in self.permissions

    def must(self, permission: Permission, thing: Any = None) -> None:
        """Raise `Refused` unless the actor may, and `thing` (anything with `organization_id`) is their own."""
        if not self.may(permission):
            raise Refused(_("Your role does not include this. Ask the person who coordinates to do it with you."))
        if thing is not None and thing.organization_id != self.organization_id:
            raise Refused(_("This belongs to another organization."))


NOBODY = Actor()
