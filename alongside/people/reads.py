"""Looking at accounts, memberships, invitations and acts."""

from datetime import date
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from alongside.access.api import GRANTS, NOBODY, Actor, Permission, Role, rows_of_all
from alongside.privacy.api import fingerprint

from .models import Account, DemoDoor, Invitation, Membership
from .sealed_sessions import opened
from .standing import SECOND_STEPS


def actor_for(user: Any, organization_id: UUID | None) -> Actor:
    """The actor behind a signed-in account, in the chosen organization or the first one it belongs to."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    mine = Membership.objects.filter(account=user).select_related("organization")
    ordered = sorted(mine, key=lambda place: (
        place.organization_id != organization_id, place.organization.is_invented, str(place.pk)))
    if not ordered:
        return Actor(account_id=user.pk, name=str(user))
    return Actor(
        account_id=user.pk, organization_id=ordered[0].organization_id, name=str(user),
        roles=frozenset(Role(role) for role in ordered[0].roles),
    )


def memberships_of(actor: Actor) -> QuerySet[Membership]:
    """The members of this actor's organization."""
    return Membership.objects.filter(organization_id=actor.organization_id).select_related("account")


def others_may(actor: Actor, permission: Permission) -> bool:
    """Whether somebody else of the actor's organization has a role that grants `permission`."""
    others = Membership.objects.filter(organization_id=actor.organization_id).exclude(account_id=actor.account_id)
    return any(permission in GRANTS[Role(role)] for roles in others.values_list("roles", flat=True) for role in roles)


def members_with_second_step(actor: Actor) -> QuerySet[Membership]:
    """The members, in no order (their names are sealed), each with `has_second_step`."""
    steps = Authenticator.objects.filter(user_id=OuterRef("account_id"), type__in=SECOND_STEPS)
    return memberships_of(actor).annotate(has_second_step=Exists(steps))


def members_by_name(actor: Actor) -> list[Membership]:
    """`members_with_second_step`, by name."""
    return sorted(members_with_second_step(actor), key=lambda one: (one.account.name, one.account.email))


def own_memberships(account: Account) -> QuerySet[Membership]:
    """The places of an account in every organization it belongs to, real ones first."""
    mine = Membership.objects.filter(account_id=account.pk).select_related("organization")
    return mine.order_by("organization__is_invented", "organization__name")


def belongs_elsewhere(membership: Membership) -> bool:
    """Whether the account also belongs to another real organization."""
    others = Membership.objects.filter(account_id=membership.account_id, organization__is_invented=False)
    with rows_of_all(because="whoever belongs elsewhere too may be helped by no single organization"):
        return others.exclude(organization_id=membership.organization_id).exists()


def belongs_to_invented_only(account: Account) -> bool:
    """Whether the account is an invented person: a member somewhere, and of samples alone."""
    places = Membership.objects.filter(account_id=account.pk)
    return set(places.values_list("organization__is_invented", flat=True)) == {True}


def kinds_of_second_steps(account: Account) -> set[str]:
    """Which kinds of second step an account has: "totp", "webauthn", "recovery_codes"."""
    return set(Authenticator.objects.filter(user_id=account.pk).values_list("type", flat=True))


def sessions_of(account: Account) -> list[tuple[str, dict[str, Any]]]:
    """(handle, what the session holds) of every session of an account that has not ended.

    Sessions last ten hours, so there are few: each is opened to see whose it is.
    """
    alive = Session.objects.filter(expire_date__gt=timezone.now())
    return [(handle_of(one.session_key), held) for one in alive.iterator()
            if (held := opened(one)).get(SESSION_KEY) == str(account.pk)
            and held.get(HASH_SESSION_KEY) == account.get_session_auth_hash()]


def handle_of(session_key: str | None) -> str:
    """What stands for a session on a page: its key would open it."""
    return fingerprint("people.session", session_key or "")[:32]


def second_steps_of(account: Account) -> int:
    """How many authenticator apps and passkeys an account has."""
    return Authenticator.objects.filter(user_id=account.pk, type__in=SECOND_STEPS).count()


def account_names(actor: Actor) -> dict[UUID, str]:
    """account id -> name, of the members of the actor's organization."""
    return {member.account_id: str(member.account) for member in memberships_of(actor)}


def invitations_of(actor: Actor, today: date) -> QuerySet[Invitation]:
    """The invitations of the actor's organization that still work, and are not for a new password."""
    mine = Invitation.objects.filter(organization_id=actor.organization_id, account=None)
    return mine.filter(expires_on__gte=today).order_by("expires_on", "id")


def invitation_by_token(token: str, today: date) -> Invitation | None:
    """The invitation of a new colleague behind a link, where it still works."""
    return _links(token, today).filter(account=None).first()


def sign_in_link_by_token(token: str, today: date) -> Invitation | None:
    """The link for a new password, where it still works."""
    return _links(token, today).exclude(account=None).select_related("account").first()


def is_demo() -> bool:
    """Whether this installation is a demo: its invented people come in by link."""
    return settings.DEMO


def demo_door_by_token(token: str) -> DemoDoor | None:
    """The door of an invented person, in a demo installation only."""
    if not is_demo():
        return None
    door = DemoDoor.objects.filter(token_hash=hash_of("demo", token)).select_related("account").first()
    return door if door and belongs_to_invented_only(door.account) else None


def hash_of(purpose: str, token: str) -> str:
    """What is kept of a link: useless without the installation's master key."""
    return fingerprint(f"people.{purpose}", token)


def _links(token: str, today: date) -> QuerySet[Invitation]:
    found = Invitation.objects.filter(token_hash=hash_of("link", token), expires_on__gte=today)
    return found.select_related("organization")
