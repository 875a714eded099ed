"""A linear program that is asked many questions: how little and how much can this sum be?

Every point that answers one question is kept, since it often answers others as well: most of what is asked is
settled by the first few. scipy is loaded when the first question is asked: most of Alongside runs without it.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import ceil, floor, inf
from typing import Any

Name = Hashable
Sum = Mapping[Name, float]  # name -> factor

MOST = 1e5  # people; more than any organization has
SLACK = 1e-6
SURE = 1e-5  # so that a whole number found with a small error counts as itself


class Contradiction(ValueError):
    """No numbers fit all that was said: something of it is not so."""


class Program:
    """Sums of named numbers, each known to lie between two bounds."""

    def __init__(self) -> None:
        self._at: dict[Name, int] = {}
        self._bounds: list[tuple[float, float]] = []
        self._between: list[tuple[Sum, float, float]] = []
        self._points: list[Any] = []
        self._answers: dict[Any, float] = {}
        self._form: tuple[Any, Any] | None = None
        self._whole: set[Name] | None = None

    def know(self, name: Name, low: float = 0, high: float = MOST) -> None:
        """The number lies from `low` to `high`: and within what was known of it before."""
        at = self._at.setdefault(name, len(self._at))
        if at == len(self._bounds):
            self._bounds.append((low, high))
        else:
            least, most = self._bounds[at]
            self._bounds[at] = max(least, low), min(most, high)
        if self._bounds[at][0] > self._bounds[at][1] + SLACK:
            raise Contradiction(str(name))
        self._forget()

    def only_whole(self, names: Iterable[Name]) -> None:
        """These numbers are whole: far slower to reckon with, and exact."""
        self._whole = set(names)
        self._forget()

    def add(self, total: Sum, low: float = -inf, high: float = inf) -> None:
        """The sum lies from `low` to `high`."""
        self._between.append((total, low, high))
        self._forget()

    def _forget(self) -> None:
        self._points, self._answers, self._form = [], {}, None

    def equal(self, one: Name, others: Iterable[Name], times: float = 1) -> None:
        """`times` the one number is the sum of the others."""
        self.add({**dict.fromkeys(others, -1.0), one: times}, 0, 0)

    def wide_enough(self, total: Sum, needed: float) -> bool:
        """Could the sum be any of `needed` whole numbers, or more? Asks no further than it must."""
        return possibilities(*self._seen(total)) >= needed or possibilities(*self.between(total)) >= needed

    def reaches(self, total: Sum, value: float) -> bool:
        """Can the sum be as large as `value`?"""
        seen = self._seen(total)[1]
        return seen >= value - SURE or self._best(total, -1) >= value - SURE

    def at_least(self, total: Sum, value: float) -> bool:
        """Is the sum surely no smaller than `value`? What was said of its numbers themselves often settles it."""
        least = sum(factor * self._bounds[self._at[name]][factor < 0] for name, factor in total.items())
        return least >= value - SURE or (self._seen(total)[0] >= value - SURE and self._best(total, 1) >= value - SURE)

    def between(self, total: Sum) -> tuple[float, float]:
        """The least and the most that the sum can be. Raises `Contradiction`."""
        return self._best(total, 1), self._best(total, -1)

    def look_around(self, totals: Sequence[Sum]) -> None:
        """Find points at which many of these sums are small, or large: they answer most questions at once."""
        together: dict[Name, float] = {}
        for total in totals:
            for name, factor in total.items():
                together[name] = together.get(name, 0) + factor
        if together:
            self.between(together)

    def _seen(self, total: Sum) -> tuple[float, float]:
        values = [self._value(total, point) for point in self._points]
        return min(values, default=MOST), max(values, default=-MOST)

    def _value(self, total: Sum, point: Sequence[float]) -> float:
        return float(sum(factor * point[self._at[name]] for name, factor in total.items()))

    def _best(self, total: Sum, sign: int) -> float:
        """The least (sign 1) or the most (sign -1) of the sum."""
        import numpy as np
        from scipy.optimize import milp

        question = (frozenset(total.items()), sign)
        if question in self._answers:
            return self._answers[question]
        goal = np.zeros(len(self._at))
        for name, factor in total.items():
            goal[self._at[name]] += sign * factor
        bounds, lines = self._prepared()
        whole = None if self._whole is None else np.array([name in self._whole for name in self._at], dtype=int)
        found = milp(goal, bounds=bounds, constraints=lines, integrality=whole)
        if found.status == 2:
            raise Contradiction("no numbers fit all of it")
        if found.status != 0:
            raise ArithmeticError(found.message)
        self._points.append(found.x)
        self._answers[question] = self._value(total, found.x)
        return self._answers[question]

    def _prepared(self) -> tuple[Any, Any]:
        """Bounds and sums in the solver's form, made once for many questions."""
        if self._form is None:
            import numpy as np
            from scipy.optimize import Bounds, LinearConstraint
            from scipy.sparse import csr_array

            least, most = np.array(self._bounds, dtype=float).T
            factors = [factor for total, _, _ in self._between for factor in total.values()]
            rows = [row for row, (total, _, _) in enumerate(self._between) for _ in total]
            columns = [self._at[name] for total, _, _ in self._between for name in total]
            table = csr_array((factors, (rows, columns)), shape=(len(self._between), len(self._at)))
            low, high = (np.array([one[end] for one in self._between]) for end in (1, 2))
            slack = SLACK if self._whole is None else 0
            self._form = Bounds(least, most), LinearConstraint(table, low - slack, high + slack)
        return self._form


def possibilities(low: float, high: float) -> int:
    """How many whole numbers lie from `low` to `high`."""
    return max(0, floor(high + SURE) - ceil(low - SURE) + 1)
