"""What a figure says, and what is unsafe by itself."""

from dataclasses import replace

import pytest

from alongside.privacy.gate import (
    CellKey,
    Hole,
    InconsistentCells,
    Policy,
    RawCell,
    Shown,
    ThresholdDoesNotNest,
    Withheld,
    people_heard,
    release,
)
from alongside.privacy.tests.gate_tables import UNSURE, of_practices, of_units, spread, staff


def cell(answered: int = 24, **facts: object) -> RawCell:
    """A whole organization's practice that may be shown, but for `facts`."""
    plain = RawCell(staff(), asked=60, answered=answered, mean=3.0, q1=2.0, q3=4.0, differing=3, dont_know=0)
    return replace(plain, **facts)


def figure(raw: RawCell, **how: object):
    return release([raw], **how)[raw.key]


def test_four_people_are_too_few():
    assert reason(figure(cell(4))) == "too_few"


def test_five_people_are_enough():
    assert isinstance(figure(cell(5)), Shown)


def test_raised_threshold_holds():
    assert reason(figure(cell(14), policy=Policy(k_scores=15))) == "too_few"


def test_nobody_who_answered_looks_like_too_few():
    assert reason(figure(cell(0, mean=None, q1=None, q3=None, differing=0))) == "too_few"


@pytest.mark.parametrize("differing", [0, 1])
def test_people_who_all_say_the_same_but_one_are_not_told(differing):
    assert reason(figure(cell(differing=differing))) == "protects"


def test_two_people_who_differ_are_enough():
    assert isinstance(figure(cell(differing=2)), Shown)


@pytest.mark.parametrize(("mean", "quartiles"), [(1.1, (1.0, 1.0)), (4.9, (5.0, 5.0))])
def test_domain_at_the_end_of_the_scale_is_not_told(mean, quartiles):
    low, high = quartiles
    raw = cell(8, key=staff(practice=None), mean=mean, q1=low, q3=high)
    assert reason(figure(raw)) == "protects"


def test_domain_whose_upper_quarter_is_two_people_below_one_step_is_not_told():
    raw = cell(8, key=staff(practice=None), mean=1.3, q1=1.0, q3=1.9)
    assert reason(figure(raw)) == "protects"


def test_domain_near_the_end_whose_quartiles_keep_apart_from_it_is_shown():
    raw = cell(8, key=staff(practice=None), mean=4.5, q1=4.3, q3=4.7)
    assert isinstance(figure(raw), Shown)


@pytest.mark.parametrize(("mean", "shown"), [(3.04, 3.0), (3.05, 3.1), (3.25, 3.3), (2.949, 2.9)])
def test_mean_is_told_in_tenths(mean, shown):
    assert figure(cell(mean=mean)).mean == shown


@pytest.mark.parametrize(("mean", "level"), [(2.44, 2), (2.45, 3), (2.5, 3), (3.4, 3), (3.5, 4), (4.6, 5)])
def test_level_is_the_nearest_to_the_mean_as_told(mean, level):
    assert figure(cell(mean=mean)).level == level


@pytest.mark.parametrize(("answered", "band"), [(5, (5, 9)), (9, (5, 9)), (10, (10, 14)), (24, (20, 24))])
def test_number_of_people_is_told_as_a_band(answered, band):
    told = figure(cell(answered)).n
    assert (told.low, told.high) == band


def test_band_is_as_wide_as_a_raised_threshold():
    told = figure(cell(24), policy=Policy(k_scores=11)).n
    assert (told.low, told.high) == (22, 32)


def test_middle_half_needs_a_group_in_each_quarter():
    assert [figure(cell(19)).middle, figure(cell(20)).middle] == [None, (2.0, 4.0)]


def test_middle_half_is_told_in_halves():
    assert figure(cell(q1=2.24, q3=3.75)).middle == (2.0, 4.0)


@pytest.mark.parametrize(("unsure", "band"), [(0, (0, 4)), (4, (0, 4)), (5, (5, 9)), (13, (10, 14))])
def test_do_not_know_is_told_as_a_band(unsure, band):
    told = figure(cell(dont_know=unsure)).unsure
    assert (told.low, told.high) == band


@pytest.mark.parametrize(("unsure", "share"), [(0, None), (4, None), (5, 0.25), (9, 0.25), (20, 0.5), (25, 0.55)])
def test_share_of_do_not_know_comes_of_the_bands_alone(unsure, share):
    assert figure(cell(dont_know=unsure)).unsure_share == share


def test_do_not_know_of_a_unit_is_not_told():
    released = release(of_units(north=spread(9) + [UNSURE] * 6, south=spread(9) + [UNSURE] * 7))
    assert [figure.unsure is None for figure in released.values()] == [False, True, True]


def test_do_not_know_of_a_domain_is_not_told():
    released = release(of_practices(M1=spread(9) + [UNSURE] * 6, M2=spread(15)))
    assert released[staff(practice=None)].unsure is None


def test_what_nobody_was_asked_is_a_hole():
    hole = CellKey("clients", None, "M", "M1")
    found = release([cell()], holes=[hole])[hole]
    assert (type(found), found.reason) == (Hole, "not_asked")


def test_what_was_tallied_though_nobody_was_asked_is_refused():
    with pytest.raises(InconsistentCells):
        release([cell()], holes=[staff()])


def test_every_cell_and_every_hole_comes_out_and_nothing_else():
    cells = of_units(north=spread(9), south=spread(3))
    hole = CellKey("clients", None, "M", "M1")
    assert set(release(cells, holes=[hole])) == {raw.key for raw in cells} | {hole}


def test_voice_of_four_people_tells_nothing():
    cells = [replace(raw, asked=4) for raw in of_practices(M1=spread(4), M2=spread(4))]
    assert {reason(found) for found in release(cells).values()} == {"too_few"}


def test_voice_of_four_people_does_not_tell_how_many_they_are():
    assert people_heard(release(of_practices(M1=spread(4), M2=spread(4))), "staff") is None


def test_small_voice_takes_nothing_from_another():
    clients = CellKey("clients", None, "M", "M1")
    released = release([cell(), replace(cell(3), key=clients, asked=3, differing=2)])
    assert [type(found) for found in released.values()] == [Withheld, Shown]


def test_people_heard_is_the_largest_band_of_the_voice():
    cells = [cell(24), cell(31, key=staff(practice="M2")), cell(50, key=CellKey("clients", None, "M", "M1"))]
    heard = people_heard(release(cells), "staff")
    assert (heard.low, heard.high) == (30, 34)


def test_second_release_with_bands_across_the_first_is_refused():
    inside = release([cell()])
    with pytest.raises(ThresholdDoesNotNest) as refused:
        release([cell()], policy=Policy(k_scores=11), within=inside)
    assert (refused.value.asked_for, refused.value.inner) == (11, 5)


def test_second_release_keeps_back_what_the_first_kept_back():
    cells = [cell(40), cell(40, key=staff(practice="M2"))]
    inside = release([replace(cells[0], differing=0), cells[1]])
    outside = release(cells, policy=Policy(k_scores=15), within=inside)
    assert [type(found) for found in outside.values()] == [Withheld, Shown]


def reason(found) -> str:
    assert isinstance(found, Withheld)
    return found.reason
