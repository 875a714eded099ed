"""Tallies that contradict one another don't pass."""

from dataclasses import replace

import pytest

from alongside.privacy.gate import CellKey, InconsistentCells, RawCell, release
from alongside.privacy.tests.gate_tables import of_units, spread, staff

SOUND = RawCell(staff(), asked=12, answered=9, mean=3.0, q1=2.0, q3=4.0, differing=4, dont_know=2)


@pytest.mark.parametrize("change", [
    {"answered": 13},
    {"answered": 11},
    {"dont_know": 13},
    {"answered": -1},
    {"asked": 12.0},
    {"differing": 9},
    {"mean": 0.9},
    {"mean": 5.1},
    {"mean": None},
    {"mean": float("nan")},
    {"q1": None},
    {"q1": 4.5},
    {"key": CellKey("", None, "M", "M1")},
    {"key": CellKey("staff", "", "M", "M1")},
    {"key": CellKey("staff", None, "", "M1")},
    {"key": CellKey("staff", None, "M", "")},
])
def test_cell_that_no_answers_could_give_is_refused(change):
    with pytest.raises(InconsistentCells):
        release([replace(SOUND, **change)])


def test_domain_whose_people_also_said_they_do_not_know_is_accepted():
    released = release([replace(SOUND, key=staff(practice=None), answered=12, dont_know=12)])
    assert len(released) == 1


def test_cell_tallied_twice_is_refused():
    with pytest.raises(InconsistentCells):
        release([SOUND, SOUND])


def test_cell_that_is_also_a_hole_is_refused():
    with pytest.raises(InconsistentCells):
        release([SOUND], holes=[SOUND.key])


def test_hole_without_a_voice_is_refused():
    with pytest.raises(InconsistentCells):
        release([SOUND], holes=[CellKey("", None, "M", "M2")])


def test_unit_without_its_whole_organization_is_refused():
    with pytest.raises(InconsistentCells):
        release([replace(SOUND, key=staff("north"))])


def test_units_with_more_people_than_the_whole_are_refused():
    whole, *units = of_units(north=spread(8), south=spread(9))
    with pytest.raises(InconsistentCells):
        release([replace(whole, asked=16, answered=16), *units])
