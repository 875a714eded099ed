"""Titles of domains and practices of a cycle's framework, in the organization's words."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language

from alongside.access.api import Actor
from alongside.frameworks.api import (
    FrameworkRefused,
    FrameworkUnknown,
    domain_titles,
    fill,
    framework,
    practice_titles,
    words_in,
)
from alongside.listening.api import Cycle
from alongside.organizations.api import organization_of


@dataclass(frozen=True)
class Outline:
    """Domains and practices in the framework's order: id -> title. Empty where its files are gone."""

    domains: dict[str, str]
    practices: dict[str, str]
    domain_of: dict[str, str]

    def title(self, domain_id: str, practice_id: str) -> str:
        """The practice, else the domain, else what was stored."""
        return self.practices.get(practice_id) or self.domains.get(domain_id) or practice_id or domain_id


def outline_of(cycle: Cycle, language: str) -> Outline:
    """The titles to choose from and to show, in `language` where the framework has it."""
    try:
        found = framework(cycle.framework_key, settings.DATA_DIR / "frameworks")
    except (FrameworkUnknown, FrameworkRefused):
        return Outline({}, {}, {})
    words = cycle.organization.words
    return Outline(
        domains={key: title.in_(language) for key, title in domain_titles(found, words).items()},
        practices={key: title.in_(language) for key, title in practice_titles(found, words).items()},
        domain_of={practice.id: practice.domain_id for practice in found.practices},
    )


def in_own_words(actor: Actor, said: str) -> str:
    """A text of the screen with the organization's word for survivors in the place of `{survivors}`."""
    return fill(said, words_in(organization_of(actor).words, get_language() or "en"))
