"""Tallies that contradict one another don't pass."""

from dataclasses import replace

import pytest

from alongside.privacy.gate import CellKey, InconsistentCells, RawCell, release
from alongside.privacy.tests.gate_tables import UNSURE, Person, of_units, spread, staff, tally

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
def test_cell_that_no_answers_could_give_is_refused_by_its_name_alone(change):
    wrong = replace(SOUND, **change)
    with pytest.raises(InconsistentCells) as refused:
        release([wrong])
    words, _, name = str(refused.value).partition(": ")
    assert name == str(wrong.key)
    assert not {"8", "9", "12", "13"} & set(words.split())  # it may stand in a log: no count


def test_whole_stands_before_its_units_and_a_domain_before_its_practices():
    people = [Person("A", {"A1": level}) for level in spread(9)]
    released = release(tally(people, {"A": ["A1"]}, "A"))
    assert [(key.unit, key.practice) for key in released] == [(None, None), (None, "A1"), ("A", None), ("A", "A1")]


def test_domain_whose_people_also_said_they_do_not_know_is_accepted():
    released = release([replace(SOUND, key=staff(practice=None), answered=12, dont_know=12)])
    assert len(released) == 1


def test_cell_tallied_twice_is_refused():
    with pytest.raises(InconsistentCells, match="twice"):
        release([SOUND, SOUND])


def test_cell_that_is_also_a_hole_is_refused():
    with pytest.raises(InconsistentCells, match="not to have been asked"):
        release([SOUND], holes=[SOUND.key])


def test_hole_without_a_voice_is_refused():
    with pytest.raises(InconsistentCells):
        release([SOUND], holes=[CellKey("", None, "M", "M2")])


def test_unit_without_its_whole_organization_is_refused():
    with pytest.raises(InconsistentCells, match="without their whole: staff, M, M1"):
        release([replace(SOUND, key=staff("north"))])


@pytest.mark.parametrize("less", [{"asked": 19}, {"answered": 16}, {"dont_know": 1}])
def test_units_with_more_people_than_the_whole_are_refused(less):
    whole, *units = of_units(north=[*spread(8), UNSURE, None], south=[*spread(9), UNSURE])
    with pytest.raises(InconsistentCells, match="more people than the whole"):
        release([replace(whole, **less), *units])
