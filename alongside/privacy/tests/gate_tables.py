"""Tallies for the gate's tests, made from single answers, so that they can't contradict one another."""

from collections import Counter
from collections.abc import Mapping, Sequence
from random import Random
from statistics import fmean, quantiles
from typing import NamedTuple

from alongside.privacy.gate import CellKey, RawCell

UNSURE = 0  # stands for "I don't know" among levels 1..5; None is a skipped question
Levels = Sequence[int | None]
NEEDED = 0.75


class Person(NamedTuple):
    """One response: the unit (None: not told) and, by practice, a level 1..5, UNSURE or None."""

    unit: str | None
    answers: Mapping[str, int | None]


def tally(people: Sequence[Person], domains: Mapping[str, Sequence[str]], units: Sequence[str] = (),
          voice: str = "staff") -> list[RawCell]:
    """Every cell of one voice: the whole organization and each unit, each domain and each practice."""
    return [
        cell
        for unit in (None, *units)
        for domain, practices in domains.items()
        for cell in _row([p for p in people if unit in (None, p.unit)], voice, unit, domain, practices)
    ]


def _row(people: Sequence[Person], voice: str, unit: str | None, domain: str,
         practices: Sequence[str]) -> list[RawCell]:
    replies = [[person.answers.get(practice) for practice in practices] for person in people]
    levels = [[reply for reply in row if reply] for row in replies]
    scores = [fmean(row) for row in levels if len(row) >= NEEDED * len(practices)]
    unsure = sum(UNSURE in row for row in replies)
    cells = [_cell(CellKey(voice, unit, domain, None), len(people), scores, unsure)]
    for at, practice in enumerate(practices):
        column = [row[at] for row in replies]
        values = [reply for reply in column if reply]
        cells.append(_cell(CellKey(voice, unit, domain, practice), len(people), values, column.count(UNSURE)))
    return cells


def _cell(key: CellKey, asked: int, values: Sequence[float], dont_know: int) -> RawCell:
    if not values:
        return RawCell(key, asked, 0, None, None, None, 0, dont_know)
    q1, _, q3 = quantiles([*values] * (1 if len(values) > 1 else 2), method="inclusive")
    differing = len(values) - max(Counter(values).values())
    return RawCell(key, asked, len(values), fmean(values), q1, q3, differing, dont_know)


def of_units(**levels: Levels) -> list[RawCell]:
    """One practice, M1, that stands alone: the levels given in each unit ("nowhere" is no unit)."""
    people = [
        Person(None if unit == "nowhere" else unit, {"M1": level})
        for unit, given in levels.items() for level in given
    ]
    cells = tally(people, {"M": ["M1"]}, [unit for unit in levels if unit != "nowhere"])
    return [cell for cell in cells if cell.key.practice]


def of_practices(**levels: Levels) -> list[RawCell]:
    """One domain, M, of the whole organization: each practice's levels, person by person."""
    people = [Person(None, dict(zip(levels, row, strict=True))) for row in zip(*levels.values(), strict=True)]
    return tally(people, {"M": list(levels)})


def staff(unit: str | None = None, practice: str | None = "M1", domain: str = "M") -> CellKey:
    """The key of a staff figure."""
    return CellKey("staff", unit, domain, practice)


def spread(people: int) -> list[int]:
    """Levels of this many people who differ: 2, 3, 4, 3, 2, 3, ..."""
    return [(2, 3, 4, 3)[at % 4] for at in range(people)]


def organization(random: Random, complete: bool = False) -> tuple[list[RawCell], list[str], list[str]]:
    """Random tallies of one voice, its units and its practices, as of `responses`."""
    people, units, practices = responses(random, complete)
    return tally(people, {"M": practices}, units), units, practices


def responses(random: Random, complete: bool = False) -> tuple[list[Person], list[str], list[str]]:
    """Random responses, units and practices of one voice. Units agree within themselves more or less.

    `complete`: everybody answers everything and tells their unit.
    """
    units = [f"unit {n}" for n in range(random.randint(2, 4))]
    practices = [f"M{n}" for n in range(1, random.randint(2, 4) + 1)]
    people = []
    for unit in units:
        usual = {practice: random.choice((1, 1, 2, 3, 4, 5, 5)) for practice in practices}
        candor = random.choice((0.0, 0.1, 0.3, 0.8))
        silence = 0 if complete else random.choice((0.0, 0.1, 0.4))
        for _ in range(random.choice((0, 1, 2, 3, 4, 5, 6, 7, 9, 12, 16))):
            answers = {practice: _reply(random, usual[practice], candor, silence) for practice in practices}
            lost = not complete and random.random() < 0.05
            people.append(Person(None if lost else unit, answers))
    return people, units, practices


def _reply(random: Random, usual: int, candor: float, silence: float) -> int | None:
    if random.random() < silence:
        return random.choice((UNSURE, None))
    return random.randint(1, 5) if random.random() < candor else usual
