"""Nobody is given away by what is released, whoever attacks; and each broken rule of the gate is found out."""

import importlib
from random import Random

import pytest

from alongside.privacy.attacker import Cycle, Found, Known, Person, Year, attack_cycle, attack_years
from alongside.privacy.gate import CellKey, Earlier, people_behind, release
from alongside.privacy.gate.figures import GATE, Band
from alongside.privacy.gate.steps import TENTHS
from alongside.privacy.tests.gate_tables import UNSURE, of_practices, of_units, spread, staff, tally

from . import attacking
from .organizations import organization

GATE_OF = "alongside.privacy.gate"
RELEASE = importlib.import_module(f"{GATE_OF}.release")  # the package's name `release` is the function
COMPLEMENT = importlib.import_module(f"{GATE_OF}.complement")
SOME = range(10_000, 10_200)
A_FEW = 20


@pytest.mark.parametrize("start", range(SOME.start, SOME.stop, A_FEW))
def test_nobody_is_given_away(start):
    assert [line for seed in range(start, start + A_FEW) for line in attacking.attacked(seed)] == []


@pytest.mark.parametrize("seed", [1157, 2308, 2373, 3740])
def test_nobody_is_given_away_who_once_was(seed):
    """Found among the first five thousand: an answer that stood in several lines and cycles at once."""
    assert attacking.attacked(seed) == []


@pytest.mark.parametrize(("rules", "seed", "how"), [
    ({"release.too_few": lambda cell, k: cell.answered < k - 1}, 66, "few"),
    ({"release.too_alike": lambda cell: False}, 1, "end"),
    ({"release._band": lambda people, k: Band(people, people, vouched=GATE)}, 0, "unsure"),
    ({"release.steps_for": lambda *known: TENTHS, "release.given_away": lambda *known: ()}, 10, "came"),
    ({"release.given_away": lambda *known: ()}, 13, "came"),
    ({"over_time.certain_over_time": lambda *known: ()}, 302, "came"),
], ids=lambda value: next(iter(value)) if isinstance(value, dict) else None)
def test_broken_rule_is_found_out(rules, seed, how, monkeypatch):
    assert attacking.attacked(seed) == []
    for place, broken in rules.items():
        module, name = place.split(".")
        monkeypatch.setattr(importlib.import_module(f"{GATE_OF}.{module}"), name, broken)
    assert any(f": {how} at " in line for line in attacking.attacked(seed))


def test_do_not_know_told_anew_is_found_out(monkeypatch):
    """One person came, and the band went up: it was they who didn't know."""
    monkeypatch.setattr(RELEASE, "may_tell_unsure", lambda *known: True)
    assert unsure_of_one_more_person() == [Found(staff(), "unsure")]


def test_do_not_know_of_one_more_person_is_not_found():
    assert unsure_of_one_more_person() == []


def unsure_of_one_more_person() -> list[Found]:
    before = of_units(nowhere=[*spread(40), *[UNSURE] * 4])
    now = of_units(nowhere=[*spread(40), *[UNSURE] * 5])
    first = release(before)
    second = release(now, earlier=[Earlier(first, people_behind(before))])
    years = [Year((told,), people_behind(cells), {cell.key: cell.asked for cell in cells})
             for told, cells in ((first, before), (second, now))]
    return attack_years(years).found


@pytest.mark.parametrize("is_broken", [True, False])
def test_unit_left_alone_is_found_out(is_broken, monkeypatch):
    """The whole less the other units is what the south said."""
    cells = of_units(north=spread(17), south=[5, 5, 5], west=spread(12))
    if is_broken:
        monkeypatch.setattr(RELEASE, "complement", lambda table, withheld, k: frozenset(withheld))
        monkeypatch.setattr(RELEASE, "unsafe_units", lambda table, k: frozenset())
    counts = {cell.key: cell.answered for cell in cells}
    found = attack_cycle(Cycle((release(cells),), Known(people=counts, placed={"staff"}))).found
    assert (Found(staff("south"), "end") in found) is is_broken


def exactly(cells, **known) -> list[Found]:
    """What somebody finds who knows all numbers of people and reckons with whole levels."""
    counts = {cell.key: cell.answered for cell in cells}
    told = Known(people=counts, placed={"staff"}, exact=True, **known)
    return attack_cycle(Cycle((release(cells),), told)).found


@pytest.mark.parametrize("is_broken", [True, False])
def test_units_and_practices_that_pin_one_another_crosswise_are_found_out(is_broken, monkeypatch):
    """In one unit all say 5 to the first question, in the other all say 1 to the second: nothing can move."""
    mixed = (2, 3, 4, 2, 3)
    said = {"a": zip([5] * 5, mixed, strict=True), "b": zip(mixed, [1] * 5, strict=True)}
    people = [Person(unit, {"M1": one, "M2": two}) for unit, both in said.items() for one, two in both]
    cells = tally(people, {"M": ["M1", "M2"]}, "ab")
    if is_broken:
        monkeypatch.setattr(COMPLEMENT.Lines, "open_block", lambda *block: ())
    pinned = [Found(staff("a", "M1"), "end"), Found(staff("b", "M2"), "end")]
    assert exactly(cells, complete=True) == (pinned if is_broken else [])


@pytest.mark.parametrize("is_broken", [True, False])
def test_two_small_units_at_the_same_end_are_found_out(is_broken, monkeypatch):
    """Where both of two rules that see it are broken: each of them is enough."""
    cells = of_units(north=spread(7), south=[5] * 3, east=[5] * 3)
    if is_broken:
        monkeypatch.setattr(COMPLEMENT, "people_hide", lambda groups, k: True)
        monkeypatch.setattr(COMPLEMENT.Lines, "open_block", lambda *block: ())
    assert exactly(cells) == ([Found(staff(unit), "end") for unit in ("east", "south")] if is_broken else [])


def test_somebody_who_answered_finds_out_the_only_other_one(monkeypatch):
    """In a unit of two each knows the other's answer, once their sum is known."""
    cells = of_units(north=spread(7), south=[4, 2])
    monkeypatch.setattr(RELEASE, "complement", lambda table, withheld, k: frozenset(withheld))
    monkeypatch.setattr(RELEASE, "unsafe_units", lambda table, k: frozenset())
    counts = {cell.key: cell.answered for cell in cells}
    known = Known(people=counts, placed={"staff"}, own=(Person("south", {"M1": 4}),))
    assert Found(staff("south"), "answer") in attack_cycle(Cycle((release(cells),), known)).found


@pytest.mark.parametrize("is_broken", [True, False])
def test_somebody_who_skipped_the_rest_is_found_out(is_broken, monkeypatch):
    """Six answered the first question and five both: the sixth's answer is what the area's figure lacks."""
    cells = of_practices(M1=[3, 2, 4, 3, 2, 5], M2=[3, 2, 4, 3, 2, None])
    if is_broken:
        monkeypatch.setattr(importlib.import_module(f"{GATE_OF}.over_time"), "telling_of_skippers", lambda *known: ())
    known = Known(people=people_behind(cells), needed=0.75)
    found = attack_cycle(Cycle((release(cells),), known)).found
    assert found == ([Found(staff(practice=None), "skipped")] if is_broken else [])


def test_what_one_said_who_came_is_found_where_nothing_protects_it():
    """Two releases in tenths, each as if there were no other."""
    before, now = of_units(nowhere=spread(8)), of_units(nowhere=[*spread(8), 5])
    years = [Year((release(cells),), people_behind(cells)) for cells in (before, now)]
    assert attack_years(years).found == [Found(staff(), "came")]


def test_somebody_supposed_wrongly_finds_nothing():
    before, now = of_units(nowhere=[1, 2, 2, 3, 3, 1, 2, 2]), of_units(nowhere=[5, 4, 4, 3, 5, 5, 4, 4, 5])
    years = [Year((release(cells),), people_behind(cells)) for cells in (before, now)]
    assert attack_years(years).found == []


def test_outcome_counts_what_was_tried():
    told = []
    outcome = attacking.run(3, told.append)
    assert (outcome.tried, outcome.is_good, told) == (3, True, ["3 of 3 organizations attacked, 0 people given away"])


@pytest.mark.parametrize("seed", [1, 2])
def test_organization_of_a_number_is_always_the_same(seed):
    assert organization(seed) == organization(seed)


def test_organizations_are_of_every_kind():
    many = [organization(seed) for seed in Random(1).sample(range(1000), 150)]
    assert {len(one.rounds) for one in many} == {1, 2, 3, 4}
    assert {bool(one.units) for one in many} == {True, False}
    assert {one.complete for one in many} == {True, False}
    assert any(len(set(person.answers.values())) == 1 for one in many for person in one.rounds[0].people)
    assert any(cell.key == CellKey("staff", None, "M", "M1") and cell.differing == 0
               for one in many for cell in one.rounds[0].cells)
