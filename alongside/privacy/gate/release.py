"""The gate itself: all tallies of one cycle in, figures that may be seen out."""

from collections.abc import Iterable, Mapping, Sequence

from .cells import CellKey, RawCell, Table, lay_out, order
from .complement import complement, unsafe_units, without_units
from .figures import GATE, Band, Figure, Hole, Released, Shown, Why, Withheld
from .over_time import Earlier, given_away, may_tell_unsure, people_behind, steps_for
from .policy import Policy, ThresholdDoesNotNest
from .rules import too_alike, too_few
from .steps import TENTHS, Steps, middle_of, nearest_level, nest, to_steps

QUARTERS = 4


def release(
    cells: Iterable[RawCell],
    holes: Iterable[CellKey] = (),
    policy: Policy | None = None,
    within: Released | None = None,
    earlier: Sequence[Earlier] = (),
) -> Released:
    """Release all figures of one cycle at once. Without a policy: 5 people behind each score.

    `cells` holds every tally of the cycle, of the units and of the whole organization; `holes` are the
    keys that nobody was asked. Called with a part of a cycle it can't protect that part from the other.

    `within` is an earlier release of the same cells to a smaller circle (the organization itself, before
    its funders). The new one shows nothing that the earlier withheld, nothing more finely, and its bands
    enclose the earlier ones, so that both side by side tell no more than the earlier. For this its
    threshold must be a multiple of the earlier one's.

    `earlier` are the releases of other cycles, oldest first: side by side with them the new figures tell
    nothing of the few people who came or left in between.

    Raises `InconsistentCells` for tallies that contradict one another, `ThresholdDoesNotNest` for the last.
    """
    k = (policy or Policy()).k_scores
    holes = frozenset(holes)
    table = lay_out(cells, holes)
    steps = {key: _no_finer(steps_for(cell, earlier, k), key, within) for key, cell in table.cells.items()}
    told = {key: _show(cell, k, steps[key], unsure=may_tell_unsure(cell, earlier, k))
            for key, cell in table.cells.items() if not too_few(cell, k)}
    unseen = unsafe_units(table, k)
    judged = without_units(table, unseen)
    withheld = unseen | complement(judged, _unsafe(judged, k) | _withheld_within(steps, within, k), k)
    while True:
        figures: dict[CellKey, Figure] = {key: Hole("not_asked", vouched=GATE) for key in holes}
        for key in table.cells:
            figures[key] = _withhold(table, key, k) if key in withheld else told[key]
        released = Released(k, {key: figures[key] for key in sorted(figures, key=order)}, vouched=GATE)
        now = Earlier(released, people_behind(table.cells.values()))
        more = frozenset(given_away(now, earlier))
        if not more:
            return released
        withheld = complement(judged, more, k, closed=withheld)


def _unsafe(table: Table, k: int) -> frozenset[CellKey]:
    """What is unsafe by itself: small figures, and those that are all alike.

    A voice of fewer than k people has small figures only: nobody answers without having been asked.
    """
    return frozenset(key for key, cell in table.cells.items() if too_few(cell, k) or too_alike(cell))


def _no_finer(own: Steps, key: CellKey, within: Released | None) -> Steps:
    inner = within.get(key) if within else None
    return Steps(max(own.width, round(10 * inner.step)), own.start) if isinstance(inner, Shown) else own


def _withheld_within(steps: Mapping[CellKey, Steps], within: Released | None, k: int) -> frozenset[CellKey]:
    if within is None:
        return frozenset()
    if k % within.k:
        raise ThresholdDoesNotNest(k, within.k)
    return frozenset(key for key, own in steps.items() if not _encloses(own, within.get(key)))


def _encloses(own: Steps, inner: Figure | None) -> bool:
    """Does a figure told in these steps tell no more than the inner one?

    Steps that start at a figure which these readers never saw would tell of that one.
    """
    if not isinstance(inner, Shown):
        return False
    inner_steps = Steps(round(10 * inner.step), round(10 * inner.mean))
    return inner_steps.width == TENTHS.width or (own.start != TENTHS.start and nest(own, inner_steps))


def _withhold(table: Table, key: CellKey, k: int) -> Withheld:
    """The reason is the whole's: among units of a shown whole, "too few" would itself be a count."""
    reason: Why = "too_few" if too_few(table.column_of(key).whole, k) else "protects"
    return Withheld(reason, vouched=GATE)


def _show(cell: RawCell, k: int, steps: Steps, *, unsure: bool) -> Shown:
    mean, q1, q3 = (value or 0.0 for value in (cell.mean, cell.q1, cell.q3))  # all three are there: `check`
    tenths = middle_of(to_steps(mean, 10), steps)
    middle = (to_steps(q1, 2) / 2, to_steps(q3, 2) / 2)
    has_middle = cell.answered >= QUARTERS * k and steps.width == TENTHS.width
    # A don't-know count of a unit could be bounded from the whole's and the other units', one of a domain
    # from its practices': told of single practices of the whole organization, it stands in no sum.
    has_unsure = unsure and cell.key.practice is not None and cell.key.unit is None
    return Shown(
        mean=tenths / 10,
        step=steps.width / 10,
        level=nearest_level(tenths),
        n=_band(cell.answered, k),
        middle=middle if has_middle else None,
        unsure=_band(cell.dont_know, k) if has_unsure else None,
        vouched=GATE,
    )


def _band(people: int, k: int) -> Band:
    low = people // k * k
    return Band(low, low + k - 1, vouched=GATE)
