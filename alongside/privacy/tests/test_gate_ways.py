"""Withheld cells that are pinned by several lines together."""

from collections.abc import Sequence
from dataclasses import replace

from alongside.privacy.gate import CellKey, RawCell
from alongside.privacy.gate.cells import lay_out
from alongside.privacy.gate.rules import pressed_ends
from alongside.privacy.gate.ways import Block
from alongside.privacy.tests.gate_tables import Person, of_practices, spread, staff, tally

MIXED = spread(8)
LOWEST, HIGHEST = [1] * 8, [5] * 8


def two_by_two(**levels: Sequence[int]) -> list[RawCell]:
    """Units a and b, practices 1 and 2: `a1` are the levels of unit a in practice 1."""
    people = [
        Person(unit, {"1": one, "2": two})
        for unit in "ab" for one, two in zip(levels[f"{unit}1"], levels[f"{unit}2"], strict=True)
    ]
    return tally(people, {"M": ["1", "2"]}, "ab")


def stuck(cells: Sequence[RawCell], withheld: set[CellKey]) -> set[str]:
    """Unit and practice of the cells that are stuck when just these are withheld; "M" is the domain."""
    block = Block(lay_out(cells), withheld, "staff", "M")
    return {(cell.key.unit or "") + (cell.key.practice or "M") for cell in block.stuck()}


CROSSWISE = {staff(unit, practice) for unit in "ab" for practice in "12"}


def test_cell_at_the_top_may_come_down_where_the_other_three_can_move():
    assert stuck(two_by_two(a1=HIGHEST, a2=MIXED, b1=MIXED, b2=MIXED), CROSSWISE) == set()


def test_cell_at_the_top_may_come_down_where_the_one_across_is_at_the_top_as_well():
    assert stuck(two_by_two(a1=HIGHEST, a2=MIXED, b1=MIXED, b2=HIGHEST), CROSSWISE) == set()


def test_cells_at_the_top_and_at_the_bottom_pin_one_another_across():
    assert stuck(two_by_two(a1=HIGHEST, a2=MIXED, b1=MIXED, b2=LOWEST), CROSSWISE) == {"a1", "b2"}


def test_cells_at_the_same_end_pin_one_another_in_a_row():
    assert stuck(two_by_two(a1=HIGHEST, a2=HIGHEST, b1=MIXED, b2=MIXED), CROSSWISE) == {"a1", "a2"}


def test_member_of_the_same_unit_knows_the_one_answer_that_could_move():
    cells = two_by_two(a1=HIGHEST, a2=[4] + [5] * 7, b1=MIXED, b2=MIXED)
    assert stuck(cells, CROSSWISE) == {"a1", "a2"}


def test_member_of_another_unit_does_not_know_the_one_answer_that_could_move():
    cells = two_by_two(a1=HIGHEST, a2=MIXED, b1=MIXED, b2=[2] + [1] * 7)
    assert stuck(cells, CROSSWISE) == {"b2"}


def test_cell_may_leave_by_a_row_whose_domain_is_withheld_in_both_units():
    cells = two_by_two(a1=HIGHEST, a2=MIXED, b1=MIXED, b2=LOWEST)
    domains = {staff(unit, practice=None) for unit in "ab"}
    assert stuck(cells, CROSSWISE | domains) == set()


def test_domain_does_not_leave_its_end_by_itself():
    cells = [
        replace(cell, mean=4.9, q1=4.5, q3=5.0) if cell.key == staff("a", practice=None) else cell
        for cell in two_by_two(a1=MIXED, a2=MIXED, b1=MIXED, b2=MIXED)
    ]
    assert stuck(cells, {staff("a", practice=None)}) == {"aM"}


def test_practices_of_the_whole_organization_move_against_one_another():
    cells = of_practices(M1=HIGHEST, M2=LOWEST, M3=MIXED)
    assert stuck(cells, {staff(practice="M1"), staff(practice="M2")}) == set()


def test_practices_of_the_whole_organization_at_the_same_end_are_stuck():
    cells = of_practices(M1=HIGHEST, M2=HIGHEST, M3=MIXED)
    assert stuck(cells, {staff(practice="M1"), staff(practice="M2")}) == {"M1", "M2"}


def test_people_without_a_unit_can_make_up_for_a_unit():
    people = [Person("a", {"1": level}) for level in HIGHEST]
    people += [Person(None, {"1": level}) for level in MIXED]
    practices = [cell for cell in tally(people, {"M": ["1"]}, "a") if cell.key.practice]
    assert stuck(practices, {staff("a", "1")}) == set()


def test_one_answer_of_people_without_a_unit_is_enough_to_make_up_for_a_unit():
    people = [Person("a", {"1": level}) for level in HIGHEST]
    people += [Person(None, {"1": level}) for level in [4] + [5] * 7]
    practices = [cell for cell in tally(people, {"M": ["1"]}, "a") if cell.key.practice]
    assert stuck(practices, {staff("a", "1")}) == set()


def test_people_without_a_unit_at_the_same_end_can_not():
    people = [Person(unit, {"1": 5}) for unit in ("a", None) for _ in range(8)]
    practices = [cell for cell in tally(people, {"M": ["1"]}, "a") if cell.key.practice]
    assert stuck(practices, {staff("a", "1")}) == {"a1"}


def test_one_person_in_the_middle_of_the_scale_is_at_no_end():
    alone = RawCell(staff("a"), asked=1, answered=1, mean=3.0, q1=3.0, q3=3.0, differing=0, dont_know=0)
    assert pressed_ends(alone) == []


def test_two_people_who_agree_in_the_middle_of_the_scale_are_at_no_end():
    agreed = RawCell(staff("a"), asked=2, answered=2, mean=3.0, q1=3.0, q3=3.0, differing=0, dont_know=0)
    assert pressed_ends(agreed) == []


def test_people_who_all_score_the_same_near_an_end_are_at_it():
    domain = staff(practice=None)
    alike = RawCell(domain, asked=6, answered=6, mean=1.18, q1=1.18, q3=1.18, differing=0, dont_know=0)
    assert pressed_ends(alike) == [1.0]
