"""Looking at the organization and what belongs to it."""

from uuid import UUID

from django.db.models import QuerySet

from alongside.access.api import Actor

from .models import LegalHold, Organization, SupportContact, Unit
from .rules import HeldBack, ensure_free


def organization_of(actor: Actor) -> Organization:
    """The organization this actor acts for."""
    return Organization.objects.get(pk=actor.organization_id)


def units_of(actor: Actor) -> QuerySet[Unit]:
    """The units of this actor's organization, in no order: their names are sealed."""
    return Unit.objects.filter(organization_id=actor.organization_id)


def units_by_name(actor: Actor) -> list[Unit]:
    """The units of this actor's organization, by name."""
    return sorted(units_of(actor), key=lambda unit: unit.name)


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


def holds_of(actor: Actor) -> QuerySet[LegalHold]:
    """Every legal hold of this actor's organization, also those that were lifted; the newest first."""
    return LegalHold.objects.filter(organization_id=actor.organization_id)


def standing_holds(organization_id: UUID, cycle_id: UUID | None = None) -> list[LegalHold]:
    """The holds that cover this cycle now (None: those that cover everything)."""
    standing = LegalHold.objects.filter(organization_id=organization_id, lifted_on=None)
    return [hold for hold in standing if hold.cycle_id in (None, cycle_id)]


def held_back() -> HeldBack:
    """What must not be deleted now, in every organization. For the purge, which asks before anything else."""
    standing = list(LegalHold.objects.filter(lifted_on=None).values_list("organization_id", "cycle_id"))
    return HeldBack(
        organizations=frozenset(whose for whose, cycle in standing if cycle is None),
        cycles=frozenset(cycle for _whose, cycle in standing if cycle is not None))


def ensure_not_held(organization_id: UUID, cycle_id: UUID | None = None) -> None:
    """Raise `UnderHold` where a legal hold covers this cycle, or everything. Every act that deletes asks this."""
    ensure_free(held_back(), organization_id, cycle_id)
