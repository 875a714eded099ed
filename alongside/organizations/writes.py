"""Changing the organization and what belongs to it."""

from datetime import date

from django.db import transaction

from alongside.access.api import Actor, Permission
from alongside.audit.api import record

from .models import Organization, SupportContact, Unit


def found_organization(*, name: str, words: dict, languages: list[str], is_invented: bool = False) -> Organization:
    """A new organization. The caller (setup, sample, command line) has decided that it may exist."""
    return Organization.objects.create(name=name, words=words, languages=languages, is_invented=is_invented)


@transaction.atomic
def change_organization(actor: Actor, organization: Organization, *, name: str, words: dict,
                        languages: list[str]) -> None:
    """Change what the organization is called, the words and the languages it uses."""
    actor.must(Permission.ORGANIZATION_EDIT, organization)
    organization.name, organization.words, organization.languages = name, words, languages
    organization.save(update_fields=["name", "words", "languages"])
    record(actor, "organization.changed", organization)


@transaction.atomic
def add_unit(actor: Actor, *, name: str) -> Unit:
    """A new unit of the actor's organization."""
    actor.must(Permission.ORGANIZATION_EDIT)
    unit = Unit.objects.create(organization_id=actor.organization_id, name=name)
    record(actor, "unit.added", unit)
    return unit


@transaction.atomic
def remove_unit(actor: Actor, unit: Unit) -> None:
    """Remove a unit that no round asks. Raises `ProtectedError` where one does."""
    actor.must(Permission.ORGANIZATION_EDIT, unit)
    record(actor, "unit.removed", unit)
    unit.delete()


@transaction.atomic
def add_contact(actor: Actor, *, name: str, reach: str, languages: str = "", hours: str = "",
                may_be_told: str = "", last_checked: date | None = None) -> SupportContact:
    """A new support contact, at the end of the list."""
    actor.must(Permission.ORGANIZATION_EDIT)
    place = SupportContact.objects.filter(organization_id=actor.organization_id).count()
    contact = SupportContact.objects.create(
        organization_id=actor.organization_id, name=name, reach=reach, languages=languages, hours=hours,
        may_be_told=may_be_told, last_checked=last_checked, place=place,
    )
    record(actor, "contact.added", contact)
    return contact


@transaction.atomic
def change_contact(actor: Actor, contact: SupportContact, **facts) -> None:
    """Change facts of a contact (the field names of `SupportContact`)."""
    actor.must(Permission.ORGANIZATION_EDIT, contact)
    for field, value in facts.items():
        setattr(contact, field, value)
    contact.save(update_fields=list(facts))
    record(actor, "contact.changed", contact)


@transaction.atomic
def remove_contact(actor: Actor, contact: SupportContact) -> None:
    """Remove a contact from every page where people answer, at once."""
    actor.must(Permission.ORGANIZATION_EDIT, contact)
    record(actor, "contact.removed", contact)
    contact.delete()
