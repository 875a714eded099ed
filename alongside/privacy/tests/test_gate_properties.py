"""What holds for every cycle, whatever people answered."""

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.privacy.gate import CellKey, Policy, RawCell, Shown, Withheld, release
from alongside.privacy.gate.cells import lay_out
from alongside.privacy.gate.complement import complement, unsafe_units, without_units
from alongside.privacy.tests.gate_tables import Person, organization, tally

SEEDS = st.integers(0, 2**32)
LEVELS = st.sampled_from((None, 0, 1, 2, 3, 4, 5))
THRESHOLDS = st.sampled_from((5, 6, 11, 15))
MANY = settings(max_examples=80, deadline=None)


def cells_of(seed: int) -> list[RawCell]:
    return organization(Random(seed))[0]


def lines_of(cells: list[RawCell]) -> list[list[CellKey]]:
    """Every whole with its units, unless some people told none, and every domain with its practices."""
    table = lay_out(cells)
    columns = [
        [column.whole.key, *(unit.key for unit in column.units)]
        for column in table.columns.values() if not column.unplaced
    ]
    rows = [[row.total.key, *(part.key for part in row.parts)] for row in table.rows.values()]
    return columns + rows


@MANY
@given(SEEDS, THRESHOLDS)
def test_shown_figure_has_enough_people(seed, k):
    cells = {cell.key: cell for cell in cells_of(seed)}
    released = release(cells.values(), policy=Policy(k_scores=k))
    assert all(cells[key].answered >= k for key, figure in released.items() if isinstance(figure, Shown))


@MANY
@given(SEEDS, THRESHOLDS)
def test_shown_figure_has_two_people_who_differ(seed, k):
    cells = {cell.key: cell for cell in cells_of(seed)}
    released = release(cells.values(), policy=Policy(k_scores=k))
    assert all(cells[key].differing >= 2 for key, figure in released.items() if isinstance(figure, Shown))


@MANY
@given(SEEDS, THRESHOLDS)
def test_no_line_lacks_exactly_one_figure(seed, k):
    cells = cells_of(seed)
    released = release(cells, policy=Policy(k_scores=k))
    lacking = [sum(isinstance(released[key], Withheld) for key in line) for line in lines_of(cells)]
    assert 1 not in lacking


@MANY
@given(SEEDS, THRESHOLDS)
def test_units_left_over_are_two_and_hold_enough_people(seed, k):
    cells = cells_of(seed)
    released = release(cells, policy=Policy(k_scores=k))
    for column in lay_out(cells).columns.values():
        hidden = [unit for unit in column.units if isinstance(released[unit.key], Withheld)]
        if isinstance(released[column.whole.key], Shown) and len(hidden) < len(column.units) and hidden:
            rest = [*hidden, column.unplaced] if column.unplaced else hidden
            assert len(rest) >= 2
            assert sum(group.answered for group in rest) >= k


@MANY
@given(SEEDS, THRESHOLDS)
def test_unit_with_few_people_is_kept_back_everywhere(seed, k):
    cells = {cell.key: cell for cell in cells_of(seed)}
    released = release(cells.values(), policy=Policy(k_scores=k))
    assert not [key for key, figure in released.items() if isinstance(figure, Shown) and cells[key].asked < k]


@MANY
@given(st.lists(st.tuples(st.sampled_from("ab"), LEVELS, LEVELS), max_size=4))
def test_voice_of_few_people_tells_nothing(few):
    people = [Person(unit, {"M1": one, "M2": two}) for unit, one, two in few]
    released = release(tally(people, {"M": ["M1", "M2"]}, "ab"))
    assert {(type(figure), figure.reason) for figure in released.values()} == {(Withheld, "too_few")}


@MANY
@given(SEEDS)
def test_release_does_not_depend_on_the_order_of_the_cells(seed):
    cells = cells_of(seed)
    shuffled = Random(seed).sample(cells, len(cells))
    assert list(release(shuffled).items()) == list(release(cells).items())


@MANY
@given(SEEDS)
def test_voice_does_not_change_what_another_shows(seed):
    cells = cells_of(seed)
    others = tally([], {"M": ["M1"]}, voice="clients")
    both = release([*cells, *others])
    assert {key: figure for key, figure in both.items() if key.voice == "staff"} == dict(release(cells))


@MANY
@given(SEEDS)
def test_nothing_more_is_kept_back_on_a_second_look(seed):
    cells = cells_of(seed)
    kept_back = {key for key, figure in release(cells).items() if isinstance(figure, Withheld)}
    table = lay_out(cells)
    judged = without_units(table, unsafe_units(table, 5))
    assert complement(judged, kept_back, 5) == kept_back


@MANY
@given(SEEDS, st.sampled_from((10, 15)))
def test_release_to_a_wider_circle_shows_nothing_more(seed, k):
    cells = cells_of(seed)
    inside = release(cells)
    outside = release(cells, policy=Policy(k_scores=k), within=inside)
    for key, figure in outside.items():
        if isinstance(figure, Shown):
            inner = inside[key]
            assert isinstance(inner, Shown)
            assert figure.mean == inner.mean
            assert figure.n.low <= inner.n.low <= inner.n.high <= figure.n.high
