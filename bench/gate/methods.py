"""Three ways to protect the same organizations, measured at the same protection.

Each method publishes one domain of six practices for the whole organization and three units. Against each runs
the attacker of the gate's tests, with the same questions:

- could a withheld count below five be any of five numbers, and so the few by whom two numbers of answers differ?
- could somebody who knows how many answered where, or a member of a unit who knows their own answers besides,
  be certain of anybody else's answer: that all others of a unit chose an end of the scale, or what the only
  other one chose?

Withholding alone withholds more until the attacker fails. Noise grows until the attacker fails in all organizations
of a size: a number as a census office draws it, from keys of the records in the cell, always the same for the same
people; every number up to the bound is equally likely, so that "possible" does not mean "hardly likely".
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from random import Random

from alongside.privacy.gate import CellKey, Released, Shown, release
from alongside.privacy.gate.cells import Table, lay_out
from alongside.privacy.gate.complement import complement
from alongside.privacy.gate.steps import nearest_level, to_steps
from alongside.privacy.tests.gate_attacker import Attacker
from alongside.privacy.tests.gate_tables import Person, tally

K = 5
UNITS, SHARES = ("a", "b", "c"), (0.6, 0.3, 0.1)
PRACTICES = tuple(f"M{number}" for number in range(1, 7))
SIZES = (12, 40, 300)
ORGANIZATIONS = 20  # of each size
BOUNDS = (0, 1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 40)
QUARTER = 0.25
HAIR = 1e-3
Range = tuple[float, float]


class House:
    """The responses of one invented organization. In half of them everybody answered everything."""

    def __init__(self, size: int, seed: int):
        random = Random(f"{size}/{seed}")
        self.complete = seed % 2 == 0
        self.people = list(_people(random, size, 0.0 if self.complete else 0.08))
        self.cells = {cell.key: cell for cell in tally(self.people, {"M": PRACTICES}, UNITS)}
        self.counts = {key: cell.answered for key, cell in self.cells.items()}
        self.records = [random.getrandbits(64) for _ in self.people]

    @cached_property
    def released(self) -> Released:
        """What the gate makes of it."""
        return release(self.cells.values())

    @cached_property
    def table(self) -> Table:
        return lay_out(self.cells.values())

    def insiders(self) -> list[Person]:
        """Of each unit the member whose answers are farthest from the others'."""
        units = ([person for person in self.people if person.unit == unit] for unit in UNITS)
        return [max(unit, key=self._apart) for unit in units]

    def _apart(self, person: Person) -> float:
        cells = {name: self.cells[CellKey("staff", person.unit, "M", name)] for name in PRACTICES}
        return sum(abs(level - (cells[name].mean or 0)) for name, level in person.answers.items() if level)

    def noise(self, kind: str, key: CellKey, bound: int) -> int:
        """Noise by the keys of the records in a cell, -bound..bound, the same whenever the same people are in it."""
        inside = [record for record, person in zip(self.records, self.people, strict=True)
                  if key.unit in (None, person.unit) and (not key.practice or person.answers[key.practice])]
        drawn = blake2b(f"{kind}/{key}/{sum(inside) % 2**64}".encode()).digest()
        return int.from_bytes(drawn, "big") % (2 * bound + 1) - bound


def _people(random: Random, size: int, silence: float) -> Iterator[Person]:
    usual = {practice: random.choice((1.5, 2.0, 3.0, 3.0, 4.0, 4.5)) for practice in PRACTICES}
    for unit, share in zip(UNITS, SHARES, strict=True):
        here = {practice: usual[practice] + random.choice((-0.7, 0.0, 0.0, 0.7)) for practice in PRACTICES}
        for _ in range(round(share * size)):
            yield Person(unit, {practice: None if random.random() < silence else
                                min(5, max(1, round(random.gauss(here[practice], 0.9)))) for practice in PRACTICES})


class Reader(Attacker):
    """The attacker of the gate's tests before other figures: ranges of people and of the sum of their levels."""

    def __init__(self, house: House, people: Mapping[CellKey, Range], levels: Mapping[CellKey, Range], **knows):
        self.told = people, levels
        super().__init__(house.released, UNITS, PRACTICES, complete=house.complete, **knows)

    def _publish(self, place: str | None, column: str | None) -> None:
        people, levels = ("people", place, column), ("levels", place, column)
        for name, told in zip((people, levels), self.told, strict=True):
            self.bounds[name] = told.get(CellKey("staff", place, "M", column), (0, None))
        self.at_most += [{people: 1.0, levels: -1.0}, {levels: 1.0, people: -5.0}]

    def is_told_the_answers_of(self, person: Person) -> None:
        """Own answers narrow the ranges that were published."""
        published = dict(self.bounds)
        super().is_told_the_answers_of(person)
        for name, (low, high) in self.bounds.items():
            other_low, other_high = published[name]
            self.bounds[name] = (max(low, other_low), min(end for end in (high, other_high, 1e9) if end is not None))


Attack = Callable[..., Attacker]  # takes `head_counts`


def small_count_given_away(house: House, withheld: Sequence[CellKey], attack: Attack) -> CellKey | None:
    """A withheld count below five for which fewer than five numbers are possible."""
    attacker = attack()
    small = (key for key in withheld if house.cells[key].answered < K)
    return next((key for key in small if attacker.possibilities(("people", key.unit, key.practice)) < K), None)


def difference_given_away(house: House, told: Mapping[CellKey, Range]) -> CellKey | None:
    """A practice that one to four people fewer answered than another of the same place, where that is known."""
    for key, (low, high) in told.items():
        for other, (other_low, other_high) in told.items():
            few = house.counts[other] - house.counts[key]
            same = key.unit == other.unit and key.practice and other.practice
            if same and 0 < few < K and (other_high - low) - (other_low - high) + 1 < K:
                return key
    return None


def answer_given_away(house: House, attack: Attack) -> CellKey | None:
    """A cell of a unit in which somebody is certain of another's answer: an outsider, or a member of the unit."""
    for person in (None, *house.insiders()):
        attacker = attack(head_counts=house.counts)
        if person:
            attacker.is_told_the_answers_of(person)
        for unit in UNITS if person is None else (person.unit,):
            for practice in PRACTICES:
                key = CellKey("staff", unit, "M", practice)
                own = person.answers[practice] if person else None
                others = house.cells[key].answered - bool(own)
                if others and _certain(attacker, key, own or 0, others):
                    return key
    return None


def _certain(attacker: Attacker, key: CellKey, own: int, others: int) -> bool:
    low, high = (end - own for end in attacker.between(("levels", key.unit, key.practice)))
    all_at_an_end = high < others + 1 - HAIR or low > 5 * others - 1 + HAIR
    return all_at_an_end or (others == 1 and high - low < 1 - HAIR)


@dataclass(frozen=True)
class Result:
    """What one method did to one organization."""

    withheld: int  # cells
    units_withheld: int  # cells of units
    errors: Sequence[tuple[bool, float]]  # for each shown practice: is its level wrong; by how much is its mean
    noise: tuple[int, int] = (0, 0)  # bounds, in people and in levels of the sum
    failed: bool = False


def bands(house: House) -> Result:
    """The gate: withholding, numbers in bands, means to tenths."""
    def attack(**knows) -> Attacker:
        return Attacker(house.released, UNITS, PRACTICES, complete=house.complete, **knows)

    withheld = [key for key, figure in house.released.items() if not isinstance(figure, Shown)]
    told = {key: (figure.n.low, figure.n.high) for key, figure in house.released.items() if isinstance(figure, Shown)}
    failed = (small_count_given_away(house, withheld, attack) or difference_given_away(house, told)
              or answer_given_away(house, attack))
    means = {key: figure.mean for key, figure in house.released.items() if isinstance(figure, Shown)}
    return Result(len(withheld), _of_units(withheld), _errors(house, means), failed=failed is not None)


def exact(house: House) -> Result:
    """Withholding alone: numbers of people and means are told exactly, and as much is withheld as that takes."""
    withheld = frozenset(key for key, figure in house.released.items() if not isinstance(figure, Shown))
    while True:
        shown = {key: cell for key, cell in house.cells.items() if key not in withheld}
        people = {key: (cell.answered, cell.answered) for key, cell in shown.items()}
        sums = {key: cell.answered * (cell.mean or 0) for key, cell in shown.items()}
        levels = {key: (total, total) for key, total in sums.items()}

        def attack(people=people, levels=levels, **knows) -> Attacker:
            return Reader(house, people, levels, **knows)

        given = (small_count_given_away(house, sorted(withheld, key=str), attack)
                 or difference_given_away(house, people) or answer_given_away(house, attack))
        more = _next(house, withheld, given) if given else None
        if more is None:
            return Result(len(withheld), _of_units(withheld), _errors(house, {}), failed=given is not None)
        withheld = complement(house.table, withheld | {more}, K)


def _next(house: House, withheld: frozenset[CellKey], given: CellKey) -> CellKey | None:
    """The next to withhold beside one that is given away: of its column the smallest, then of its row."""
    column, row = house.table.column_of(given), house.table.row_of(given)
    by_size = sorted(column.units, key=lambda cell: cell.answered)
    beside = [cell.key for cell in (*by_size, *row.cells, column.whole)]
    return next((key for key in (given, *beside) if key not in withheld), None)


class Noisy:
    """Noise on every number of people and every sum; only what fewer than five answered is withheld."""

    def __init__(self, house: House):
        self.house = house
        self.withheld = [key for key, cell in house.cells.items() if cell.answered < K]
        self.shown = {key: cell for key, cell in house.cells.items() if cell.answered >= K}

    def people(self, bound: int) -> dict[CellKey, Range]:
        """Between which numbers the people of each cell lie, for who knows the bound."""
        told = {key: cell.answered + self.house.noise("people", key, bound) for key, cell in self.shown.items()}
        few = {key: (0, K - 1) for key in self.withheld}
        return few | {key: (max(K, number - bound), number + bound) for key, number in told.items()}

    def levels(self, bound: int) -> dict[CellKey, Range]:
        """The same for the sum of their levels."""
        told = {key: cell.answered * (cell.mean or 0) + self.house.noise("levels", key, bound)
                for key, cell in self.shown.items()}
        return {key: (total - bound, total + bound) for key, total in told.items()}

    def gives_away_a_count(self, bound: int) -> bool:
        """With sums told so coarsely that they add nothing."""
        people = self.people(bound)
        told = {key: people[key] for key in self.shown}
        return bool(difference_given_away(self.house, told) or small_count_given_away(
            self.house, self.withheld, lambda: Reader(self.house, people, {})))

    def gives_away_an_answer(self, bound: int) -> bool:
        """To somebody who knows all numbers of people."""
        people, levels = self.people(0), self.levels(bound)
        return bool(answer_given_away(self.house, lambda **knows: Reader(self.house, people, levels, **knows)))

    def result(self, in_people: int, in_levels: int) -> Result:
        """What is told with this much noise."""
        means = {key: min(5.0, max(1.0, (cell.mean or 0) + self.house.noise("levels", key, in_levels) / cell.answered))
                 for key, cell in self.shown.items()}
        failed = self.gives_away_a_count(in_people) or self.gives_away_an_answer(in_levels)
        return Result(len(self.withheld), _of_units(self.withheld), _errors(self.house, means),
                      (in_people, in_levels), failed)


def noise(houses: Sequence[House]) -> list[Result]:
    """With the least bounds under which none of these organizations gives anything away."""
    all_noisy = [Noisy(house) for house in houses]
    in_people = _enough(all_noisy, Noisy.gives_away_a_count)
    in_levels = _enough(all_noisy, Noisy.gives_away_an_answer)
    return [noisy.result(in_people, in_levels) for noisy in all_noisy]


def _enough(all_noisy: Sequence[Noisy], gives_away: Callable[[Noisy, int], bool]) -> int:
    return next((bound for bound in BOUNDS if not any(gives_away(noisy, bound) for noisy in all_noisy)), BOUNDS[-1])


def _of_units(keys: Sequence[CellKey]) -> int:
    return sum(key.unit is not None for key in keys)


def _errors(house: House, means: Mapping[CellKey, float]) -> list[tuple[bool, float]]:
    told = [(house.cells[key].mean or 0, mean) for key, mean in means.items() if key.practice]
    return [(nearest_level(to_steps(mean, 10)) != to_steps(true, 1), abs(mean - true)) for true, mean in told]


def compare_methods() -> list[dict]:
    """One row for each size and method."""
    rows = []
    for size in SIZES:
        houses = [House(size, seed) for seed in range(ORGANIZATIONS)]
        rows += [
            _row(size, "withholding alone, exact figures", [exact(house) for house in houses]),
            _row(size, "withholding, bands and tenths", [bands(house) for house in houses]),
            _row(size, "noise", noise(houses)),
        ]
    return rows


def _row(size: int, name: str, results: Sequence[Result]) -> dict:
    errors = [error for result in results for error in result.errors] or [(False, 0.0)]
    cells, of_units = len(results) * 4 * 7, len(results) * 3 * 7
    return {
        "people": size,
        "method": name,
        "withheld, %": round(100 * sum(result.withheld for result in results) / cells),
        "of units, %": round(100 * sum(result.units_withheld for result in results) / of_units),
        "noise in people": max(result.noise[0] for result in results),
        "noise in a sum of levels": max(result.noise[1] for result in results),
        "level wrong, %": round(100 * sum(wrong for wrong, _ in errors) / len(errors), 1),
        "mean off by more than 1/4, %": round(100 * sum(by > QUARTER for _, by in errors) / len(errors), 1),
        "gives something away": sum(result.failed for result in results),
    }
