"""An attacker: a linear program over everything that was published about one domain of one voice.

It knows the bands, the rounded means, the reasons, how figures add up, and how many items a domain's score
needs. It is asked between which numbers a withheld number must lie.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from math import ceil, floor, inf

import numpy as np
from scipy.optimize import linprog

from alongside.privacy.gate import CellKey, Released, Shown, Withheld
from alongside.privacy.tests.gate_tables import Person

Name = tuple[str, str | None, str | None]  # "people" | "levels" | "unsure" | "asked", unit, practice
HALF = 0.05  # a mean is rounded to 0.1
LEAST = 1e-6


class Attacker:
    """Bounds on the people behind each cell and on the sum of their levels.

    `complete`: the attacker is told, besides, that everybody answered everything.
    `head_counts`: the attacker is told, besides, how many people answered in each cell.
    """

    def __init__(self, released: Released, units: Sequence[str], practices: Sequence[str], *,
                 complete: bool = False, head_counts: Mapping[CellKey, int] | None = None):
        self.released = released
        self.places: list[str | None] = [None, *units]
        self.practices = practices
        self.columns: list[str | None] = [None, *practices]
        kinds = ("people", "levels", "unsure")
        self.names: list[Name] = [*product(kinds, self.places, self.columns)]
        self.names += [("asked", place, None) for place in self.places]
        self.at = {name: index for index, name in enumerate(self.names)}
        self.equal: list[Mapping[Name, float]] = []  # each sum is 0
        self.at_most: list[Mapping[Name, float]] = []  # each sum is 0 or less
        self.bounds: dict[Name, tuple[float, float | None]] = dict.fromkeys(self.names, (0, None))
        self._add_up()
        for place, column in product(self.places, self.columns):
            self._publish(place, column)
            self._count(place, column)
        if complete:
            self._everybody_answered_everything()
        self.sums_at_most, self.sums_equal = self._matrix(self.at_most), self._matrix(self.equal)
        for key, people in (head_counts or {}).items():
            self.bounds["people", key.unit, key.practice] = (people, people)

    def _add_up(self) -> None:
        """The whole is the sum of its units, and of those who told no unit."""
        for kind, column in product(("people", "levels", "unsure"), self.columns):
            self._whole_of(kind, column)
        self._whole_of("asked", None)

    def _whole_of(self, kind: str, column: str | None) -> None:
        self.equal.append({(kind, place, column): -1.0 if place else 1.0 for place in self.places})

    def _publish(self, place: str | None, column: str | None) -> None:
        figure = self.released[CellKey("staff", place, "M", column)]
        people, levels = ("people", place, column), ("levels", place, column)
        low, high = 1.0, 5.0
        if isinstance(figure, Shown):
            self.bounds[people] = (figure.n.low, figure.n.high)
            low, high = figure.mean - HALF, figure.mean + HALF
            if figure.unsure:
                self.bounds["unsure", place, column] = (figure.unsure.low, figure.unsure.high)
        elif isinstance(figure, Withheld) and figure.reason == "too_few":
            self.bounds[people] = (0, self.released.k - 1)
        self.at_most += [{people: low, levels: -1.0}, {levels: 1.0, people: -high}]

    def _count(self, place: str | None, column: str | None) -> None:
        people, unsure = ("people", place, column), ("unsure", place, column)
        asked = ("asked", place, None)
        if column is None:  # who has a domain's score answered most of its practices
            needed = ceil(0.75 * len(self.practices))
            answers = {("people", place, practice): -1.0 for practice in self.practices}
            self.at_most += [{people: needed, **answers}, {people: 1.0, asked: -1.0}]
        else:
            self.at_most.append({people: 1.0, unsure: 1.0, asked: -1.0})

    def _everybody_answered_everything(self) -> None:
        for place in self.places:
            share = {("levels", place, practice): -1 / len(self.practices) for practice in self.practices}
            self.equal.append({("levels", place, None): 1.0, **share})
            for column in self.columns:
                self.equal.append({("people", place, column): 1.0, ("asked", place, None): -1.0})

    def is_told_the_answers_of(self, person: Person) -> None:
        """A member of a unit knows what they answered themselves: the others' answers make up the rest."""
        for place, practice in product((None, person.unit), self.practices):
            own, people = person.answers.get(practice), self.bounds["people", place, practice][0]
            if own:
                self.bounds["levels", place, practice] = (own + people - 1, own + 5 * (people - 1))

    def between(self, name: Name) -> tuple[float, float]:
        """The least and the most that `name` can be."""
        return self._best(name, 1.0), -self._best(name, -1.0)

    def _best(self, name: Name, sign: float) -> float:
        goal = np.zeros(len(self.names))
        goal[self.at[name]] = sign
        found = linprog(
            goal, A_ub=self.sums_at_most, b_ub=np.full(len(self.at_most), LEAST),
            A_eq=self.sums_equal, b_eq=np.zeros(len(self.equal)),
            bounds=[self.bounds[name] for name in self.names], method="highs",
        )
        if found.status == 3:  # unbounded
            return -inf
        assert found.status == 0, f"the published figures contradict one another: {found.message}"
        return float(found.fun)

    def _matrix(self, sums: Sequence[Mapping[Name, float]]) -> np.ndarray:
        matrix = np.zeros((len(sums), len(self.names)))
        for row, factors in enumerate(sums):
            for name, factor in factors.items():
                matrix[row, self.at[name]] = factor
        return matrix

    def possibilities(self, name: Name) -> float:
        """How many whole numbers `name` can be."""
        low, high = self.between(name)
        return inf if high == inf else floor(high + LEAST * 10) - ceil(low - LEAST * 10) + 1
