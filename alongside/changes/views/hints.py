"""Help with reading level on the page where the reply is written."""

from dataclasses import dataclass

from alongside.frameworks.api import can_measure, hardness

from ..reads.replying import language_name
from ..rules.replying import Text


@dataclass(frozen=True)
class Hard:
    """One stretch of the reply that takes more than six years of school to read. `number` is 0 outside of
    lines."""

    language: str
    part: str
    number: int


def hard_texts(draft: tuple[Text, ...]) -> tuple[Hard, ...]:
    """Everything in the draft that is hard to read, where a formula for its language can tell."""
    return tuple(
        Hard(language_name(text.language), part, number)
        for text in draft if can_measure(text.language)
        for part, number, words in _parts(text) if words.strip() and hardness(words, text.language)
    )


def _parts(text: Text):
    yield "opening", 0, text.opening
    for number, line in enumerate(text.lines, start=1):
        yield "said", number, line.said
        yield "answer", number, line.answer
    yield "closing", 0, text.closing
