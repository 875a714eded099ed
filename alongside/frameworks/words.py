"""Fills the organization's own word for "survivor" into texts that leave room for it.

The word is plain text from a person: it is put in as it is, once, and never read as a pattern or placeholder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from alongside.frameworks.shapes import ByLanguage, Fixed, Framework, Lines, Text

Words = Mapping[str, Mapping[str, str]]  # language -> {"survivor": ..., "survivors": ...}

DEFAULT_WORDS: Words = ByLanguage(
    {
        "en": Fixed({"survivor": "survivor", "survivors": "survivors"}),
        "es": Fixed({"survivor": "persona sobreviviente", "survivors": "personas sobrevivientes"}),
    }
)

_PLACEHOLDER = re.compile(r"\{([Ss])urvivor(s?)\}")


def fill(text: str, words: Mapping[str, str]) -> str:
    """The text with `words["survivor"]` and `words["survivors"]` in their places, capitalized where asked."""

    def chosen(place: re.Match[str]) -> str:
        word = words[f"survivor{place[2]}"]
        return word[:1].upper() + word[1:] if place[1] == "S" else word

    return _PLACEHOLDER.sub(chosen, text)


def words_in(words: Words, language: str) -> Mapping[str, str]:
    """The words for one language: the organization's, else the usual ones, else the usual English ones."""
    for offered in (words, DEFAULT_WORDS):
        for wanted in (language, language.split("-")[0]):
            if wanted in offered:
                return offered[wanted]
    return DEFAULT_WORDS["en"]


def fill_text(text: Text, words: Words) -> Text:
    """A text filled in every language that it has."""
    return ByLanguage({language: fill(said, words_in(words, language)) for language, said in text.items()})


def fill_lines(lines: Lines, words: Words) -> Lines:
    """Lists of texts (levels, evidence, scales) filled in every language that they have."""
    return ByLanguage(
        {
            language: tuple(fill(line, words_in(words, language)) for line in said)
            for language, said in lines.items()
        }
    )


def domain_titles(framework: Framework, words: Words) -> dict[str, Text]:
    """Domain id -> title in the organization's words, in the framework's order."""
    return {domain.id: fill_text(domain.title, words) for domain in framework.domains}


def domain_shorts(framework: Framework, words: Words) -> dict[str, Text]:
    """Domain id -> short title (at most 24 characters with the usual words), for charts."""
    return {domain.id: fill_text(domain.short, words) for domain in framework.domains}


def practice_titles(framework: Framework, words: Words) -> dict[str, Text]:
    """Practice id -> title in the organization's words, in the framework's order."""
    return {practice.id: fill_text(practice.title, words) for practice in framework.practices}
