"""Which further figures must be kept back, so that no withheld one can be worked out from the others.

Figures stand in two kinds of lines that add up: columns (whole organization = sum of its units) and rows
(domain = about the mean of its practices). Keeping back a figure for one line can open another, so lines
are looked at again until none is left open. Figures are only ever added to those kept back: it ends, and
always in the same way.

Which figure is added is chosen by which ones are kept back already and by how many people there are, never by
what they answered; and none is given back when others have made it needless. Otherwise each figure kept back
would tell those who know this file that it had to be.
"""

from collections.abc import Iterable
from typing import TypeVar

from .cells import CellKey, Column, RawCell, Row, Table, lay_out, order
from .rules import may_be_left_over, people_hide, practices_hide
from .ways import Block

Line = TypeVar("Line")


def unsafe_units(table: Table, k: int) -> frozenset[CellKey]:
    """All figures of units that are too small, and of the company that hides them in every column.

    A unit with fewer than k people is withheld everywhere. Were its company to change from column to
    column, each of those units would be shown somewhere, and the small one would be left over: so the
    company stays the same, the next smallest units by people asked, until k people are together.
    """
    rest: set[tuple[str, str]] = set()
    for voice, people in _people_by_unit(table).items():
        smallest_first = sorted(people, key=lambda unit: (people[unit], unit))
        small = [unit for unit in smallest_first if people[unit] < k]
        size = len(small)
        while small and size < len(people) and sum(people[unit] for unit in smallest_first[:size]) < k:
            size += 1
        rest |= {(voice, unit) for unit in smallest_first[:size]}
    return frozenset(key for key in table.cells if (key.voice, key.unit or "") in rest and key.unit)


def without_units(table: Table, unseen: frozenset[CellKey]) -> Table:
    """The table as it is judged: people of units that nobody sees are among those of no unit.

    So nothing that is shown depends on who is in which of these units. Else what is kept back beside them would
    tell in which one somebody answers unlike all others.
    """
    return lay_out(cell for key, cell in table.cells.items() if key not in unseen)


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


def complement(
    table: Table, withheld: Iterable[CellKey], k: int, closed: frozenset[CellKey] = frozenset(),
) -> frozenset[CellKey]:
    """`withheld` and all that must be withheld with it, so that no column or row gives one of them away.

    `closed` is an earlier answer to which figures are added: lines without a new one need no second look.
    """
    kept_back = {*closed, *withheld}
    new = sorted(kept_back - closed, key=order) if closed else table.cells
    lines = Lines(table, kept_back, k)
    # Yet to be looked at, in order.
    rows = dict.fromkeys((key.voice, key.unit, key.domain) for key in new)
    columns = dict.fromkeys((key.voice, key.domain, key.practice) for key in new)
    blocks = dict.fromkeys((key.voice, key.domain) for key in new)
    while rows or columns or blocks:
        # Rows first: what several units keep back for their own sake often closes a column among them.
        if rows:
            more = lines.open_row(table.rows[_first(rows)])
        elif columns:
            more = lines.open_column(table.columns[_first(columns)])
        else:
            more = lines.open_block(*_first(blocks))
        kept_back.update(more)
        for key in more:
            rows[key.voice, key.unit, key.domain] = None
            columns[key.voice, key.domain, key.practice] = None
            blocks[key.voice, key.domain] = None
    return frozenset(kept_back)


def _first(waiting: dict[Line, None]) -> Line:
    line = next(iter(waiting))
    del waiting[line]
    return line


class Lines:
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
        rest = column.unplaced
        if rest and hidden == [rest] and may_be_left_over(rest, self.k):
            return ()
        if shown:
            return (min(shown, key=self._unit_loss).key,)
        # With every unit kept back the whole stands alone, unless its only unit is the same people.
        return (column.whole.key,) if len(hidden) == 1 else ()

    def open_row(self, row: Row) -> tuple[CellKey, ...]:
        """The figures to keep back next so that this row gives nothing away; none if it is closed."""
        if row.total is None or not row.parts:
            return ()
        hidden = [part for part in row.parts if part.key in self.kept_back]
        shown = [part for part in row.parts if part.key not in self.kept_back]
        if row.total.key in self.kept_back:
            return () if hidden else (min(shown, key=self._loss).key,)
        if not hidden or practices_hide(hidden):
            return ()
        return (min(shown, key=self._loss, default=row.total).key,)

    def open_block(self, voice: str, domain: str) -> tuple[CellKey, ...]:
        """The figure to keep back next so that no withheld cell of this domain is pinned; none if none is."""
        for stuck in Block(self.table, self.kept_back, voice, domain).stuck():
            row, column = self.table.row_of(stuck.key), self.table.column_of(stuck.key)
            practices, units = sorted(row.parts, key=self._loss), sorted(column.units, key=self._unit_loss)
            by_cost = [*practices, row.total, *units, column.whole]
            shown = [cell for cell in by_cost if cell and cell.key not in self.kept_back]
            if shown:
                return (min(shown, key=self._left_alone).key,)
        return ()

    # Where two are equal the first in the table's own order is taken.

    def _loss(self, practice: RawCell) -> tuple[int, int]:
        """Least for a practice that leaves no withheld figure alone, then for one with few answers."""
        return (self._left_alone(practice), practice.answered)

    def _unit_loss(self, unit: RawCell) -> tuple[int, int, int]:
        """By people asked, who are the same in every column, so that columns choose the same units."""
        return (self._left_alone(unit), unit.asked, unit.answered)

    def _left_alone(self, cell: RawCell) -> int:
        """How many more lines would lack one single figure if `cell` were kept back; below zero, how many fewer."""
        column, row = self.table.column_of(cell.key), self.table.row_of(cell.key)
        lines = [row.cells] if column.unplaced else [row.cells, column.units]
        lacking = [sum(other.key in self.kept_back for other in line) for line in lines]
        return lacking.count(0) - lacking.count(1)


def _keys(cells: Iterable[RawCell]) -> tuple[CellKey, ...]:
    return tuple(cell.key for cell in cells)
