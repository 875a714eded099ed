"""The organizations room's names for the other rooms."""

from .forms import ContactForm, OrganizationForm
from .models import Organization, Owned, SupportContact, Unit
from .reads import (
    any_organization_exists,
    contacts_of,
    languages_of,
    organization_of,
    support_contacts,
    units_of,
)
from .rules import needs_checking
from .writes import add_contact, add_unit, found_organization

__all__ = [
    "ContactForm", "Organization", "OrganizationForm", "Owned", "SupportContact", "Unit", "add_contact",
    "add_unit", "any_organization_exists", "contacts_of", "found_organization", "languages_of",
    "needs_checking", "organization_of", "support_contacts", "units_of",
]
