"""The tally against a slow one in plain Python."""

import statistics
from collections import Counter
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.findings import tally as tallying
from alongside.findings.tally import Asked, tally
from alongside.privacy.gate import CellKey

ITEMS = (("M", "M1"), ("M", "M2"), ("M", "M3"), ("M", "M4"), ("G", "G1"))
WIDTH = len(ITEMS)

lines = st.lists(st.lists(st.integers(0, 8), min_size=WIDTH, max_size=WIDTH), max_size=12)


def asked(people, voice="staff", unit=None, items=ITEMS) -> Asked:
    return Asked(voice, unit, items, len(people), b"".join(bytes(line) for line in people))


def slow_score(answers) -> Fraction | None:
    """One person's domain score, in plain words."""
    levels = [one for one in answers if 1 <= one <= 5]
    applies = [one for one in answers if one != 7]
    if not levels or Fraction(len(levels), len(applies)) < Fraction(3, 4):
        return None
    return Fraction(sum(levels), len(levels))


def slow_facts(values, asked_people, dont_know):
    """What a cell must hold, or nothing but counts where nobody answered."""
    if not values:
        return (asked_people, 0, None, None, None, 0, dont_know)
    exact = sorted(values)
    quarters = [exact[0]] * 3 if len(exact) == 1 else statistics.quantiles(exact, n=4, method="inclusive")
    most_common = Counter(floor(value * 10 + Fraction(1, 2)) for value in exact).most_common(1)[0][1]
    mean, q1, q3 = (pytest.approx(float(one)) for one in (sum(exact) / len(exact), quarters[0], quarters[2]))
    return (asked_people, len(exact), mean, q1, q3, len(exact) - most_common, dont_know)


def facts(cell):
    return (cell.asked, cell.answered, cell.mean, cell.q1, cell.q3, cell.differing, cell.dont_know)


def by_key(cells):
    return {cell.key: cell for cell in cells}


@settings(deadline=None)
@given(lines)
def test_tally_of_a_practice_agrees_with_the_slow_one(people):
    cell = by_key(tally([asked(people)]))[CellKey("staff", None, "M", "M2")]
    column = [line[1] for line in people]
    values = [Fraction(one) for one in column if 1 <= one <= 5]
    assert facts(cell) == slow_facts(values, len(people), column.count(6))


@settings(deadline=None)
@given(lines)
def test_tally_of_a_domain_agrees_with_the_slow_one(people):
    cell = by_key(tally([asked(people)]))[CellKey("staff", None, "M", None)]
    scores = [score for line in people if (score := slow_score(line[:4])) is not None]
    assert facts(cell) == slow_facts(scores, len(people), sum(6 in line[:4] for line in people))


@settings(deadline=None)
@given(lines, lines)
def test_tally_of_the_whole_is_the_tally_of_all_units_together(north, south):
    apart = by_key(tally([asked(north, unit="n"), asked(south, unit="s")]))
    together = by_key(tally([asked(north + south)]))
    assert {key: facts(cell) for key, cell in apart.items() if key.unit is None} == {
        key: facts(cell) for key, cell in together.items()}


@settings(deadline=None)
@given(lines)
def test_tally_in_small_chunks_is_the_same(people):
    whole, size = facts_of(tally([asked(people)])), tallying.CHUNK
    tallying.CHUNK = 3
    try:
        assert facts_of(tally([asked(people)])) == whole
    finally:
        tallying.CHUNK = size


def facts_of(cells):
    return [facts(cell) for cell in cells]


@pytest.mark.parametrize(("answers", "scored"), [
    ([3, 3, 3, 0], 1),  # 3 of 4: exactly 75 %
    ([3, 3, 0, 0], 0),  # 2 of 4
    ([3, 3, 6, 7], 0),  # 2 of the 3 that apply
    ([3, 7, 7, 7], 1),  # 1 of the 1 that applies
    ([7, 7, 7, 7], 0),  # nothing applies
    ([3, 3, 3, 6], 1),  # "I don't know" counts as not answered
    ([3, 3, 8, 8], 0),  # "prefer not to say" too
])
def test_domain_score_needs_three_quarters_of_what_applies(answers, scored):
    cells = by_key(tally([asked([[*answers, 0]])]))
    assert cells[CellKey("staff", None, "M", None)].answered == scored


def test_tally_keeps_voices_apart():
    cells = by_key(tally([asked([[5] * 5]), asked([[1] * 5], voice="clients")]))
    means = [cells[CellKey(voice, None, "G", "G1")].mean for voice in ("staff", "clients")]
    assert means == [5.0, 1.0]


def test_tally_of_rounds_with_other_items_counts_those_who_were_asked():
    short = asked([[4], [2]], unit="s", items=(("M", "M1"),))
    cells = by_key(tally([asked([[1] * 5], unit="n"), short]))
    assert [cells[CellKey("staff", None, "M", practice)].asked for practice in ("M1", "M2")] == [3, 1]


def test_tally_refuses_a_block_of_another_size():
    with pytest.raises(ValueError, match="one byte for each"):
        tally([Asked("staff", None, ITEMS, 2, b"\1" * 9)])
