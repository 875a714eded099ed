"""What the pages of this room receive: plain facts, no models."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from alongside.audit.api import State, words_for_break

from .acts import words_for
from .models import HeadKeeper, Invitation, Membership
from .roles import WORDS, names_of
from .standing import SIGNED_IN_AT


@dataclass(frozen=True)
class MemberCard:
    """A colleague."""

    id: UUID
    name: str
    email: str
    roles: tuple[str, ...]
    has_second_step: bool
    is_you: bool


@dataclass(frozen=True)
class InvitationCard:
    """An invitation that was not used yet."""

    id: UUID
    label: str
    roles: tuple[str, ...]
    last_day: date


@dataclass(frozen=True)
class RoleCard:
    """A role to choose: its key, and what it can and can't see."""

    key: str
    name: str | Promise
    can: str | Promise
    cannot: str | Promise
    is_chosen: bool


@dataclass(frozen=True)
class PlaceCard:
    """An organization that an account belongs to."""

    organization_id: UUID
    name: str
    is_invented: bool
    roles: tuple[str, ...]
    is_current: bool


@dataclass(frozen=True)
class SessionCard:
    """A session of one's own account: since which day, how it was signed in; no place and no device."""

    handle: str
    since: date | None
    kind: str
    is_this: bool


@dataclass(frozen=True)
class ActCard:
    """One recorded act: who, what, on which day; never a value."""

    day: date
    who: str
    what: str
    thing: str


@dataclass(frozen=True)
class LogCard:
    """The log of acts as a whole: the head of the week and whether it left by mail, and the last check.

    `broken` says in words what was found; it is empty where the log was whole.
    """

    head: str
    head_on: date | None
    is_sent: bool
    has_address: bool
    checked_on: date | None
    broken: str


def member_card(member: Membership, you: UUID | None) -> MemberCard:
    """A member read by `members_with_second_step`, for the account `you`."""
    return MemberCard(
        id=member.pk, name=str(member.account), email=member.account.email, roles=names_of(member.roles),
        has_second_step=member.has_second_step, is_you=member.account_id == you)


def invitation_card(invitation: Invitation) -> InvitationCard:
    """An open invitation for a page."""
    return InvitationCard(invitation.pk, invitation.label, names_of(invitation.roles), invitation.expires_on)


def role_cards(chosen: list[str]) -> list[RoleCard]:
    """Every role, with what was chosen."""
    return [
        RoleCard(str(role), words.name, words.can, words.cannot, str(role) in chosen)
        for role, words in WORDS.items()
    ]


def place_card(membership: Membership, current: UUID | None) -> PlaceCard:
    """One's own place in an organization."""
    return PlaceCard(
        organization_id=membership.organization_id, name=membership.organization.name,
        is_invented=membership.organization.is_invented, roles=names_of(membership.roles),
        is_current=membership.organization_id == current)


def session_card(handle: str, held: dict, this: str) -> SessionCard:
    """`held` is what the session holds, `this` the handle of the session that looks."""
    at = held.get(SIGNED_IN_AT)
    since = datetime.fromtimestamp(at, timezone.get_current_timezone()).date() if at else None
    return SessionCard(handle, since, _kind_of(held), handle == this)


def _kind_of(held: dict) -> str:
    shown = held.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    if any(one.get("passwordless") for one in shown):
        return _("with a passkey")
    ways = {one.get("type") for one in shown if one.get("method") == "mfa"}
    if "webauthn" in ways:
        return _("with password and passkey")
    if ways & {"totp", "recovery_codes"}:
        return _("with password and code")
    return _("with a password")


def log_card(state: State, keeper: HeadKeeper | None) -> LogCard:
    """The log of an organization and, where somebody is sent its heads, their keeper."""
    return LogCard(
        head=str(state.head or ""), head_on=state.head_on, checked_on=state.checked_on, has_address=keeper is not None,
        is_sent=keeper is not None and keeper.sent_on is not None and keeper.sent_on == state.head_on,
        broken=words_for_break(state.broken) if state.broken else "")


def act_card(entry, names: dict[UUID, str]) -> ActCard:
    """`names` is account id -> name; who has left is shown by the beginning of their number."""
    left = f"#{str(entry.account_id)[:8]}" if entry.account_id else _("nobody: it was due")
    who = names.get(entry.account_id, left)
    return ActCard(day=entry.at.date(), who=who, what=words_for(entry.act), thing=entry.thing_id[:8])
