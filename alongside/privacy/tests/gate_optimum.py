"""The least that can be withheld: an exact optimum to measure the gate against.

A domain of a voice is a block of its own. In it the gate's own code says of each set of withheld figures of a
row or column whether that line is closed; a mixed integer program chooses one closed set for each line so that
the fewest figures (or answers) are withheld. Ways through several lines are added as they are missed: a block
in which a figure is still stuck is enlarged as far as it stays stuck, and something beyond must be withheld.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, combinations
from random import Random

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from alongside.privacy.gate import CellKey, RawCell
from alongside.privacy.gate.cells import Column, Row, Table, lay_out
from alongside.privacy.gate.complement import Lines, complement, unsafe_units, without_units
from alongside.privacy.gate.rules import too_alike, too_few
from alongside.privacy.tests.gate_tables import UNSURE, Person, tally

K = 5
Weight = Callable[[RawCell], float]


def cells(cell: RawCell) -> float:
    """Every withheld figure counts the same."""
    return 1.0


def answers(cell: RawCell) -> float:
    """A withheld figure counts as many answers as stand behind it."""
    return float(cell.answered)


def unsafe_alone(table: Table, k: int = K) -> frozenset[CellKey]:
    """Figures that are unsafe by themselves."""
    return frozenset(key for key, cell in table.cells.items() if too_few(cell, k) or too_alike(cell))


def is_closed(table: Table, withheld: Collection[CellKey], k: int = K) -> bool:
    """Does this set of withheld figures satisfy the gate in every row, column and block?"""
    lines = Lines(table, set(withheld), k)
    return not (
        any(lines.open_row(row) for row in table.rows.values())
        or any(lines.open_column(column) for column in table.columns.values())
        or any(lines.open_block(*block) for block in _blocks(table))
    )


def least(table: Table, unsafe: Collection[CellKey], weight: Weight, k: int = K) -> frozenset[CellKey]:
    """A closed set of withheld figures that holds `unsafe` and has the least weight of all."""
    return frozenset(chain.from_iterable(
        _Program(table, block, unsafe, weight, k).solve() for block in _blocks(table)))


def compare(seed: int, weight: Weight) -> tuple[float, float]:
    """What the gate withholds of one organization of the reference set, and the least that would do.

    Units that are too small, and their company, are withheld in both.
    """
    table, judged = as_judged(seed)
    unsafe, unseen = unsafe_alone(judged), table.cells.keys() - judged.cells.keys()
    withheld = unseen | complement(judged, unsafe, K), unseen | least(judged, unsafe, weight)
    gate, fewest = (sum(weight(table.cells[key]) for key in held) for held in withheld)
    return gate, fewest


def as_judged(seed: int) -> tuple[Table, Table]:
    """One organization of the reference set, and the same as the gate judges it: without the units nobody sees."""
    table = lay_out(reference(seed))
    return table, without_units(table, unsafe_units(table, K))


def _blocks(table: Table) -> list[tuple[str, str]]:
    return list(dict.fromkeys((voice, domain) for voice, domain, _ in table.columns))


class _Program:
    """Variables: first whether each figure is withheld, then, for each line, which closed set it has."""

    def __init__(self, table: Table, block: tuple[str, str], unsafe: Collection[CellKey], weight: Weight, k: int):
        self.table, self.block, self.k = table, block, k
        self.keys = [key for key in table.cells if (key.voice, key.domain) == block]
        self.at = {key: index for index, key in enumerate(self.keys)}
        self.unsafe = {key for key in self.keys if key in unsafe}
        self.costs = [weight(table.cells[key]) for key in self.keys]
        self.sums: list[tuple[dict[int, float], float, float]] = []  # factors, least, most
        for row in table.rows.values():
            if (row.parts or (row.total,))[0].key in self.at:
                self._choose([cell.key for cell in row.cells], row, Lines.open_row)
        for column in table.columns.values():
            if column.whole.key in self.at:
                line = [column.whole.key, *(unit.key for unit in column.units)]
                self._choose(line, column, Lines.open_column)

    def _choose(self, line: Sequence[CellKey], of: Row | Column, opened: Callable[..., Collection[CellKey]]) -> None:
        closed = [held for held in subsets(line, self.unsafe)
                  if not opened(Lines(self.table, held, self.k), of)]
        first = len(self.costs)
        self.costs += [0.0] * len(closed)
        self.sums.append((dict.fromkeys(range(first, len(self.costs)), 1.0), 1, 1))
        for key in line:
            chosen = {first + number: 1.0 for number, held in enumerate(closed) if key in held}
            self.sums.append((chosen | {self.at[key]: -1.0}, 0, 0))

    def solve(self) -> set[CellKey]:
        while True:
            withheld = self._best()
            if not self._stuck(withheld):
                return withheld
            for key in self.keys:
                if key not in withheld and self._stuck(withheld | {key}):
                    withheld.add(key)
            beyond = {self.at[key]: 1.0 for key in self.keys if key not in withheld}
            self.sums.append((beyond, 1, np.inf))

    def _stuck(self, withheld: set[CellKey]) -> bool:
        return bool(Lines(self.table, withheld, self.k).open_block(*self.block))

    def _best(self) -> set[CellKey]:
        entries = [(row, at, factor) for row, (sums, _, _) in enumerate(self.sums) for at, factor in sums.items()]
        rows, ats, factors = zip(*entries, strict=True)
        matrix = csr_array((factors, (rows, ats)), shape=(len(self.sums), len(self.costs)))
        low, high = zip(*[(low, high) for _, low, high in self.sums], strict=True)
        own = np.arange(len(self.costs)) < len(self.keys)  # a line's set follows from its figures
        fixed = np.array([key in self.unsafe for key in self.keys] + [False] * (len(self.costs) - len(self.keys)))
        found = milp(self.costs, integrality=own, bounds=Bounds(fixed.astype(float), 1),
                     constraints=LinearConstraint(matrix, low, high))
        assert found.status == 0, found.message
        return {key for key, chosen in zip(self.keys, found.x, strict=False) if chosen > 0.5}


def subsets(line: Sequence[CellKey], always: Collection[CellKey]) -> Iterator[set[CellKey]]:
    """Every set of this line's figures that holds those that must be withheld."""
    fixed = {key for key in line if key in always}
    free = [key for key in line if key not in always]
    for size in range(len(free) + 1):
        yield from (fixed | set(more) for more in combinations(free, size))


def reference(seed: int) -> Iterable[RawCell]:
    """Tallies of one small organization: 2..6 units, one or two domains of 2..8 practices.

    Units may be tiny, lopsided (nearly all at one end of a practice) or of one mind, in half of the
    organizations rarely; in half of them some people tell no unit.
    """
    random = Random(seed)
    minds = (0.0, 0.1, 0.4, 0.8, 0.8, 0.8) if seed % 2 else (0.1, *[0.8] * 11)
    sizes = (1, 3, 4, 6, 8, 8, 10, 12, 15, 20) if seed % 4 < 2 else (4, 7, 8, 9, 10, 12, 15, 20)
    units = [f"unit {n}" for n in range(random.randint(2, 6))]
    domains = {name: [f"{name}{n}" for n in range(1, random.randint(2, 8) + 1)]
               for name in "MN"[:random.randint(1, 2)]}
    practices = [practice for practices in domains.values() for practice in practices]
    lost = random.choice((0.0, 0.0, 0.05, 0.2))
    people = []
    for unit in units:
        usual = {practice: random.choice((1, 2, 3, 3, 4, 5)) for practice in practices}
        candor = {practice: random.choice(minds) for practice in practices}
        for _ in range(random.choice(sizes)):
            told = {practice: _reply(random, usual[practice], candor[practice]) for practice in practices}
            people.append(Person(None if random.random() < lost else unit, told))
    return tally(people, domains, units)


def _reply(random: Random, usual: int, candor: float) -> int | None:
    if random.random() < 0.07:
        return random.choice((UNSURE, None))
    return random.randint(1, 5) if random.random() < candor else usual
