"""Removing a whole organization: every row, its log, its keys. For the keeper of the server, who reads none of it."""

from django.db import transaction
from django.db.models import Q

from alongside.access.api import Actor
from alongside.audit.api import forget_log, record, thing_of
from alongside.listening.api import Cycle, Round
from alongside.organizations.api import Organization, UnderHold, held_back
from alongside.people.api import Account, Membership
from alongside.privacy.api import destroy_holding_keys, destroy_keys

from .commands.outcome import CannotDo
from .overwriting import overwrite_deleted


def organization_called(text: str) -> Organization:
    """The organization with this very name. Raises `CannotDo`."""
    found = [one for one in Organization.objects.all() if one.name == text]
    if len(found) != 1:
        raise CannotDo(f"There is no organization {text!r}." if not found else
                       f"More than one organization is called {text!r}. Give one of them another name first.")
    return found[0]


def remove_organization(organization: Organization) -> None:
    """Delete all of it, destroy its keys, and overwrite what was deleted. Raises `UnderHold`.

    Accounts that belong nowhere else go with it. The log of the installation keeps that it was removed.
    """
    rounds = list(Round.objects.filter(organization=organization).values_list("pk", flat=True))
    _delete(organization)
    for round_id in rounds:
        destroy_holding_keys(round_id)
    overwrite_deleted()


@transaction.atomic
def _delete(organization: Organization) -> None:
    cycles = Cycle.objects.filter(organization=organization)
    if held_back().touches(organization.pk, cycles.values_list("pk", flat=True)):
        raise UnderHold("A legal hold of this organization stops deleting. Its director or coordinator can lift it.")
    gone = thing_of(organization)
    members = Membership.objects.filter(organization=organization).values("account")
    elsewhere = Membership.objects.filter(~Q(organization=organization)).values("account")
    Account.objects.filter(pk__in=members).exclude(pk__in=elsewhere).delete()
    cycles.delete()  # before its units, which a round protects
    Organization.objects.filter(pk=organization.pk).delete()
    destroy_keys(organization.pk)
    forget_log(organization.pk)
    record(Actor(), "organization.removed", gone)
