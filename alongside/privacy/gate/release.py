"""The gate itself: all tallies of one cycle in, figures that may be seen out."""

from collections.abc import Iterable
from math import floor

from .cells import CellKey, RawCell, Table, lay_out, order
from .complement import complement, unsafe_units
from .figures import GATE, Band, Figure, Hole, Released, Shown, Why, Withheld
from .policy import Policy, ThresholdDoesNotNest
from .rules import too_alike, too_few

QUARTERS = 4
HAIR = 1e-9  # so that 3.25, or the float just below it, is always rounded up


def release(
    cells: Iterable[RawCell],
    holes: Iterable[CellKey] = (),
    policy: Policy | None = None,
    within: Released | None = None,
) -> Released:
    """Release all figures of one cycle at once. Without a policy: 5 people behind each score.

    `cells` holds every tally of the cycle, of the units and of the whole organization; `holes` are the
    keys that nobody was asked. Called with a part of a cycle it can't protect that part from the other.

    `within` is an earlier release of the same cells to a smaller circle (the organization itself, before
    its funders). The new one shows nothing that the earlier withheld, and its bands enclose the earlier
    ones, so that both side by side tell no more than the earlier. For this its threshold must be a
    multiple of the earlier one's.

    Raises `InconsistentCells` for tallies that contradict one another, `ThresholdDoesNotNest` for the last.
    """
    k = (policy or Policy()).k_scores
    holes = frozenset(holes)
    table = lay_out(cells, holes)
    withheld = complement(table, _unsafe(table, k) | _withheld_within(table, within, k), k)
    figures: dict[CellKey, Figure] = {key: Hole("not_asked", vouched=GATE) for key in holes}
    for key, cell in table.cells.items():
        figures[key] = _withhold(table, key, k) if key in withheld else _show(cell, k)
    in_order = {key: figures[key] for key in sorted(figures, key=order)}
    return Released(k, in_order, vouched=GATE)


def _unsafe(table: Table, k: int) -> frozenset[CellKey]:
    """What is unsafe by itself: small units with their company, small figures, and those that are all alike.

    A voice of fewer than k people has small figures only: nobody answers without having been asked.
    """
    unsafe = {key for key, cell in table.cells.items() if too_few(cell, k) or too_alike(cell)}
    return unsafe_units(table, k) | unsafe


def _withheld_within(table: Table, within: Released | None, k: int) -> frozenset[CellKey]:
    if within is None:
        return frozenset()
    if k % within.k:
        raise ThresholdDoesNotNest(k, within.k)
    return frozenset(key for key in table.cells if not isinstance(within.get(key), Shown))


def _withhold(table: Table, key: CellKey, k: int) -> Withheld:
    """The reason is the whole's: among units of a shown whole, "too few" would itself be a count."""
    reason: Why = "too_few" if too_few(table.column_of(key).whole, k) else "protects"
    return Withheld(reason, vouched=GATE)


def _show(cell: RawCell, k: int) -> Shown:
    mean, q1, q3 = (value or 0.0 for value in (cell.mean, cell.q1, cell.q3))  # all three are there: `check`
    tenths = to_steps(mean, 10)
    middle = (to_steps(q1, 2) / 2, to_steps(q3, 2) / 2)
    # A don't-know count of a unit could be bounded from the whole's and the other units', one of a domain
    # from its practices': told of single practices of the whole organization, it stands in no sum.
    told = cell.key.practice is not None and cell.key.unit is None
    return Shown(
        mean=tenths / 10,
        level=nearest_level(tenths),
        n=_band(cell.answered, k),
        middle=middle if cell.answered >= QUARTERS * k else None,
        unsure=_band(cell.dont_know, k) if told else None,
        vouched=GATE,
    )


def _band(people: int, k: int) -> Band:
    low = people // k * k
    return Band(low, low + k - 1, vouched=GATE)


def to_steps(value: float, steps: int) -> int:
    """`value` in whole steps of 1/`steps`, halves going up."""
    return floor(value * steps + 0.5 + HAIR)


def nearest_level(tenths: int) -> int:
    """The level 1..5 nearest to a rounded mean in tenths, halves going up: it adds nothing to the mean."""
    return (tenths + 5) // 10
