"""The whole organization is the sum of its units: what is kept back among them."""

from dataclasses import replace

import pytest

from alongside.privacy.gate import CellKey, RawCell, Shown, Withheld, release
from alongside.privacy.gate.cells import lay_out
from alongside.privacy.gate.complement import unsafe_units
from alongside.privacy.tests.gate_tables import Person, of_units, spread, staff, tally


def shown(cells: list[RawCell]) -> set[str]:
    """Units whose figure is shown; "whole" is the whole organization."""
    return {key.unit or "whole" for key, figure in release(cells).items() if isinstance(figure, Shown)}


def test_units_that_are_large_enough_are_all_shown():
    assert shown(of_units(a=spread(5), b=spread(8), c=spread(9))) == {"whole", "a", "b", "c"}


def test_small_unit_takes_the_next_smallest_with_it():
    assert shown(of_units(a=spread(3), b=spread(12), c=spread(9))) == {"whole", "b"}


def test_two_small_units_with_five_people_need_nobody_else():
    assert shown(of_units(a=spread(3), b=spread(4), c=spread(9))) == {"whole", "c"}


def test_two_small_units_with_exactly_five_people_need_nobody_else():
    assert shown(of_units(a=spread(2), b=spread(3), c=spread(9))) == {"whole", "c"}


def test_two_small_units_with_four_people_take_a_third_with_them():
    assert shown(of_units(a=spread(1), b=spread(3), c=spread(9), d=spread(10))) == {"whole", "d"}


def test_of_two_units_either_both_are_shown_or_none():
    assert shown(of_units(a=spread(3), b=spread(12))) == {"whole"}


def test_small_unit_in_which_nobody_answered_is_not_told_from_one_in_which_some_did():
    assert shown(of_units(a=[None, None, None], b=spread(12), c=spread(9))) == {"whole", "b"}


def test_people_without_a_unit_are_not_left_over_when_few():
    assert shown(of_units(nowhere=spread(3), a=spread(9), b=spread(12))) == {"whole", "b"}


def test_people_without_a_unit_may_be_left_over_when_many():
    assert shown(of_units(nowhere=spread(8), a=spread(9), b=spread(12))) == {"whole", "a", "b"}


def test_people_without_a_unit_are_not_left_over_when_all_alike():
    assert shown(of_units(nowhere=[5] * 8, a=spread(9), b=spread(12))) == {"whole", "b"}


def test_whole_is_shown_where_its_only_unit_is_hidden_among_people_without_one():
    assert shown(of_units(nowhere=[2] * 4, a=[1] * 6)) == {"whole"}


def test_unit_that_agrees_takes_another_with_it():
    assert shown(of_units(a=[3] * 8, b=spread(9), c=spread(12))) == {"whole", "c"}


def test_two_units_that_all_say_the_lowest_take_a_third_with_them():
    assert shown(of_units(a=[1] * 6, b=[1] * 7, c=spread(12), d=spread(15))) == {"whole", "d"}


def test_two_units_with_one_voice_above_the_lowest_take_a_third_with_them():
    assert shown(of_units(a=[1] * 6, b=[1] * 6 + [4], c=spread(12), d=spread(15))) == {"whole", "d"}


def test_unit_that_skipped_a_question_is_left_in_the_company_of_another():
    assert shown(of_units(a=spread(3) + [None] * 20, b=spread(9), c=spread(12))) == {"whole", "c"}


def test_company_of_a_small_unit_is_the_same_in_every_column():
    people = [Person("a", {"M1": level, "M2": level}) for level in spread(3)]
    people += [Person("b", {"M1": level, "M2": level}) for level in spread(7)]
    people += [Person("c", {"M1": level, "M2": 4}) for level in spread(9)]
    people += [Person("d", {"M1": level, "M2": level}) for level in spread(12)]
    released = release(tally(people, {"M": ["M1", "M2"]}, "abcd"))
    assert {type(figure) for key, figure in released.items() if key.unit in ("a", "b")} == {Withheld}


def test_small_units_keep_the_same_company_until_five_people_are_together():
    table = lay_out(of_units(a=spread(1), b=spread(3), c=spread(9), d=spread(10)))
    assert unsafe_units(table, 5) == {staff(unit) for unit in "abc"}


def test_unit_of_nobody_adds_nobody_to_the_company():
    table = lay_out(of_units(a=[], b=spread(4), c=spread(9), d=spread(10)))
    assert unsafe_units(table, 5) == {staff(unit) for unit in "abc"}


def test_each_voice_keeps_its_own_company():
    cells = of_units(a=spread(3), b=spread(9), c=spread(12))
    clients = [replace(cell, key=cell.key._replace(voice="clients")) for cell in cells]
    kept = unsafe_units(lay_out([*cells, *clients]), 5)
    assert {(key.voice, key.unit) for key in kept} == {(v, u) for v in ("clients", "staff") for u in "ab"}


@pytest.mark.parametrize(("first", "second"), [(0, 0), (7, 4)])
def test_unit_or_people_without_one_are_as_many_as_were_asked_in_the_column_that_asked_most(first, second):
    many = of_units(nowhere=spread(first), a=spread(6), b=spread(9))
    few = of_units(nowhere=spread(second), a=spread(3), b=spread(9))
    later = [replace(cell, key=cell.key._replace(practice="M2")) for cell in few]
    assert unsafe_units(lay_out([*many, *later]), 5) == frozenset()


def test_reason_among_units_of_a_shown_whole_is_no_count():
    released = release(of_units(a=spread(3), b=[3] * 8, c=spread(9), d=spread(20)))
    assert [released[staff(unit)].reason for unit in "ab"] == ["protects"] * 2


def test_units_of_a_whole_with_too_few_answers_say_too_few():
    released = release(of_units(a=spread(2) + [None] * 9, b=spread(2) + [None] * 9))
    assert [figure.reason for figure in released.values()] == ["too_few"] * 3


def test_whole_that_is_kept_back_keeps_its_units_back():
    domain = staff(practice=None)
    whole, *units = of_units(a=spread(9), b=spread(12))
    cells = [replace(raw, key=raw.key._replace(practice=None)) for raw in units]
    released = release([replace(whole, key=domain, differing=1), *cells])
    assert {type(figure) for figure in released.values()} == {Withheld}


def test_only_unit_and_its_whole_are_the_same_people():
    whole, unit = of_units(a=spread(9))
    released = release([whole, replace(unit, differing=1)])
    assert {type(figure) for figure in released.values()} == {Withheld}


def test_voice_without_units_stands_by_itself():
    (whole,) = of_units(nowhere=spread(9))
    clients = replace(whole, key=CellKey("clients", None, "M", "M1"))
    released = release([*of_units(a=spread(3), b=spread(4)), clients])
    assert isinstance(released[clients.key], Shown)
