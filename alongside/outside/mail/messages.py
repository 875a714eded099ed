"""The exact words of a message, in every language of the organization, one after the other.

A list does not say who reads which language, and must not. Neither topic nor organization is named.
"""

from dataclasses import dataclass
from datetime import date

from django.template.loader import render_to_string
from django.utils.translation import override

BETWEEN = "\n\n* * *\n\n"


@dataclass(frozen=True)
class Message:
    """What everybody gets."""

    subject: str
    body: str


@dataclass(frozen=True)
class Asked:
    """The facts a message is made of. `address` is the full one that people type."""

    address: str
    minutes: int
    needs_code: bool
    until: date


def message(kind: str, asked: Asked, languages: list[str]) -> Message:
    """The message of a kind, in all `languages`."""
    subjects = [_drawn("mail/subject.txt", kind, asked, language) for language in languages]
    bodies = [_drawn("mail/body.txt", kind, asked, language) for language in languages]
    return Message(" · ".join(dict.fromkeys(subjects)), BETWEEN.join(dict.fromkeys(bodies)) + "\n")


def _drawn(template: str, kind: str, asked: Asked, language: str) -> str:
    with override(language):
        text = render_to_string(template, {"kind": str(kind), "asked": asked})
    lines = (line.strip() for line in text.strip().splitlines())
    return "\n".join(lines)
