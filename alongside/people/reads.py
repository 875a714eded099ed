"""Looking at accounts, memberships and invitations."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.access.api import NOBODY, Actor, Role

from .models import Membership


def actor_for(user: Any, organization_id: UUID | None) -> Actor:
    """The actor behind a signed-in account, in the chosen organization or the first one it belongs to."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    mine = Membership.objects.filter(account=user).select_related("organization")
    ordered = sorted(mine, key=lambda m: (m.organization_id != organization_id, m.organization.is_invented, str(m.pk)))
    if not ordered:
        return Actor(account_id=user.pk, name=str(user))
    return Actor(
        account_id=user.pk, organization_id=ordered[0].organization_id, name=str(user),
        roles=frozenset(Role(role) for role in ordered[0].roles),
    )


def memberships_of(actor: Actor) -> QuerySet[Membership]:
    """The members of this actor's organization."""
    return Membership.objects.filter(organization_id=actor.organization_id).select_related("account")
