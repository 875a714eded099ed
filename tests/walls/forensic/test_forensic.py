"""The raw files of the database, all keys, every moment known: nobody is found more often than by chance.

The bounds are such that an honest store is accused once in 10,000 runs; a way of thinking that is right in a quarter
of the trials instead of a sixth is noticed.
"""

import pytest

from .running import chance_bounds, count_right, run

pytestmark = pytest.mark.store
TRIALS, OF_THE_CONTROL, WAYS = 500, 40, 16


def quiet(line: str) -> None:
    """Nobody has to be told how far it is."""


def test_no_code_is_joined_to_its_answer_more_often_than_by_chance():
    outcome = run(TRIALS, quiet)
    assert (outcome.found, outcome.tried) == ((), TRIALS * WAYS)


def test_the_same_attacker_finds_who_it_was_where_nothing_is_stirred():
    right = count_right(OF_THE_CONTROL, "unstirred", quiet)
    _low, high = chance_bounds(OF_THE_CONTROL, WAYS)
    found = {way for way, hits in right.items() if hits > high}
    assert found >= {"same transaction", "nearest transaction", "order of transactions", "order of overflow"}
