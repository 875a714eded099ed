"""Small counts can't be worked out from what is published, nor that everybody chose an end of the scale.

Only organizations in which everybody told their unit are attacked: there the units add up to the whole,
which is the attacker's best case.
"""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alongside.privacy.gate import CellKey, RawCell, Released, Withheld, release
from alongside.privacy.tests.gate_attacker import Attacker
from alongside.privacy.tests.gate_tables import Person, organization, responses

FEW = 5
SEEDS = st.integers(0, 2**32)
SOME = settings(max_examples=20, deadline=None)
A_DOZEN = settings(max_examples=12, deadline=None)
THOUSANDTH = 1e-3


def attacked(seed: int, complete: bool) -> tuple[dict[CellKey, RawCell], Released, list[str], list[str]]:
    cells, units, practices = organization(Random(seed), complete)
    raw = {cell.key: cell for cell in cells}
    placed = sum(raw[CellKey("staff", unit, "M", None)].asked for unit in units)
    assume(placed == raw[CellKey("staff", None, "M", None)].asked)
    return raw, release(cells), units, practices


def withheld(raw: dict[CellKey, RawCell], released: Released) -> Iterator[RawCell]:
    return (raw[key] for key, figure in released.items() if isinstance(figure, Withheld))


def members(seed: int, complete: bool) -> list[Person]:
    """One person for each unit and set of answers; none where the voice itself is too small to be told of."""
    people = responses(Random(seed), complete)[0]
    alike = {(person.unit, *person.answers.values()): person for person in people}
    return list(alike.values()) if len(people) >= FEW else []


@pytest.mark.parametrize("complete", [False, True])
@SOME
@given(SEEDS)
def test_withheld_small_count_could_be_any_of_five(complete, seed):
    raw, released, units, practices = attacked(seed, complete)
    attacker = Attacker(released, units, practices, complete=complete)
    for cell in withheld(raw, released):
        if cell.answered < FEW:
            assert attacker.possibilities(("people", cell.key.unit, cell.key.practice)) >= FEW, cell.key


@SOME
@given(SEEDS)
def test_small_count_of_people_who_do_not_know_could_be_any_of_five(seed):
    raw, released, units, practices = attacked(seed, complete=False)
    attacker = Attacker(released, units, practices)
    for cell in raw.values():
        if cell.key.practice and cell.dont_know < FEW:
            assert attacker.possibilities(("unsure", cell.key.unit, cell.key.practice)) >= FEW, cell.key


@pytest.mark.parametrize("complete", [False, True])
@SOME
@given(SEEDS)
def test_who_knows_every_head_count_can_not_prove_that_all_chose_an_end(complete, seed):
    raw, released, units, practices = attacked(seed, complete)
    counts = {key: cell.answered for key, cell in raw.items()}
    attacker = Attacker(released, units, practices, complete=complete, head_counts=counts)
    for cell in withheld(raw, released):
        if cell.answered:
            low, high = attacker.between(("levels", cell.key.unit, cell.key.practice))
            assert high >= cell.answered + 1 - THOUSANDTH, cell.key
            assert low <= 5 * cell.answered - 1 + THOUSANDTH, cell.key


@pytest.mark.parametrize("complete", [False, True])
@A_DOZEN
@given(SEEDS)
def test_member_of_a_unit_can_not_prove_that_all_others_chose_an_end(complete, seed):
    raw, released, units, practices = attacked(seed, complete)
    counts = {key: cell.answered for key, cell in raw.items()}
    for person in members(seed, complete):
        attacker = Attacker(released, units, practices, complete=complete, head_counts=counts)
        attacker.is_told_the_answers_of(person)
        for practice, own in person.answers.items():
            others = counts[CellKey("staff", person.unit, "M", practice)] - 1
            if own and others:
                low, high = attacker.between(("levels", person.unit, practice))
                assert high - own >= others + 1 - THOUSANDTH, (person, practice)
                assert low - own <= 5 * others - 1 + THOUSANDTH, (person, practice)
