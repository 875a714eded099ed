"""Closed rounds full of invented answers."""

import random

from alongside.listening.api import Cycle, Round
from alongside.listening.store import hold, mix, put_imported, width_of
from alongside.listening.tests.factories import OPENED, freeze, make_cycle

__all__ = ["answer", "close", "comment", "fill", "make_cycle", "make_round", "someone"]


def make_round(cycle: Cycle, voice: str, unit=None, **promise) -> Round:
    """An open round without answers."""
    return Round.objects.create(
        organization=cycle.organization, cycle=cycle, voice=voice, unit=unit, state="open", opened_on=OPENED,
        frozen=freeze(cycle, voice, **promise))


def close(round_: Round) -> Round:
    """Close and mix, as the listening room does."""
    round_.state, round_.closed_on = "closed", OPENED
    round_.save()
    mix(round_)
    return round_


def someone(width: int, level: float, chance: random.Random) -> bytes:
    """One person's answers around `level`: some skipped, some "don't know"."""
    line = bytearray()
    for _ in range(width):
        odd = chance.random()
        around = min(5, max(1, round(chance.gauss(level, 0.9))))
        line.append(0 if odd < 0.03 else 6 if odd < 0.09 else 7 if odd < 0.11 else around)
    return bytes(line)


def answer(round_: Round, lines: list[bytes]) -> Round:
    """Put these answers (one byte an item) into an open round."""
    put_imported(round_, lines, width_of(round_))
    return round_


def fill(round_: Round, people: int, level: float = 3.0, seed: int = 1) -> Round:
    """Answers of `people` people around `level`, and close the round."""
    chance = random.Random(f"{seed}/{round_.voice}")
    answer(round_, [someone(width_of(round_), level, chance) for _ in range(people)])
    return close(round_)


def comment(round_: Round, domain: str, texts: list[str]) -> None:
    """One person a text, each with all items skipped."""
    for text in texts:
        hold(round_, "-" * width_of(round_), {domain: text})
