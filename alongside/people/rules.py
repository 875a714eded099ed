"""Decisions about people and links, without database, request or clock."""

from collections.abc import Collection
from datetime import date, timedelta

from django.utils.translation import gettext as _

from alongside.access.api import GRANTS, Permission, Role

LINK_DAYS = 7


class PeopleRefusal(Exception):
    """Something that can't be done with people or links. The message is fit for the person."""


class CannotGrant(PeopleRefusal):
    """These roles are not this person's to give."""


class LastCoordinator(PeopleRefusal):
    """Without a coordinator nobody could close a round or answer people."""


class LinkGone(PeopleRefusal):
    """A link was used, is too old, or never was."""


class CannotJoin(PeopleRefusal):
    """This account can't join, or no account can be made with this address."""


class CannotHelp(PeopleRefusal):
    """This colleague's sign-in is not this person's to reset."""


def last_day(today: date) -> date:
    """The last day on which a link made today works."""
    return today + timedelta(days=LINK_DAYS)


def still_works(expires_on: date, today: date) -> bool:
    """A link works through its last day."""
    return today <= expires_on


def ensure_grantable(held: Collection[Role], asked: Collection[Role], now: Collection[Role] = (), *,
                     to_themselves: bool = False) -> None:
    """Whether somebody who holds `held` may change roles from `now` to `asked`. Raises `CannotGrant`.

    Whoever may invite may give any role of the organization, also one they don't hold: a coordinator invites
    the director. Two limits: nobody gives a role to themselves (somebody else who may invite does it, so that
    two people know); and the care of the server reaches beyond one organization, so only a server keeper
    gives it.
    """
    if not asked:
        raise CannotGrant(_("Choose at least one role."))
    added = set(asked) - set(now)
    if added and to_themselves:
        raise CannotGrant(_("Nobody gives a role to themselves. Ask a colleague who may invite people."))
    if any(Permission.SERVER_CARE in GRANTS[role] for role in added) and not _cares(held):
        raise CannotGrant(_("Only a server keeper can make somebody a server keeper."))


def ensure_coordinated(coordinators_left: int) -> None:
    """Raises `LastCoordinator` where a change would leave the organization without one."""
    if coordinators_left < 1:
        raise LastCoordinator(_("There must be a coordinator. Make somebody else coordinator first."))


def ensure_helpable(held: Collection[Role], theirs: Collection[Role], *, belongs_elsewhere: bool,
                    is_themselves: bool) -> None:
    """Whether somebody may hand a colleague a new sign-in. Raises `CannotHelp`.

    A new sign-in opens everything the colleague may see. So it stops at the organization's wall, and at the
    server keeper, who can be helped by another server keeper or at the server itself.
    """
    if is_themselves:
        raise CannotHelp(_("For your own sign-in, use “Your account”."))
    if belongs_elsewhere:
        raise CannotHelp(_(
            "This colleague also works for another organization. Ask the person who runs the server."))
    if _cares(theirs) and not _cares(held):
        raise CannotHelp(_("Only a server keeper can help a server keeper to sign in again."))


def _cares(roles: Collection[Role]) -> bool:
    return any(Permission.SERVER_CARE in GRANTS[role] for role in roles)
