"""The door of this room: everything that other rooms may use."""

from alongside.frameworks.instruments import FORMS, Instrument, Item, Page, fingerprint, instrument
from alongside.frameworks.loading import load
from alongside.frameworks.reading import can_measure, hardness
from alongside.frameworks.reads import available, framework, refused
from alongside.frameworks.rules.catalog import RULES
from alongside.frameworks.shapes import (
    VOICES,
    ByLanguage,
    Domain,
    Fixed,
    Framework,
    FrameworkRefused,
    FrameworkUnknown,
    Lines,
    Practice,
    Problem,
    Review,
    Text,
)
from alongside.frameworks.words import (
    DEFAULT_WORDS,
    Words,
    domain_shorts,
    domain_titles,
    fill,
    fill_lines,
    fill_text,
    practice_titles,
    words_in,
)

__all__ = [
    "DEFAULT_WORDS",
    "FORMS",
    "RULES",
    "VOICES",
    "ByLanguage",
    "Domain",
    "Fixed",
    "Framework",
    "FrameworkRefused",
    "FrameworkUnknown",
    "Instrument",
    "Item",
    "Lines",
    "Page",
    "Practice",
    "Problem",
    "Review",
    "Text",
    "Words",
    "available",
    "can_measure",
    "domain_shorts",
    "domain_titles",
    "fill",
    "fill_lines",
    "fill_text",
    "fingerprint",
    "framework",
    "hardness",
    "instrument",
    "load",
    "practice_titles",
    "refused",
    "words_in",
]
