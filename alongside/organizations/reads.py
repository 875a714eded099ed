"""Looking at the organization and what belongs to it."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.access.api import Actor

from .models import Organization, SupportContact, Unit


def organization_of(actor: Actor) -> Organization:
    """The organization this actor acts for."""
    return Organization.objects.get(pk=actor.organization_id)


def units_of(actor: Actor) -> QuerySet[Unit]:
    """The units of this actor's organization, by name."""
    return Unit.objects.filter(organization_id=actor.organization_id)


def contacts_of(actor: Actor) -> QuerySet[SupportContact]:
    """The support contacts that this actor's organization keeps, in their order."""
    return support_contacts(actor.organization_id)


def support_contacts(organization_id: UUID) -> QuerySet[SupportContact]:
    """The support contacts shown to people who answer this organization. They are public by purpose."""
    return SupportContact.objects.filter(organization_id=organization_id)


def languages_of(organization: Organization) -> list[str]:
    """Language codes in the organization's order; at least one."""
    return list(organization.languages) or ["en"]


def any_organization_exists() -> bool:
    """Whether the installation was set up. An invented sample does not count."""
    return Organization.objects.filter(is_invented=False).exists()
