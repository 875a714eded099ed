"""What the pages of this room receive: plain facts, no models."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from .models import Organization, SupportContact, Unit
from .rules import needs_checking


@dataclass(frozen=True)
class OrganizationCard:
    """The organization itself. `words` is language name -> (one, many)."""

    name: str
    words: tuple[tuple[str, str, str], ...]
    languages: tuple[str, ...]
    k_scores: int
    k_comments: int


@dataclass(frozen=True)
class UnitCard:
    """A unit."""

    id: UUID
    name: str


@dataclass(frozen=True)
class ContactCard:
    """A support contact; `check_again` where nobody looked for long."""

    id: UUID
    name: str
    reach: str
    languages: str
    hours: str
    may_be_told: str
    last_checked: date | None
    check_again: bool


def organization_card(organization: Organization, names: dict[str, str]) -> OrganizationCard:
    """`names` is language code -> the language's name."""
    words = tuple(
        (names.get(code, code), word.get("survivor", ""), word.get("survivors", ""))
        for code, word in organization.words.items()
    )
    return OrganizationCard(
        name=organization.name, words=words,
        k_scores=organization.k_scores, k_comments=organization.k_comments,
        languages=tuple(names.get(code, code) for code in organization.languages),
    )


def unit_card(unit: Unit) -> UnitCard:
    """A unit for a page."""
    return UnitCard(unit.pk, unit.name)


def contact_card(contact: SupportContact, today: date) -> ContactCard:
    """A support contact for a page."""
    return ContactCard(
        id=contact.pk, name=contact.name, reach=contact.reach, languages=contact.languages,
        hours=contact.hours, may_be_told=contact.may_be_told, last_checked=contact.last_checked,
        check_again=needs_checking(contact.last_checked, today),
    )
