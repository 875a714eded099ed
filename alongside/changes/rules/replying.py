"""What a reply says under which heading, and what it still needs. Pure."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from .refusals import LooksLikeAQuote, NotAnsweredYet, ReplyIncomplete

# Two or more words between quotation marks; single marks are left alone, since apostrophes look the same.
_QUOTED = re.compile(r"“([^”]+)”|«([^»]+)»|„([^“”]+)[“”]|\"([^\"]+)\"")
FEWEST_WORDS_OF_A_QUOTE = 3


class Heading(StrEnum):
    """What the organization answers."""

    DID = "did"
    WILL = "will"
    LATER = "later"
    CANT = "cant"


@dataclass(frozen=True)
class Line:
    """One finding in one language."""

    finding_id: str
    said: str
    answer: str
    heading: Heading = Heading.WILL

    @property
    def is_complete(self) -> bool:
        return bool(self.said.strip() and self.answer.strip())

    @property
    def heading_words(self) -> str:
        """The heading, in the language that is being drawn."""
        return {
            Heading.DID: _("We did"), Heading.WILL: _("We will"),
            Heading.LATER: _("Later, because"), Heading.CANT: _("We can't, because"),
        }[self.heading]


@dataclass(frozen=True)
class Text:
    """The reply in one language."""

    language: str
    opening: str = ""
    closing: str = ""
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Gap:
    """What one language lacks; `findings` are the numbers (from 1) of those not answered."""

    language: str
    opening: bool
    closing: bool
    findings: tuple[int, ...]


def heading_of(choice: str, states: Collection[str]) -> Heading:
    """The heading that a decision and the states of its actions have earned, not one that somebody picks.

    "We did" needs everything ended and something done; what was dropped altogether is a "we can't".
    """
    if choice != "do":
        return Heading.LATER if choice == "later" else Heading.CANT
    if not states or "promised" in states:
        return Heading.WILL
    return Heading.DID if "done" in states else Heading.CANT


def gaps(texts: Iterable[Text]) -> tuple[Gap, ...]:
    """One gap for each language that lacks something."""
    found = (
        Gap(
            text.language, not text.opening.strip(), not text.closing.strip(),
            tuple(number for number, line in enumerate(text.lines, start=1) if not line.is_complete),
        )
        for text in texts
    )
    return tuple(gap for gap in found if gap.opening or gap.closing or gap.findings)


def quotes_in(words: str) -> tuple[str, ...]:
    """Stretches between quotation marks that are long enough to be somebody's own words."""
    found = ("".join(groups) for groups in _QUOTED.findall(words))
    return tuple(part for part in found if len(part.split()) >= FEWEST_WORDS_OF_A_QUOTE)


def quotes(texts: Iterable[Text]) -> tuple[str, ...]:
    """Everything in the reply that looks like a quote."""
    return tuple(quote for text in texts for words in words_of(text) for quote in quotes_in(words))


def words_of(text: Text) -> tuple[str, ...]:
    """Everything that is written in one language, in the order in which it is read."""
    lines = (words for line in text.lines for words in (line.said, line.answer))
    return (text.opening, *lines, text.closing)


def ensure_publishable(texts: tuple[Text, ...], undecided: int, own_words: bool) -> None:
    """Raise unless every finding is decided, every language complete, and what looks like a quote was looked
    at."""
    if undecided:
        raise ReplyIncomplete(_("Decide on every finding first: people are told about each of them."))
    if not texts or gaps(texts):
        raise ReplyIncomplete(_("The reply is not complete in every language yet."))
    if quotes(texts) and not own_words:
        raise LooksLikeAQuote(_(
            "Something looks like a quote. Somebody could be recognized by it: put it in your own words."))


def ensure_answered(languages: Collection[str], published_in: Collection[str]) -> None:
    """Raise `NotAnsweredYet` unless the reply is published in every one of the organization's languages."""
    if not published_in or set(languages) - set(published_in):
        raise NotAnsweredYet(_(
            "People have no reply in every language yet, so the cycle cannot be finished."))


def to_plain(texts: Iterable[Text]) -> dict:
    """The published form: {"languages": [...], "texts": {language: {"opening", "closing", "lines":
    [...]}}}."""
    texts = tuple(texts)
    return {
        "languages": [text.language for text in texts],
        "texts": {text.language: {
            "opening": text.opening.strip(), "closing": text.closing.strip(),
            "lines": [
                {"heading": str(line.heading), "said": line.said.strip(), "answer": line.answer.strip()}
                for line in text.lines
            ],
        } for text in texts},
    }


def from_plain(plain: dict, language: str) -> Text:
    """The published reply in one of its languages."""
    text = plain["texts"][language]
    lines = tuple(Line("", one["said"], one["answer"], Heading(one["heading"])) for one in text["lines"])
    return Text(language, text["opening"], text["closing"], lines)
