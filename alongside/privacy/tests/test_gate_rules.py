"""Exactly where the rules turn: at one step of distance that is left, at k people who are together."""

from random import Random
from statistics import fmean, quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.privacy.gate import RawCell
from alongside.privacy.gate.rules import (
    distance_without_one,
    may_be_left_over,
    people_hide,
    practices_hide,
    pressed_ends,
    too_alike,
)
from alongside.privacy.tests.gate_tables import of_practices, of_units, spread, staff

ENDS = (1.0, 5.0)


def unit(levels: list[int]) -> RawCell:
    """One unit's tally of one practice."""
    return of_units(a=levels)[1]


def mirrored(levels: list[int]) -> list[int]:
    return [6 - level for level in levels]


@pytest.mark.parametrize("turned", [list, mirrored])
def test_two_of_five_people_one_step_from_the_end_are_enough_to_be_told(turned):
    cell = unit(turned([1, 1, 1, 2, 2]))
    assert (too_alike(cell), pressed_ends(cell)) == (False, [])


def test_one_of_five_people_far_from_the_end_is_not():
    cell = unit([1, 1, 1, 1, 5])
    assert (too_alike(cell), pressed_ends(cell)) == (True, [1.0])


def test_single_person_is_at_an_end_only_by_their_own_answer():
    assert [pressed_ends(unit([level])) for level in (1, 2, 4, 5)] == [[1.0], [], [], [5.0]]


def test_people_of_no_unit_may_be_left_over_where_one_step_stays_without_the_farthest():
    whole, *_ = of_units(a=[1, 1, 1, 2, 2, 2, 2, 2])
    unplaced = RawCell(whole.key, 8, 8, whole.mean, None, None, 0, 0)  # spread unknown: one person may be 4 steps away
    assert may_be_left_over(unplaced, 5)


def test_people_of_no_unit_may_not_be_left_over_where_less_stays():
    unplaced = RawCell(staff(), 8, 8, 1.5, None, None, 0, 0)
    assert not may_be_left_over(unplaced, 5)


def test_two_groups_of_exactly_five_people_hide_one_another():
    assert people_hide([unit([2, 3]), unit([2, 3, 4])], 5)


def test_two_groups_of_four_people_do_not():
    assert not people_hide([unit([2, 3]), unit([2, 4])], 5)


def test_one_group_hides_nobody():
    assert not people_hide([unit(spread(9))], 5)


@pytest.mark.parametrize("turned", [list, mirrored])
def test_groups_hide_one_another_where_one_step_stays_without_any_one_person(turned):
    assert people_hide([unit(turned([1] * 6)), unit(turned([1] * 6 + [2, 2]))], 5)


@pytest.mark.parametrize("turned", [list, mirrored])
def test_groups_do_not_hide_one_another_where_one_person_is_all_the_distance(turned):
    assert not people_hide([unit(turned([1] * 6)), unit(turned([1] * 6 + [4]))], 5)


def test_groups_with_one_distant_person_each_hide_one_another():
    assert people_hide([unit([1] * 7 + [2]), unit([1] * 7 + [2])], 5)


def test_practices_hide_one_another_where_one_step_stays():
    _, first, second = of_practices(M1=[1] * 6, M2=[1] * 4 + [2, 2])
    assert practices_hide([first, second])


def test_practices_do_not_where_one_person_is_all_the_distance():
    _, first, second = of_practices(M1=[1] * 6, M2=[1] * 5 + [5])
    assert not practices_hide([first, second])


@pytest.mark.parametrize(("people", "left"), [
    (3, 1 * 0.3),  # no whole person beyond the farther quartile: two at the nearer one, one of them taken out
    (8, 1 * 0.9 + 4 * 0.3),  # two people beyond the farther one, one of them taken out; four more at the nearer one
    (10, 1 * 0.9 + 5 * 0.3),
    (11, 1 * 0.9 + 6 * 0.3),
])
def test_distance_of_a_domain_counts_whole_people_beyond_its_quartiles(people, left):
    domain = RawCell(staff(practice=None), people, people, mean=1.4, q1=1.3, q3=1.9, differing=2, dont_know=0)
    assert distance_without_one(domain, 1.0) == pytest.approx(left)


@given(st.integers(0, 2**32), st.booleans())
def test_distance_without_one_is_never_more_than_what_is_left(seed, is_practice):
    random = Random(seed)
    low, high = random.choice(((1, 2), (1, 5), (4, 5)))
    people = random.randint(2, 14)
    values = [random.randint(low, high) if is_practice else random.uniform(low, high) for _ in range(people)]
    method = random.choice(("inclusive", "exclusive"))
    q1, _, q3 = (min(5.0, max(1.0, edge)) for edge in quantiles(values, method=method))
    most_common = max(values.count(value) for value in values)
    key = staff() if is_practice else staff(practice=None)
    cell = RawCell(key, people, people, fmean(values), q1, q3, people - most_common, 0)
    for end in ENDS:
        least = min(sum(abs(value - end) for value in values) - abs(one - end) for one in values)
        assert distance_without_one(cell, end) <= least + 1e-9
