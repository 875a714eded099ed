"""Which further figures must be kept back, so that no withheld one can be worked out from the others.

Figures stand in two kinds of lines that add up: columns (whole organization = sum of its units) and rows (domain =
about the mean of its practices). Keeping back a figure for one line can open another, so lines are looked at again
until none is left open. Figures are only ever added to those kept back: it ends, and always in the same way.
"""

from collections.abc import Callable, Iterable

from .cells import CellKey, Column, RawCell, Row, Table
from .rules import people_hide, practices_hide

Open = Callable[[], tuple[CellKey, ...]]


def unsafe_units(table: Table, k: int) -> frozenset[CellKey]:
    """All figures of units that are too small, and of the company that hides them in every column.

    A unit with fewer than k people is withheld everywhere. Were its company to change from column to column, each of
    those units would be shown somewhere, and the small one would be left over: so the company stays the same, the
    next smallest units by people asked, until two units with k people are together.
    """
    rest: set[tuple[str, str]] = set()
    for voice, people in _people_by_unit(table).items():
        smallest_first = sorted(people, key=lambda unit: (people[unit], unit))
        small = [unit for unit in smallest_first if people[unit] < k]
        size = len(small)
        while small and size < len(people) and (size < 2 or sum(people[u] for u in smallest_first[:size]) < k):
            size += 1
        rest |= {(voice, unit) for unit in smallest_first[:size]}
    return frozenset(key for key in table.cells if (key.voice, key.unit or "") in rest and key.unit)


def _people_by_unit(table: Table) -> dict[str, dict[str, int]]:
    """For each voice the people asked in each unit; people of no unit are the unit ""."""
    people: dict[str, dict[str, int]] = {}
    for (voice, _, _), column in table.columns.items():
        in_voice = people.setdefault(voice, {})
        for unit in column.units:
            in_voice[unit.key.unit or ""] = max(unit.asked, in_voice.get(unit.key.unit or "", 0))
        if column.unplaced:
            in_voice[""] = max(column.unplaced.asked, in_voice.get("", 0))
    return people


def complement(table: Table, withheld: Iterable[CellKey], k: int) -> frozenset[CellKey]:
    """`withheld` and all that must be withheld with it, so that no column or row gives one of them away."""
    kept_back = set(withheld)
    looked_at = _Lines(table, kept_back, k)
    waiting: dict[CellKey, None] = dict.fromkeys(table.cells)  # an ordered set: whole organization first
    while waiting:
        key = next(iter(waiting))
        del waiting[key]
        more = looked_at.open_row(table.row_of(key)) or looked_at.open_column(table.column_of(key))
        kept_back.update(more)
        if more:
            waiting.update(dict.fromkeys((key, *more)))
    return frozenset(kept_back)


class _Lines:
    """What a line still needs. Looks at the figures kept back so far; changes nothing."""

    def __init__(self, table: Table, kept_back: set[CellKey], k: int):
        self.table = table
        self.kept_back = kept_back
        self.k = k

    def open_column(self, column: Column) -> tuple[CellKey, ...]:
        """The figures to keep back next so that this column gives nothing away; none if it is closed."""
        shown = [unit for unit in column.units if unit.key not in self.kept_back]
        if column.whole.key in self.kept_back:
            return _keys(shown)
        hidden = [unit for unit in column.units if unit.key in self.kept_back]
        hidden += [column.unplaced] if column.unplaced else []
        if not hidden or people_hide(hidden, self.k):
            return ()
        if shown:
            return (min(shown, key=lambda unit: (unit.asked, unit.answered, unit.key.unit)).key,)
        # With every unit kept back the whole stands alone, unless its only unit is the same people.
        return (column.whole.key,) if len(hidden) == 1 else ()

    def open_row(self, row: Row) -> tuple[CellKey, ...]:
        """The figures to keep back next so that this row gives nothing away; none if it is closed."""
        if row.total is None or not row.parts:
            return ()
        hidden = [part for part in row.parts if part.key in self.kept_back]
        shown = [part for part in row.parts if part.key not in self.kept_back]
        if row.total.key in self.kept_back:
            return () if hidden else (self._cheapest(shown),)
        if not hidden or practices_hide(hidden):
            return ()
        return (self._cheapest(shown) if shown else row.total.key,)

    def _cheapest(self, practices: list[RawCell]) -> CellKey:
        """The practice that loses least: one whose column is already broken, then the one with fewest answers."""
        return min(practices, key=lambda cell: (not self._is_broken(cell), cell.answered, cell.key.practice)).key

    def _is_broken(self, cell: RawCell) -> bool:
        units = self.table.column_of(cell.key).units
        return any(unit.key in self.kept_back for unit in units if unit is not cell)


def _keys(cells: Iterable[RawCell]) -> tuple[CellKey, ...]:
    return tuple(cell.key for cell in cells)
