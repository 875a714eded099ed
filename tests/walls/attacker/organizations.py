"""Invented organizations over one to four cycles: tiny, lopsided, of one mind, with and without units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from alongside.privacy.gate import CellKey, RawCell
from alongside.privacy.tests.gate_tables import UNSURE, Person, tally

DOMAIN = "M"
SIZES = (4, 5, 6, 7, 9, 12, 13, 16, 20, 31, 40, 80)


@dataclass(frozen=True)
class Round:
    """What one voice said in one cycle, and the tallies that are made of it."""

    people: tuple[Person, ...]
    cells: tuple[RawCell, ...]

    def counts(self) -> dict[CellKey, int]:
        """How many answered each cell; the unit "" are those who told none."""
        found = {cell.key: cell.answered for cell in self.cells}
        for whole in [key for key in found if key.unit is None]:
            units = [key for key in found if key.unit and key._replace(unit=None) == whole]
            if units:
                found[whole._replace(unit="")] = found[whole] - sum(found[key] for key in units)
        return found


@dataclass(frozen=True)
class Organization:
    """One voice of an invented organization. `complete`: everybody answers everything and tells their unit."""

    seed: int
    units: tuple[str, ...]
    practices: tuple[str, ...]
    complete: bool
    rounds: tuple[Round, ...]


@dataclass(frozen=True)
class _Temper:
    """How people here are: what is usual, how many say something else, how many say nothing."""

    usual: Mapping[tuple[str | None, str], int]
    candor: float
    silence: float
    lost: float  # told no unit


def organization(seed: int) -> Organization:
    """The organization of this number: always the same."""
    chance = Random(seed)
    units = tuple(f"unit {n}" for n in range(chance.choice((0, 0, 1, 2, 3, 4))))
    practices = tuple(f"M{n}" for n in range(1, chance.randint(1, 3) + 1))
    complete = chance.random() < 0.5
    temper = _Temper(
        usual={(unit, practice): chance.choice((1, 1, 2, 3, 4, 5, 5))
               for unit in (None, *units) for practice in practices},
        candor=chance.choice((0.0, 0.1, 0.3, 0.8, 1.0)),
        silence=0 if complete else chance.choice((0.0, 0.1, 0.4)),
        lost=0 if complete else chance.choice((0.0, 0.1)),
    )
    shares = [chance.choice((1, 1, 2, 8)) for _ in units]  # some are lopsided
    people = [_person(chance, temper, units, shares, practices) for _ in range(chance.choice(SIZES))]
    rounds = []
    for _ in range(chance.choice((1, 2, 2, 3, 4))):
        rounds.append(Round(tuple(people), tuple(tally(people, {DOMAIN: practices}, units))))
        people = _next(chance, people, lambda: _person(chance, temper, units, shares, practices))
    return Organization(seed, units, practices, complete, tuple(rounds))


def _next(chance: Random, people: Sequence[Person], newcomer) -> list[Person]:
    """Some leave, some change their minds, some come."""
    gone = set(chance.sample(range(len(people)), min(len(people), chance.choice((0, 0, 1, 1, 2, 5)))))
    fickle = chance.choice((0.0, 0.0, 0.0, 0.1, 0.5))
    stay = [_again(chance, person, fickle) for at, person in enumerate(people) if at not in gone]
    return stay + [newcomer() for _ in range(chance.choice((0, 0, 1, 1, 2, 4, 7)))]


def _person(chance: Random, temper: _Temper, units: Sequence[str], shares: Sequence[int],
            practices: Sequence[str]) -> Person:
    unit = chance.choices(units, shares)[0] if units else None
    answers = {practice: _reply(chance, temper, temper.usual[unit, practice]) for practice in practices}
    return Person(None if chance.random() < temper.lost else unit, answers)


def _reply(chance: Random, temper: _Temper, usual: int) -> int | None:
    if chance.random() < temper.silence:
        return chance.choice((UNSURE, None))
    return chance.randint(1, 5) if chance.random() < temper.candor else usual


def _again(chance: Random, person: Person, fickle: float) -> Person:
    if chance.random() >= fickle:
        return person
    return Person(person.unit, {
        practice: level if not level else min(5, max(1, level + chance.choice((-1, 1))))
        for practice, level in person.answers.items()})
