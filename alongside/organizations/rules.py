"""Decisions about the organization, without database, request or clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

CHECK_AGAIN_AFTER = timedelta(days=180)
LEAST_FOR_SCORES = 5
LEAST_FOR_COMMENTS = 10
MOST = 100
TELL_WITHIN = timedelta(days=14)


class HoldLifted(Exception):
    """A hold that was lifted is over. The message is fit for the person."""


class CannotLoosen(Exception):
    """A threshold would go down. The message is fit for the person."""


class NameTaken(Exception):
    """Two units of an organization would share a name. The message is fit for the person."""


class UnderHold(Exception):
    """A legal hold stops deleting. The message is fit for the person."""


class UnitInUse(Exception):
    """A unit that a round asks can't go. The message is fit for the person."""


@dataclass(frozen=True)
class HeldBack:
    """What legal holds cover now: whole organizations, and single cycles; ids."""

    organizations: frozenset[UUID] = frozenset()
    cycles: frozenset[UUID] = frozenset()

    def covers(self, organization_id: UUID, cycle_id: UUID | None = None) -> bool:
        """Whether something of this organization (and this cycle) must not be deleted."""
        return organization_id in self.organizations or cycle_id in self.cycles

    def touches(self, organization_id: UUID, cycles: Collection[UUID]) -> bool:
        """Whether deleting the organization with these cycles of its would delete something that is covered."""
        return self.covers(organization_id) or bool(self.cycles & set(cycles))


def ensure_free(held: HeldBack, organization_id: UUID, cycle_id: UUID | None = None) -> None:
    """Raise `UnderHold` where a legal hold covers this."""
    if held.covers(organization_id, cycle_id):
        raise UnderHold(_("A legal hold stops deleting. See “What we hold”: it says since when and what it covers."))


def tell_by(since: date) -> date:
    """The day by which people are told that deleting was stopped."""
    return since + TELL_WITHIN


def needs_checking(last_checked: date | None, today: date) -> bool:
    """Whether somebody should call and see that a support contact still answers."""
    return last_checked is None or today - last_checked > CHECK_AGAIN_AFTER


def ensure_not_loosened(*, scores: tuple[int, int], comments: tuple[int, int]) -> None:
    """Each pair is (what holds now, what is asked for), in people. Raises `CannotLoosen`.

    Thresholds only go up: people who answered were promised at least what held when they were asked.
    """
    for (now, asked), least in ((scores, LEAST_FOR_SCORES), (comments, LEAST_FOR_COMMENTS)):
        if asked < max(now, least):
            raise CannotLoosen(
                _("This number can be raised, never lowered. It is %(now)d now.") % {"now": max(now, least)})
