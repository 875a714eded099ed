"""Whether each text is said as it should be: plain, respectful, safe to be seen with, answerable."""

from __future__ import annotations

from collections.abc import Iterator
from re import Pattern

from alongside.frameworks import reading
from alongside.frameworks.rules import lexicon
from alongside.frameworks.rules.sources import FRAMEWORK_FILE, Sources, Wording, wordings
from alongside.frameworks.shapes import Problem

# Counted as if this were filled in; a longer word of an organization's own choice is theirs to look at.
_USUAL = {"en": "survivors", "es": "personas sobrevivientes"}


def wording_problems(sources: Sources) -> Iterator[Problem]:
    """Every rule about words, on every text of every file."""
    for document in sources.documents():
        for wording in wordings(document):
            for rule in RULES:
                yield from rule(wording)
        for path in document.practices():
            origin = document.at(*path, "origin")
            if isinstance(origin, str):
                place = (*path, "origin")
                id = str(document.at(*path, "id"))
                yield from belittles_nobody(Wording(document, place, "origin", None, "en", id, origin))


def _words(wording: Wording) -> int:
    return len(reading.words(wording.text))


def _characters(wording: Wording) -> int:
    usual = _USUAL.get(lexicon.base(wording.language), _USUAL["en"])
    return len(lexicon.PLACEHOLDER.sub(usual, wording.text))


def _sentences(wording: Wording) -> int:
    return reading.sentences(wording.text)


# Of practices only the title is measured; notes and short titles are their domain's.
LENGTHS = (
    ("title", "title-too-long", "words", 14, _words),
    ("short", "short-too-long", "characters", 24, _characters),
    ("note", "note-too-long", "sentences", 2, _sentences),
)
LONGEST_CLIENT_ITEM = 20  # words


def clients_read(wording: Wording) -> bool:
    """Whether a client sees this text while answering; the comment's question is the same for every voice."""
    if wording.part == "comment":
        return True
    return wording.voice == "clients" and wording.part in {"items", "note", "heading", "scales"}


def placeholders_are_known(wording: Wording) -> Iterator[Problem]:
    """Only the word for "survivor" is filled in; any other brace would be shown as it is."""
    rest = lexicon.PLACEHOLDER.sub("", wording.text)
    for found in lexicon.BRACES.findall(rest):
        yield wording.problem("placeholder-unknown", f"{found[:30]!r} is not filled in by anything")


def survivor_is_a_placeholder(wording: Wording) -> Iterator[Problem]:
    """The organization chooses the word. What a framework says about itself keeps ours."""
    if wording.document.file == FRAMEWORK_FILE or wording.part == "review" or clients_read(wording):
        return
    if found := _first(lexicon.SURVIVOR, lexicon.PLACEHOLDER.sub("", wording.text)):
        yield wording.problem("survivor-written-out", f"write {found!r} as {{survivor}} or {{survivors}}")


def belittles_nobody(wording: Wording) -> Iterator[Problem]:
    """No text makes a person a victim, a case, a subject, or somebody to be rescued."""
    pattern = lexicon.BELITTLES.get(lexicon.base(wording.language))
    if pattern and (found := _first(pattern, wording.text)):
        yield wording.problem("word-refused", f"{found!r} is no word for people")


def clients_are_safe_to_read(wording: Wording) -> Iterator[Problem]:
    """Nothing a client reads names what happened to them, not even as a placeholder that will."""
    if clients_read(wording) and (found := _first(lexicon.NAMES_THE_TOPIC, wording.text)):
        yield wording.problem("client-word-refused", f"{found!r} is not said to clients")


def clients_can_read_it(wording: Wording) -> Iterator[Problem]:
    """Grade 6 or below, where a formula can tell. The words of a scale are too few to be measured."""
    measured = clients_read(wording) and wording.part != "scales"
    if measured and (hard := reading.hardness(wording.text, wording.language)):
        yield wording.problem("client-text-too-hard", hard)


def client_items_are_one_short_sentence(wording: Wording) -> Iterator[Problem]:
    """One statement in the first person, that can be answered Never .. Always."""
    if wording.part != "items" or wording.voice != "clients":
        return
    if (count := _words(wording)) > LONGEST_CLIENT_ITEM:
        yield wording.problem("client-item-too-long", f"{count} words, at most {LONGEST_CLIENT_ITEM}")
    if (count := reading.sentences(wording.text)) > 1:
        yield wording.problem("client-item-not-one-sentence", f"{count} sentences")
    first_person = lexicon.FIRST_PERSON.get(lexicon.base(wording.language))
    if first_person and not _first(first_person, wording.text):
        yield wording.problem("client-item-not-first-person", "say it as I, me, my or we")


def items_can_be_answered_with_a_degree(wording: Wording) -> Iterator[Problem]:
    """A statement, not a question; for staff and consultants also without a negation."""
    if wording.part != "items":
        return
    if "?" in wording.text or "¿" in wording.text:
        yield wording.problem("item-is-a-question", "make it a statement")
    negates = lexicon.NEGATES.get(lexicon.base(wording.language))
    if wording.voice == "clients" or negates is None:
        return
    if found := _first(negates, lexicon.SAYS_NO.sub(" ", lexicon.folded(wording.text))):
        yield wording.problem("item-negated", f"say it without {found!r}")


def nobody_is_asked_about_their_past(wording: Wording) -> Iterator[Problem]:
    """Nothing that is asked can be answered only by saying who one is or what was done."""
    asks = lexicon.ASKS_HISTORY.get(lexicon.base(wording.language))
    if wording.part in {"items", "prompts", "comment"} and asks and (found := _first(asks, wording.text)):
        yield wording.problem("item-asks-history", f"{found!r} asks somebody to tell their past")


def lengths_fit(wording: Wording) -> Iterator[Problem]:
    """Titles fit on a line, short titles fit beside a chart, content notes are read."""
    for part, rule, unit, most, measure in LENGTHS:
        of_it = wording.part == part and (wording.practice is not None) == (part == "title")
        if of_it and (count := measure(wording)) > most:
            yield wording.problem(rule, f"{count} {unit}, at most {most}")


def english_is_american(wording: Wording) -> Iterator[Problem]:
    """One spelling on all screens."""
    if lexicon.base(wording.language) == "en" and (found := _first(lexicon.BRITISH, wording.text)):
        yield wording.problem("spelling-not-american", f"{found!r} is British")


def spanish_is_respectful(wording: Wording) -> Iterator[Problem]:
    """Everyone is meant, in words that can be read aloud; whoever answers is spoken to as usted."""
    if lexicon.base(wording.language) != "es":
        return
    if found := _first(lexicon.GENDER_TRICK, wording.text):
        yield wording.problem("spanish-gender-trick", f"{found!r} cannot be read aloud by everyone")
    spoken_to = wording.voice in {"consultants", "clients"} or wording.part == "comment"
    if spoken_to and (found := _first(lexicon.INFORMAL, wording.text)):
        yield wording.problem("spanish-informal", f"{found!r} is not usted")


def _first(pattern: Pattern[str], text: str) -> str | None:
    """The first match in a text without accents and capitals."""
    found = pattern.search(lexicon.folded(text))
    return found.group(0) if found else None


RULES = (
    placeholders_are_known,
    survivor_is_a_placeholder,
    belittles_nobody,
    clients_are_safe_to_read,
    clients_can_read_it,
    client_items_are_one_short_sentence,
    items_can_be_answered_with_a_degree,
    nobody_is_asked_about_their_past,
    lengths_fit,
    english_is_american,
    spanish_is_respectful,
)
