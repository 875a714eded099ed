"""The organizations room's names for the other rooms."""

from .models import Organization, Owned, SupportContact, Unit
from .reads import contacts_of, languages_of, organization_of, support_contacts, units_of
from .writes import add_contact, add_unit, found_organization

__all__ = [
    "Organization", "Owned", "SupportContact", "Unit", "add_contact", "add_unit", "contacts_of",
    "found_organization", "languages_of", "organization_of", "support_contacts", "units_of",
]
