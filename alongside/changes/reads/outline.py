"""Titles of domains and practices of a cycle's framework, in the organization's words."""

from dataclasses import dataclass

from django.conf import settings

from alongside.frameworks.api import (
    FrameworkRefused,
    FrameworkUnknown,
    domain_titles,
    framework,
    practice_titles,
)
from alongside.listening.api import Cycle


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
