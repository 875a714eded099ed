"""How hard a text is to read, from counting words, sentences and syllables.

English: Flesch-Kincaid grade level (Kincaid et al. 1975). Spanish: Fernandez-Huerta reading ease (1959).
Syllables are counted as the places where pyphen would hyphenate, plus one. That is an estimate: a single
letter is never split off ("ayu-da" counts as two), so short vowels at the edge of a word go uncounted.
"""

from __future__ import annotations

import re
from functools import cache

import pyphen

HIGHEST_GRADE = 6.0  # school grade in the US, English
LOWEST_EASE = 70.0  # 0 (hard) to 100 (easy), Spanish; 70 to 80 is read in sixth grade

_WORD = re.compile(r"[^\W_]+(?:[-'’/.][^\W_]+)*")
_PART = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s\"'”’»)]|$)")
_DICTIONARIES = {"en": "en_US", "es": "es"}


def words(text: str) -> list[str]:
    """The words of a text; a compound with a hyphen ("day-to-day") is one word."""
    return _WORD.findall(text)


def sentences(text: str) -> int:
    """How many sentences; anything with a word in it is at least one."""
    return max(1, sum(1 for piece in _SENTENCE_END.split(text) if _WORD.search(piece)))


def syllables(word: str, language: str) -> int:
    """Syllables of one word, the parts of a compound added up; KeyError for a language without a formula."""
    hyphens = _hyphenation(_base(language))
    return sum(1 + len(hyphens.positions(part)) for part in _PART.findall(word)) or 1


def can_measure(language: str) -> bool:
    """Whether there is a formula for this language ("es-MX" is measured as "es")."""
    return _base(language) in _DICTIONARIES


def flesch_kincaid(text: str) -> float:
    """US school grade needed to read an English text; 0.0 for a text without words."""
    per_sentence, per_word = _ratios(text, "en")
    return 0.39 * per_sentence + 11.8 * per_word - 15.59 if per_word else 0.0


def fernandez_huerta(text: str) -> float:
    """Reading ease of a Spanish text, 100 is easy; 100.0 for a text without words."""
    per_sentence, per_word = _ratios(text, "es")
    return 206.84 - 60 * per_word - 1.02 * per_sentence if per_word else 100.0


def hardness(text: str, language: str) -> str | None:
    """Why a text is too hard to be read by everybody; None if it is not, or if no formula can tell."""
    base = _base(language)
    if base == "en" and (grade := flesch_kincaid(text)) > HIGHEST_GRADE:
        return f"Flesch-Kincaid grade {grade:.2f}, at most {HIGHEST_GRADE}"
    if base == "es" and (ease := fernandez_huerta(text)) < LOWEST_EASE:
        return f"Fernandez-Huerta ease {ease:.2f}, at least {LOWEST_EASE}"
    return None


def _base(language: str) -> str:
    return language.split("-")[0]


def _ratios(text: str, language: str) -> tuple[float, float]:
    """Words per sentence, syllables per word; (0, 0) without words."""
    found = words(text)
    if not found:
        return 0.0, 0.0
    return len(found) / sentences(text), sum(syllables(word, language) for word in found) / len(found)


@cache
def _hyphenation(base: str) -> pyphen.Pyphen:
    return pyphen.Pyphen(lang=_DICTIONARIES[base])
