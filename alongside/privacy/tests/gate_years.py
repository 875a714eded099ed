"""Organizations over several years, for the gate's tests: people stay, come and leave, and change their minds."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from alongside.privacy.gate import Earlier, Policy, RawCell, people_behind, release
from alongside.privacy.tests.gate_tables import UNSURE, Person, tally

K_INSIDE, K_OUTSIDE = 5, 15
Year = tuple[list[RawCell], list[str], list[str]]


def years(random: Random, answers: Random | None = None) -> list[Year]:
    """Tallies, units and practices of two to four cycles. `answers`: decides what people say, where handed in."""
    answers = answers or random
    units = [f"unit {n}" for n in range(random.choice((0, 0, 2, 3)))]
    practices = [f"M{n}" for n in range(1, random.randint(1, 3) + 1)]
    people = [_newcomer(random, answers, units, practices) for _ in range(random.choice((5, 8, 12, 20, 40)))]
    told = []
    for _ in range(random.randint(2, 4)):
        told.append((tally(people, {"M": practices}, units), units, practices))
        people = _next_year(random, answers, people, units, practices)
    return told


def _next_year(random: Random, answers: Random, people: Sequence[Person], units: Sequence[str],
               practices: Sequence[str]) -> list[Person]:
    gone = set(random.sample(range(len(people)), min(len(people), random.choice((0, 0, 1, 1, 2, 5)))))
    stay = [person for at, person in enumerate(people) if at not in gone]
    fickle = random.choice((0.0, 0.0, 0.1, 0.5))
    moved = [_thinks_again(answers, person) if answers.random() < fickle else person for person in stay]
    return moved + [_newcomer(random, answers, units, practices) for _ in range(random.choice((0, 0, 1, 1, 2, 6)))]


def _newcomer(random: Random, answers: Random, units: Sequence[str], practices: Sequence[str]) -> Person:
    unit = random.choice(units) if units else None
    return Person(unit, {practice: answers.choice((1, 2, 3, 3, 4, 5)) for practice in practices})


def _thinks_again(answers: Random, person: Person) -> Person:
    return Person(person.unit, {
        practice: level if level in (None, UNSURE) else min(5, max(1, level + answers.choice((-1, 1))))
        for practice, level in person.answers.items()})


def told_over_years(cycles: Sequence[Year]) -> dict[str, list[Earlier]]:
    """What the inside and the outside are told, cycle by cycle, each beside all that it was told before."""
    told: dict[str, list[Earlier]] = {"inside": [], "outside": []}
    for cells, _, _ in cycles:
        inside = release(cells, policy=Policy(k_scores=K_INSIDE), earlier=told["inside"])
        outside = release(cells, policy=Policy(k_scores=K_OUTSIDE), within=inside, earlier=[
            *told["outside"], *(replace(one, same_readers=False) for one in told["inside"])])
        for circle, released in (("inside", inside), ("outside", outside)):
            told[circle].append(Earlier(released, people_behind(cells)))
    return told
