"""Invented answers, the same each time the sample is made."""

import random

from alongside.listening import store
from alongside.listening.models import Round
from alongside.listening.packing import LETTERS

SPREAD = 0.9
SKIPPED, DONT_KNOW, NOT_APPLICABLE = 0.04, 0.09, 0.03


def answer_round(round_: Round, people: int, middle: dict[str, float], comments: list[dict]) -> None:
    """Put `people` invented responses into an open round; the first of them wrote the `comments`, one each."""
    chance = random.Random(f"{round_.voice} {round_.unit_id or ''} {round_.cycle.name}")  # noqa: S311 - invented data
    pages = round_.frozen["instrument"]["pages"]
    for number in range(people):
        leaning = chance.gauss(0, 0.4)
        letters = "".join(
            _letter(chance, middle[page["domain_id"]] + leaning + _own(item["id"]))
            for page in pages for item in page["items"])
        words = {comments[number]["domain"]: comments[number]["words"]} if number < len(comments) else {}
        store.hold(round_, letters, words)


def _own(practice: str) -> float:
    """Practices of a domain differ: a little higher or lower, always the same for one practice."""
    return random.Random(practice).uniform(-0.6, 0.6)  # noqa: S311 - invented data


def _letter(chance: random.Random, middle: float) -> str:
    drawn = chance.random()
    if drawn < SKIPPED:
        return LETTERS[0]
    if drawn < SKIPPED + DONT_KNOW:
        return "k"
    if drawn < SKIPPED + DONT_KNOW + NOT_APPLICABLE:
        return "n"
    return str(min(5, max(1, round(chance.gauss(middle, SPREAD)))))
