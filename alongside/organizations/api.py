"""The organizations room's names for the other rooms."""

from .forms import ContactForm, OrganizationForm
from .models import HoldKind, LegalHold, Organization, Owned, SupportContact, Unit
from .reads import (
    any_organization_exists,
    contacts_of,
    ensure_not_held,
    held_back,
    holds_of,
    languages_of,
    organization_of,
    standing_holds,
    support_contacts,
    units_by_name,
    units_of,
)
from .rules import HeldBack, HoldLifted, UnderHold, needs_checking
from .writes import add_contact, add_unit, found_organization, lift_hold, mark_told, put_hold

__all__ = [
    "ContactForm", "HeldBack", "HoldKind", "HoldLifted", "LegalHold", "Organization", "OrganizationForm", "Owned",
    "SupportContact", "UnderHold", "Unit", "add_contact", "add_unit", "any_organization_exists", "contacts_of",
    "ensure_not_held", "found_organization", "held_back", "holds_of", "languages_of", "lift_hold", "mark_told",
    "needs_checking", "organization_of", "put_hold", "standing_holds", "support_contacts", "units_by_name", "units_of",
]
