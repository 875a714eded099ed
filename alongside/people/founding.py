"""Founding the organization and its first account, whole or not at all; and the sample beside it."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission, Role, rows_of_all
from alongside.audit.api import record
from alongside.organizations.api import Organization, add_contact, any_organization_exists, found_organization

from . import setup_code
from .models import Account, Membership
from .rules import PeopleRefusal
from .writes import add_member

FIRST_ROLES = (Role.COORDINATOR, Role.SERVER_ADMIN)


class AlreadyFounded(PeopleRefusal):
    """Somebody else was faster."""


@transaction.atomic
def found(*, organization: dict, contacts: list[dict], name: str, email: str, password: str) -> Account:
    """Found the organization: its facts, its support contacts, its first account. Raises `AlreadyFounded`.

    The setup code goes in the same act. Deleting its file decides between two browsers: the slower one finds
    no file and everything it wrote is undone.
    """
    if any_organization_exists():
        raise _too_late()
    founded = found_organization(**organization)
    account = add_member(founded, email, name, FIRST_ROLES, password)
    actor = Actor(account.pk, founded.pk, frozenset(FIRST_ROLES), str(account))
    record(actor, "organization.founded", founded)
    for contact in contacts:
        add_contact(actor, **contact)
    if not setup_code.spend():
        raise _too_late()
    return account


@transaction.atomic
def open_sample(actor: Actor, make_sample: Callable[[Actor], Organization]) -> Organization:
    """The invented organization that this account can look at; made at first use, found again after that."""
    actor.must(Permission.PEOPLE_INVITE)
    account = Account.objects.select_for_update().get(pk=actor.account_id)  # two presses make one sample
    with rows_of_all(because="the sample is an organization of its own, beside the actor's"):
        mine = Membership.objects.filter(account=account, organization__is_invented=True)
        if known := mine.select_related("organization").first():
            return known.organization
        sample = make_sample(actor)
        Membership.objects.get_or_create(
            organization=sample, account=account, defaults={"roles": [str(Role.COORDINATOR)]})
    record(actor, "sample.opened", sample)
    return sample


def _too_late() -> AlreadyFounded:
    return AlreadyFounded(_("This installation is set up already."))
