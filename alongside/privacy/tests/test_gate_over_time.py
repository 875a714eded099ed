"""Beside earlier releases, a new one tells nothing of the few people who came or left in between."""

from itertools import pairwise
from random import Random
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from alongside.privacy.gate import (
    CellKey,
    Earlier,
    Policy,
    Shown,
    Withheld,
    over_time,
    people_behind,
    release,
    reread,
    to_plain,
)
from alongside.privacy.gate.over_time import given_away, hides, possible_sums, steps_for
from alongside.privacy.gate.steps import WIDTHS, Steps, middle_of, nest, span
from alongside.privacy.tests.gate_tables import UNSURE, of_units, spread, staff
from alongside.privacy.tests.gate_years import told_over_years, years

SEEDS = st.integers(0, 2**32)
SCALE = range(10, 51)  # tenths
MANY = settings(max_examples=40, deadline=None)


def levels(*counts: int) -> list[int]:
    """So many people at each of the levels 1 to 5."""
    return [level for level, people in enumerate(counts, 1) for _ in range(people)]


def then(*series: list[int], k: int = 5) -> list:
    """The figure of one practice in each of several cycles, released one after the other."""
    earlier: list[Earlier] = []
    for given_levels in series:
        cells = of_units(nowhere=given_levels)
        released = release(cells, policy=Policy(k_scores=k), earlier=earlier)
        earlier.append(Earlier(released, people_behind(cells)))
    return [one.released[staff()] for one in earlier]


def difference(before: list[int], now: list[int]) -> tuple[float, float]:
    """The least and the most by which the sum of a practice grew, for who knows the numbers of people."""
    cells, later = of_units(nowhere=before), of_units(nowhere=now)
    first = Earlier(release(cells), people_behind(cells))
    second = Earlier(release(later, earlier=[first]), people_behind(later))
    (low, high), (least, most) = second.sums[staff()], first.sums[staff()]
    return low - most, high - least


TWELVE = levels(1, 3, 4, 3, 1)


def test_first_release_is_told_in_tenths():
    assert then(TWELVE)[0].step == 0.1


@pytest.mark.parametrize("replaced", [1, 2, 3, 4, 5])
def test_whoever_came_for_somebody_who_left_can_not_tell_what_they_said(replaced):
    """As many as before may be others: the same figure comes out whoever it was."""
    before = levels(1, 3, 3, 3, 1)
    assert then([*before, replaced], [*before, 3])[1].step == 0.9
    assert hides(*difference([*before, replaced], [*before, 3]), 0, 5)


def test_figure_beside_which_one_more_person_stands_is_told_in_wide_steps():
    assert then(TWELVE, [*TWELVE, 5])[1].step == 0.9


def test_wide_steps_start_at_the_figure_that_was_told():
    before, now = then(TWELVE, [*TWELVE, 5])
    assert now.mean == before.mean


@pytest.mark.parametrize("one", [1, 2, 3, 4, 5])
def test_what_one_more_person_said_makes_no_difference(one):
    assert then(TWELVE, [*TWELVE, one])[1] == then(TWELVE, [*TWELVE, 3])[1]


@pytest.mark.parametrize("gone", [0, 3, 6, 9, 11])
def test_what_one_person_said_who_left_makes_no_difference(gone):
    left = TWELVE[:gone] + TWELVE[gone + 1:]
    assert then(TWELVE, left)[1] == then(TWELVE, TWELVE[1:])[1]


def test_five_more_people_are_enough_for_tenths():
    assert then(TWELVE, [*TWELVE, 2, 3, 3, 4, 5])[1].step == 0.1


@pytest.mark.parametrize("end", [1, 5])
def test_five_people_who_came_and_all_chose_an_end_are_not_told(end):
    assert isinstance(then(TWELVE, [*TWELVE, *[end] * 5])[1], Withheld)


@pytest.mark.parametrize(("before", "came", "k", "width"), [
    (5, 1, 5, 9), (24, 1, 5, 9), (25, 1, 5, 3), (24, 0, 5, 9), (25, 0, 5, 3), (25, 0, 15, 3), (118, 14, 15, 9),
    (119, 14, 15, 3), (200, 4, 5, 3), (200, 5, 5, 1), (200, -4, 5, 3)])
def test_steps_are_as_wide_as_the_numbers_of_people_ask(before, came, k, width):
    first, now = of_units(nowhere=spread(before)), of_units(nowhere=spread(before + came))
    assert steps_for(now[0], [Earlier(release(first), people_behind(first))], k).width == width


def test_figure_beside_a_rough_one_is_told_no_more_finely():
    assert [figure.step for figure in then(spread(60), spread(61), spread(62))] == [0.1, 0.3, 0.9]


def test_figure_of_so_few_that_the_widest_steps_leave_too_little_is_kept_back():
    before, now = then(levels(0, 0, 2, 1, 2), levels(0, 0, 2, 2, 2))
    assert [type(before), type(now)] == [Shown, Withheld]


def test_change_that_no_newcomer_can_explain_is_shown():
    before, now = then(levels(2, 4, 4, 2, 0), levels(0, 0, 3, 6, 4))
    assert (now.step, now.mean - before.mean > 0.8) == (0.9, True)


def test_large_group_is_told_in_steps_of_three_tenths():
    assert then(levels(5, 5, 15, 10, 5), levels(5, 5, 16, 10, 5))[1].step == 0.3


def test_middle_half_is_left_out_of_a_rough_figure():
    before, now = then(levels(5, 5, 15, 10, 5), levels(5, 5, 16, 10, 5))
    assert (before.middle is None, now.middle) == (False, None)


@pytest.mark.parametrize("more", [0, 1, 4])
def test_do_not_know_is_not_told_anew_where_few_came(more):
    said = [*levels(5, 5, 15, 10, 5), *[UNSURE] * 4]
    now = then(said, [*said, *[2, 3, 4, 3][:more], UNSURE])[1]
    assert now.unsure is None


def test_do_not_know_is_told_anew_where_enough_came():
    said = [*levels(5, 5, 15, 10, 5), *[UNSURE] * 4]
    assert then(said, [*said, 1, 2, 3, 4, 5])[1].unsure is not None


def test_every_earlier_release_counts_and_not_the_last_alone():
    first, more = TWELVE, [*TWELVE, 2, 3, 3, 4, 5, 3]
    assert then(first, more, [*first, 5])[2].step == 0.9


def test_two_snapshots_of_the_same_cycle_tell_nothing_of_the_late_answer():
    assert {then(TWELVE, [*TWELVE, late])[1] for late in range(1, 6)} == {then(TWELVE, [*TWELVE, 1])[1]}


def test_earlier_figure_that_was_kept_back_asks_for_nothing():
    assert then(levels(0, 0, 12, 0, 0), [*TWELVE, 5])[1].step == 0.1


def test_outside_figure_whose_steps_start_at_a_figure_not_seen_outside_is_kept_back():
    few, more = of_units(nowhere=spread(14)), of_units(nowhere=spread(16))
    first = release(few)
    inside = release(more, earlier=[Earlier(first, people_behind(few))])
    outside = release(more, policy=Policy(k_scores=15), within=inside)
    assert (inside[staff()].step, type(outside[staff()])) == (0.9, Withheld)


def third_year(*years_levels: list[int]):
    """The third year's figure inside, and for others, who were told the first year's and not the second's."""
    cells = [of_units(nowhere=given_levels) for given_levels in years_levels]
    inside, outside = [], []
    for at, tallied in enumerate(cells):
        told = release(tallied, earlier=inside)
        if at != 1:
            beyond = release(tallied, policy=Policy(k_scores=15), within=told, earlier=outside)
            outside.append(Earlier(beyond, people_behind(tallied)))
        inside.append(Earlier(told, people_behind(tallied)))
    return inside[-1].released[staff()], outside[-1].released[staff()]


def test_outside_figure_takes_the_wider_steps_of_the_inside():
    inside, outside = third_year(spread(60), spread(61), spread(62))
    assert (inside.step, outside.step, outside.mean) == (0.9, 0.9, inside.mean)


def test_outside_figure_whose_steps_cut_across_the_inside_ones_is_kept_back():
    """Inside they start at 3.1, outside at 3.0."""
    inside, outside = third_year(spread(60), [*spread(60), *[4] * 6], [*spread(60), *[4] * 7])
    assert (inside.step, type(outside)) == (0.3, Withheld)


def of_which_are_shown(*shown: CellKey) -> SimpleNamespace:
    """What is asked about a release of which these figures alone are shown."""
    released, answered = SimpleNamespace(k=5), dict.fromkeys(shown, 9)
    return SimpleNamespace(released=released, answered=answered, sums=dict.fromkeys(shown), same_readers=True)


NORTH, SOUTH = staff("north"), staff("south")


@pytest.mark.parametrize(("shown", "goes"), [
    ([NORTH, staff()], NORTH),
    ([staff(), staff("north", None)], staff()),
    ([staff(practice=None), staff("north", None)], staff("north", None)),
    ([staff("north", "M2"), SOUTH, staff(practice=None)], staff(practice=None)),
    ([staff("north", "M2"), SOUTH], SOUTH),
    ([staff("south", "M2"), staff("north", "M2")], staff("north", "M2")),
    ([staff(domain="G")], None)])
def test_what_tells_most_of_a_cell_goes_first(shown, goes, monkeypatch):
    """The cell itself, its whole, its domain; else another unit's same practice, then its unit's other ones."""
    monkeypatch.setattr(over_time, "certain_over_time", lambda pairs: [NORTH])
    monkeypatch.setattr(over_time, "telling_of_skippers", lambda *known: ())
    assert list(given_away(of_which_are_shown(*shown), [of_which_are_shown()])) == ([goes] if goes else [])


def test_unit_kept_back_over_time_takes_company():
    """Whoever knows the whole and all units but one knows that one."""
    few = levels(0, 0, 2, 1, 2)
    before, now = of_units(north=few, south=TWELVE), of_units(north=[*few, 4], south=TWELVE)
    second = release(now, earlier=[Earlier(release(before), people_behind(before))])
    assert [type(second[staff(unit)]) for unit in ("north", "south")] == [Withheld, Withheld]


def test_sum_of_the_whole_is_known_as_well_as_the_units():
    cells = of_units(north=levels(0, 2, 1, 2, 0), south=levels(1, 2, 2, 1, 1))
    released = release(cells)
    assert Earlier(released, people_behind(cells)).sums[staff()] == (35, 35)


@pytest.mark.parametrize(("low", "high", "came", "safe"), [
    (1, 5, 1, True), (-3, 9, 1, True), (2, 5, 1, False), (1, 4, 1, False), (5, 30, 1, False), (6, 30, 1, True),
    (-9, 0, 1, True), (-9, 1, 1, False), (-9, 1, 2, True), (-5, -1, -1, True), (-5, -2, -1, False), (-30, -6, -1, True),
    (4, 8, 2, True), (4, 7, 2, False), (3, 7, 2, True), (6, 30, 2, False), (5, 30, 2, True),
    (-30, 7, 2, True), (-30, 6, 2, False),
    (-1, 1, 0, True), (0, 1, 0, False), (3, 3, 0, False), (4, 20, 0, False), (5, 20, 0, True), (-9, -4, 0, False),
    (-9, 1, 0, True), (-9, 0, 0, False),
    (20, 20, 5, True), (21, 30, 5, False), (26, 30, 5, True), (5, 9, 5, False), (5, 10, 5, True)])
def test_difference_hides_the_few_where_enough_remains_possible(low, high, came, safe):
    assert hides(low, high, came, 5) is safe


@pytest.mark.parametrize(("high", "safe"), [(9, False), (10, True)])
def test_two_people_can_not_have_said_less_than_one_each(high, safe):
    assert hides(-30, high, 2, 15) is safe


@pytest.mark.parametrize(("few", "k", "sums"), [(1, 5, 5), (2, 5, 5), (1, 15, 5), (2, 15, 9), (9, 15, 15)])
def test_as_many_sums_remain_as_there_are_or_as_the_threshold_asks(few, k, sums):
    assert possible_sums(few, k) == sums


@pytest.mark.parametrize("width", WIDTHS)
def test_step_spans_the_means_that_it_tells_and_no_others(width):
    for start in SCALE:
        told = {tenths: middle_of(tenths, Steps(width, start)) for tenths in SCALE}
        for middle in set(told.values()):
            low, high = span(middle, width)
            assert middle in SCALE
            assert [tenths for tenths in SCALE if told[tenths] == middle] == list(range(low, high + 1))


@pytest.mark.parametrize(("outer", "inner", "do_nest"), [
    ((9, 30), (3, 21), True), ((9, 30), (3, 20), False), ((3, 30), (9, 30), False), ((3, 30), (3, 28), False)])
def test_steps_nest_where_each_is_made_of_whole_inner_ones(outer, inner, do_nest):
    assert nest(Steps(*outer), Steps(*inner)) is do_nest


@MANY
@given(st.sampled_from(WIDTHS), st.sampled_from(WIDTHS), st.integers(10, 50), st.integers(-5, 5))
def test_nested_steps_never_cut_one_another(inner, outer, start, apart):
    fine, wide = Steps(inner, start), Steps(max(inner, outer), start + apart * inner)
    assert nest(wide, fine)
    for tenths in range(10, 51):
        low, high = span(middle_of(tenths, fine), fine.width)
        least, most = span(middle_of(tenths, wide), wide.width)
        assert least <= low <= high <= most


@MANY
@given(SEEDS)
def test_no_pair_of_releases_gives_away_who_came_or_left(seed):
    for circle in ("inside", "outside"):
        releases = told_over_years(years(Random(seed)))[circle]
        for at, now in enumerate(releases):
            assert [broken for before in releases[:at] for broken in pairs_that_tell(now, before)] == []


@example(40)
@MANY
@given(SEEDS)
def test_outside_release_beside_an_earlier_inside_one_gives_nobody_away(seed):
    told = told_over_years(years(Random(seed)))
    for at, now in enumerate(told["outside"]):
        assert [broken for before in told["inside"][:at] for broken in pairs_that_tell(now, before)] == []


@MANY
@given(SEEDS)
def test_outside_is_never_told_more_finely_than_the_inside(seed):
    told = told_over_years(years(Random(seed)))
    for inside, outside in zip(told["inside"], told["outside"], strict=True):
        for key, figure in outside.released.items():
            if isinstance(figure, Shown):
                inner = inside.released[key]
                low, high = inner.between or (inner.mean, inner.mean)
                least, most = figure.between or (figure.mean, figure.mean)
                assert least <= low <= high <= most


@MANY
@given(SEEDS)
def test_width_of_the_steps_does_not_depend_on_what_people_said(seed):
    """Where the same figures are shown: numbers of people alone make the steps wide."""
    one, other = (told_over_years(years(Random(seed), answers=Random(say)))["inside"] for say in (1, 2))
    for (before, now), (before_too, now_too) in zip(pairwise(one[:2]), pairwise(other[:2]), strict=True):
        shown = before.sums.keys() & now.sums.keys() & before_too.sums.keys() & now_too.sums.keys()
        assert {key: step(now, key) for key in shown} == {key: step(now_too, key) for key in shown}


def step(one: Earlier, key) -> float:
    return one.released[key].step


def pairs_that_tell(now: Earlier, before: Earlier) -> list:
    k = min(now.released.k, before.released.k)
    return [key for key in now.sums.keys() & before.sums.keys()
            if not hides(now.sums[key][0] - before.sums[key][1], now.sums[key][1] - before.sums[key][0],
                         now.answered[key] - before.answered[key], k)]


def test_rough_figure_comes_back_from_the_store_as_it_was():
    cells = of_units(nowhere=[*TWELVE, 5])
    before = of_units(nowhere=TWELVE)
    released = release(cells, earlier=[Earlier(release(before), people_behind(before))])
    again = reread(to_plain(released, "a cycle", str.upper), "a cycle", str.upper)
    assert (dict(again), again[staff()].between) == (dict(released), (2.6, 3.4))


def test_figure_in_tenths_has_no_ends():
    assert then(TWELVE)[0].between is None


@pytest.mark.parametrize("newcomers", [[1, 1, 2], [5, 5, 4]])
def test_what_three_newcomers_said_together_is_not_told_where_it_is_one_number(newcomers):
    """Nobody's answer is certain, nor an end of the scale: but of ten people then, and thirteen now, both sums are."""
    then, now = (Earlier(release(cells), people_behind(cells)) for cells in (
        of_units(nowhere=[1, 2, 3, 4, 5] * 2), of_units(nowhere=[1, 2, 3, 4, 5] * 2 + newcomers)))
    assert list(given_away(now, [then])) == [staff()]
