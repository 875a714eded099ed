"""The instrument: exactly what one voice is asked, frozen when a round opens.

Answers are read against this snapshot and not against the framework, so a later version of the files cannot
change what somebody was asked.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import dataclass
from typing import Any, Self

from alongside.frameworks.shapes import VOICES, ByLanguage, Domain, Framework, Lines, Text
from alongside.frameworks.words import DEFAULT_WORDS, Words, fill_lines, fill_text

FORMS = ("full", "short")

Plain = dict[str, Any]  # what JSON can hold


@dataclass(frozen=True, slots=True)
class Item:
    """One statement to rate; `id` is its practice's, `fingerprint` (16 hex) stays while its wording does."""

    id: str
    text: Text
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Page:
    """The items of one domain, with what is said before them (`note`) and asked after them (`comment`)."""

    domain_id: str
    title: Text
    note: Text
    comment: Text
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Instrument:
    """What is asked of one voice in one form; `scale` has five words a language, `minutes` is whole."""

    framework_key: str
    voice: str
    form: str
    languages: tuple[str, ...]
    minutes: int
    scale: Lines
    pages: tuple[Page, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in the order asked."""
        return tuple(item for page in self.pages for item in page.items)

    @property
    def digest(self) -> str:
        """sha256 (64 hex) of everything in it: two instruments ask the same if these are the same."""
        return hashlib.sha256(_canonical(self.to_plain())).hexdigest()

    def to_plain(self) -> Plain:
        """As lists, dicts, text and numbers that JSON can keep."""
        return {
            "framework_key": self.framework_key,
            "voice": self.voice,
            "form": self.form,
            "languages": list(self.languages),
            "minutes": self.minutes,
            "scale": {language: list(words) for language, words in self.scale.items()},
            "pages": [_page_to_plain(page) for page in self.pages],
        }

    @classmethod
    def from_plain(cls, plain: Plain) -> Self:
        """The instrument that `to_plain` was made from; KeyError where a part is missing."""
        languages = tuple(plain["languages"])
        return cls(
            framework_key=plain["framework_key"],
            voice=plain["voice"],
            form=plain["form"],
            languages=languages,
            minutes=plain["minutes"],
            scale=ByLanguage({language: tuple(plain["scale"][language]) for language in languages}),
            pages=tuple(_page_from_plain(page, languages) for page in plain["pages"]),
        )


def instrument(
    framework: Framework, voice: str, form: str = "full", words: Words = DEFAULT_WORDS
) -> Instrument:
    """What `voice` is asked, in the organization's words; ValueError for a voice or form that there is not.

    The short form takes its share of the full form's minutes, at least one.
    """
    if voice not in VOICES or form not in FORMS:
        raise ValueError(f"no instrument for voice {voice!r} in form {form!r}")
    pages = _pages(framework, voice, form, words)
    full = sum(voice in practice.voices for practice in framework.practices)
    asked = sum(len(page.items) for page in pages)
    return Instrument(
        framework_key=framework.key,
        voice=voice,
        form=form,
        languages=framework.languages,
        minutes=max(1, math.ceil(framework.minutes[voice] * asked / full)) if full else 1,
        scale=fill_lines(framework.scales[voice], words),
        pages=pages,
    )


def fingerprint(raw: Text) -> str:
    """16 hex of an item's wording in all its languages, before any word is filled in.

    A trend line may join two rounds only where this is the same. Adding a language changes it too.
    """
    return hashlib.sha256(_canonical(dict(raw))).hexdigest()[:16]


def _pages(framework: Framework, voice: str, form: str, words: Words) -> tuple[Page, ...]:
    """A page for each domain that asks this voice anything."""
    chosen = framework.short_form if form == "short" else tuple(one.id for one in framework.practices)
    pages = (_page(domain, voice, chosen, words) for domain in framework.domains)
    return tuple(page for page in pages if page is not None)


def _page(domain: Domain, voice: str, chosen: tuple[str, ...], words: Words) -> Page | None:
    asked = [practice for practice in domain.practices if voice in practice.voices and practice.id in chosen]
    if not asked:
        return None
    return Page(
        domain_id=domain.id,
        title=fill_text(domain.heading.get(voice, domain.title), words),
        note=fill_text(domain.note[voice], words),
        comment=fill_text(domain.comment, words),
        items=tuple(
            Item(one.id, fill_text(one.items[voice], words), fingerprint(one.items[voice])) for one in asked
        ),
    )


def _page_to_plain(page: Page) -> Plain:
    return {
        "domain_id": page.domain_id,
        "title": dict(page.title),
        "note": dict(page.note),
        "comment": dict(page.comment),
        "items": [
            {"id": item.id, "text": dict(item.text), "fingerprint": item.fingerprint} for item in page.items
        ],
    }


def _page_from_plain(plain: Plain, languages: tuple[str, ...]) -> Page:
    def text(held: Plain) -> Text:
        # A database may hand the languages back in another order; the first one is the one to fall back on.
        return ByLanguage({language: held[language] for language in languages})

    return Page(
        domain_id=plain["domain_id"],
        title=text(plain["title"]),
        note=text(plain["note"]),
        comment=text(plain["comment"]),
        items=tuple(Item(one["id"], text(one["text"]), one["fingerprint"]) for one in plain["items"]),
    )


def _canonical(plain: object) -> bytes:
    """One way only to write it down, whatever the order of keys."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
