"""Somebody who supposes that those who stayed answered as before reckons rightly: neither too little nor too much."""

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest

from alongside.privacy.gate import CellKey, RawCell, people_behind, release, supposing
from alongside.privacy.tests.gate_tables import Person, of_practices, of_units, spread, staff, tally

UNITS, PRACTICES = ("north", "south"), ("M1", "M2")
SLACK = 1e-4
At = tuple[int, int, int]  # year, place, column
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
                    changes = [term(found.change, (year - 1, place, column)) for place in range(1, places)]
                    yield [term(found.change, (year - 1, 0, column), -1), *changes]
    if found.rows is not None:
        for year, place, domain in np.argwhere(found.rows):
            parts, total = np.flatnonzero(grid.in_domain[:, domain]), np.flatnonzero(grid.is_total[:, domain])[0]
            yield added_up(found.sums, (year, place, total), [(year, place, part) for part in parts])
            if year and found.rows[year - 1, place, domain]:
                yield added_up(found.change, (year - 1, place, total), [(year - 1, place, part) for part in parts])


def added_up(numbers: supposing._Numbers, mean: At, parts: list[At]) -> list[Term]:
    return [term(numbers, mean, -len(parts)), *(term(numbers, part) for part in parts)]


def change(found: supposing._Supposed, year: int, place: int, column: int, of) -> list[Term]:
    sums = [term(found.sums, (year, place, column), -1), term(found.sums, (year - 1, place, column))]
    said = [term(numbers, (year - 1, one, column), factor)
            for one in of for numbers, factor in ((found.said_now, 1), (found.said_then, -1))]
    return sums + said


def term(numbers: supposing._Numbers, at: At, factor: float = 1) -> Term:
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


def test_one_practice_is_supposed_by_itself_too():
    """Where all changed their minds about another one, its domain can't have stayed; this one can."""
    then = of_practices(M1=[1, 2, 3, 4, 5] * 2, M2=[1, 2] * 5)
    now = of_practices(M1=[1, 2, 3, 4, 5] * 2 + [3], M2=[4, 5] * 5 + [5])
    assert list(told_of(then, now)) == [staff()]


def test_nobody_came_for_nobody():
    then = of_practices(M1=spread(12), M2=[None] * 12)
    now = of_practices(M1=spread(30), M2=[None] * 30)
    assert staff(practice="M2") not in told_of(then, now)


def test_four_cycles_tell_together_what_no_three_of_them_do():
    first = [1] * 7 + [2] * 4 + [3] * 2 + [4] * 2 + [5] * 7
    cycles = [of_practices(M1=levels) for levels in (
        first, first[1:], [*first[1:], 5, 5], [*first[1:], 5, 5, 5, 4])]
    assert staff() in told_of(*cycles)
    for without in range(3):
        assert told_of(*cycles[:without], *cycles[without + 1:]) == []
    far_away = of_practices(M1=[1] * 12 + [2, 3] * 4)
    assert staff() in told_of(far_away, *cycles)  # after a cycle that refutes everything they still do


@pytest.mark.parametrize(("then", "end"), [([2, 2, 3, 4, 5, 1, 2, 3, 4, 5], 5), ([1, 2, 3, 4, 5, 1, 2, 3, 4, 4], 1)])
def test_two_who_came_and_both_chose_one_end_are_found(then, end):
    assert staff() in told_of(of_practices(M1=then), of_practices(M1=[*then, end, end]))


def test_practice_is_compared_though_another_was_asked_in_one_cycle_only():
    levels = [1, 2, 3, 4, 5] * 2
    assert staff() in told_of(of_practices(M1=levels), of_practices(M1=[*levels, 3], M2=[1, 2] * 5 + [4]))


def test_cycles_in_which_some_answered_half_do_not_refute_what_is_true():
    """A domain is the mean of its practices in the first and the last of these cycles, not in the one between."""
    both, one = [{"M1": 3, "M2": level} for level in [2, 3, 4] * 4], [{"M1": level, "M2": None} for level in [5] * 5]
    years = [tally([Person(None, told) for told in people], {"M": PRACTICES}) for people in (both, both + one, both)]
    grid = supposing._Grid([(release(cells), people_behind(cells)) for cells in years], "staff")
    assert not supposing._Supposed(grid, (0, 1, 2), by_units=False, with_rows=True)._is_refuted().any()


def test_sum_of_a_domain_is_known_from_its_own_practices():
    levels = zip([1, 2, 3, 4, 5] * 2, [1, 2, 2, 3, 4] * 2 + [1], [5, 4, 4, 5, 4] * 2, [1, 1, 1, 2, 2] * 2, strict=False)
    people = [Person(None, dict(zip(("M1", "M2", "G1", "G2"), told, strict=True))) for told in levels]
    found = known(tally(people, {"M": ["M1", "M2"], "G": ["G1", "G2"]}))
    assert found[staff(practice=None)] == (27, 27)


def told_of(*cycles: list[RawCell]) -> list[CellKey]:
    return list(supposing.certain_over_time([(release(cells), people_behind(cells)) for cells in cycles]))


def test_unit_of_the_newcomer_is_named():
    then = of_units(north=[1, 2, 3, 4, 5] * 2, south=spread(10))
    now = of_units(north=[1, 2, 3, 4, 5] * 2 + [3], south=spread(10))
    assert staff("north") in told_of(then, now)


def test_sum_on_the_upper_edge_would_have_been_told_as_the_next_mean():
    assert known(of_practices(M1=[1, 2, 3, 4, 5] * 4))[staff()] == (59, 60)


def test_means_of_different_people_need_not_add_up():
    """As many have a score as answered each practice: but two others answered half of the practices each."""
    skip = dict.fromkeys(("M1", "M2", "M3", "M4"), 1)
    people = [Person(None, dict.fromkeys(skip, level)) for level in [2, 3, 4] * 4]
    people += [Person(None, {**skip, practice: None}) for practice in skip]
    people += [Person(None, {"M1": 5, "M2": 5}), Person(None, {"M3": 5, "M4": 5})]
    found = known(tally(people, {"M": [*skip]}))
    for practice, true in (("M1", 44), (None, 40)):
        low, high = found[staff(practice=practice)]
        assert low <= true <= high


def known(cells: list[RawCell]) -> dict[CellKey, tuple[float, float]]:
    return supposing.sums_known(release(cells), people_behind(cells))
