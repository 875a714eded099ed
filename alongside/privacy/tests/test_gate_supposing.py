"""Somebody who supposes that those who stayed answered as before reckons rightly: neither too little nor too much."""

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest

from alongside.privacy.gate import RawCell, people_behind, release, supposing
from alongside.privacy.tests.gate_tables import Person, tally

UNITS, PRACTICES = ("north", "south"), ("M1", "M2")
SLACK = 1e-4
Term = tuple[float, float, float]  # factor, the least and the most of what it is multiplied with


def years_without_a_change_of_mind(seed: int) -> tuple[list[list[RawCell]], tuple[str, ...]]:
    """Tallies of three years in which people only come or leave; in some nobody is in a unit, or some skip."""
    random = Random(seed)
    units = UNITS if seed % 2 else ()
    people = [newcomer(random, units, seed) for _ in range(random.choice((12, 20, 30)))]
    told = []
    for year in range(3):
        told.append(tally(people, {"M": PRACTICES}, units))
        more = [newcomer(random, units, seed) for _ in range(random.choice((0, 1, 2)))]
        people = people + more if (seed + year) % 2 else people[random.choice((0, 1, 2)):]
    return told, units


def newcomer(random: Random, units: tuple[str, ...], seed: int) -> Person:
    levels = (1, 2, 3, 4, 5) if seed % 3 else (1, 2, 3, 4, 5, None)
    unit = random.choice((*units, None)) if seed % 5 == 0 else random.choice(units or (None,))
    return Person(unit, {practice: random.choice(levels) for practice in PRACTICES})


def suppositions(seed: int) -> Iterator[tuple[list[list[RawCell]], supposing._Grid, supposing._Supposed]]:
    years, units = years_without_a_change_of_mind(seed)
    grid = supposing._Grid([(release(cells), people_behind(cells)) for cells in years], "staff")
    for by_units in (False, True) if units else (False,):
        for with_rows in (False, True):
            yield years, grid, supposing._Supposed(grid, (0, 1, 2), by_units=by_units, with_rows=with_rows)


def equations(grid: supposing._Grid, found: supposing._Supposed) -> Iterator[list[Term]]:
    """All lines of sums that come to 0, each sum with its least and its most."""
    years, places, columns = found.sums.low.shape
    ways = 1 if found.by_units else 0
    for column in range(columns):
        for year in range(years):
            if found.by_units:
                yield [term(found.sums, (year, 0, column), -1), *(
                    term(found.sums, (year, place, column)) for place in range(1, places))]
            if year:
                for place in range(ways, places):
                    yield change(found, year, place, column, [place - ways])
                if found.by_units:
                    yield change(found, year, 0, column, range(places - 1))
    if found.rows is not None:
        for year, place, domain in np.argwhere(found.rows):
            parts, total = np.flatnonzero(grid.in_domain[:, domain]), np.flatnonzero(grid.is_total[:, domain])[0]
            yield [term(found.sums, (year, place, total), -len(parts)), *(
                term(found.sums, (year, place, part)) for part in parts)]


def change(found: supposing._Supposed, year: int, place: int, column: int, of) -> list[Term]:
    sums = [term(found.sums, (year, place, column), -1), term(found.sums, (year - 1, place, column))]
    said = [term(numbers, (year - 1, one, column), factor)
            for one in of for numbers, factor in ((found.said_now, 1), (found.said_then, -1))]
    return sums + said


def term(numbers: supposing._Numbers, at: tuple[int, int, int], factor: float = 1) -> Term:
    return factor, float(numbers.low[at]), float(numbers.high[at])


def ends(one: Term) -> tuple[float, float]:
    factor, low, high = one
    return min(factor * low, factor * high), max(factor * low, factor * high)


@pytest.mark.parametrize("start", range(0, 30, 10))
def test_what_is_true_is_never_refuted_and_lies_where_it_is_supposed_to_be(start):
    for seed in range(start, start + 10):
        for years, grid, found in suppositions(seed):
            assert not found._is_refuted().any()
            for year, cells in enumerate(years):
                for cell in cells:
                    place = grid.units.index(cell.key.unit) + 1 if cell.key.unit else 0
                    if place < found.sums.low.shape[1]:
                        at = year, place, grid.columns.index((cell.key.domain, cell.key.practice or ""))
                        true = cell.answered * (cell.mean or 0)
                        assert found.sums.low[at] - SLACK <= true <= found.sums.high[at] + SLACK


@pytest.mark.parametrize("start", range(0, 30, 10))
def test_nothing_more_follows_from_any_single_line(start):
    for seed in range(start, start + 10):
        for _, grid, found in suppositions(seed):
            for line in equations(grid, found):
                lows, highs = zip(*map(ends, line), strict=True)
                for low, high in zip(lows, highs, strict=True):
                    assert low >= -(sum(highs) - high) - SLACK
                    assert high <= -(sum(lows) - low) + SLACK
