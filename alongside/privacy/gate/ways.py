"""Whether a withheld cell at an end of the scale could be elsewhere while all that is shown stays as it is.

Each row and each column may be closed, and a cell be pinned by several of them together: of two units and
two practices withheld crosswise, none can move without the other three. So for each withheld cell whose
people (or all of them but one) chose an end, a way is looked for on which one answer can move by one
step: the cell moves away from its end, another cell of its row moves the opposite way, another one of
that cell's column again the first way, and so on, until the way is back at the first cell's column. A
line in which nothing is shown to add up to is open: the way may leave there and come in at any other open
line.

Signs: raising a unit's practice leaves its row too high and its column too high. A whole organization's cell
stands on the other side of its column, a domain's on the other side of its row: either turns the direction.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from .cells import HIGHEST, LOWEST, CellKey, RawCell, Row, Table
from .rules import STEP, distance, distance_without_one, pressed_ends

Node = tuple[str, str | None]  # "row", unit | "column", practice | OUTSIDE
OUTSIDE: Node = ("outside", None)


@dataclass(frozen=True)
class Block:
    """One domain of one voice, with the keys withheld so far anywhere."""

    table: Table
    withheld: Collection[CellKey]
    voice: str
    domain: str

    @cached_property
    def cells(self) -> tuple[RawCell, ...]:
        """The withheld cells of this block."""
        everything = (cell for row in self._rows.values() for cell in row.cells)
        return tuple(cell for cell in everything if cell.key in self.withheld)

    @cached_property
    def _rows(self) -> dict[str | None, Row]:
        rows = self.table.rows.items()
        here = (self.voice, self.domain)
        return {unit: row for (voice, unit, domain), row in rows if (voice, domain) == here}

    @cached_property
    def _at(self) -> dict[Node, list[RawCell]]:
        found: dict[Node, list[RawCell]] = {}
        for cell in self.cells:
            for node in (_row(cell), _column(cell)):
                found.setdefault(node, []).append(cell)
        return found

    def stuck(self) -> Iterator[RawCell]:
        """The withheld cells that can't leave the end of the scale at which their people are."""
        for cell in self.cells:
            if not all(self._has_way(cell, end) for end in pressed_ends(cell)):
                yield cell

    def _has_way(self, cell: RawCell, end: float) -> bool:
        row, column = _row(cell), _column(cell)
        lowered = (end == HIGHEST) != _turned(cell)
        start, goal = (row, column) if lowered else (column, row)
        seen, waiting = {start}, [start]
        while waiting and goal not in seen:
            for node in self._next(waiting.pop(), cell):
                if node not in seen:
                    seen.add(node)
                    waiting.append(node)
        return goal in seen

    def _next(self, node: Node, moved: RawCell) -> Iterator[Node]:
        """Where the way may go on from here: a row has become too low, a column too high."""
        if node == OUTSIDE:
            yield from (line for line in self._lines if self._is_open(line, HIGHEST))
            return
        if self._is_open(node, LOWEST):
            yield OUTSIDE
        for cell in self._at.get(node, ()):
            raised = (node[0] == "row") != _turned(cell)
            if self._has_room(cell, HIGHEST if raised else LOWEST, moved):
                yield _column(cell) if node[0] == "row" else _row(cell)

    @cached_property
    def _lines(self) -> list[Node]:
        columns = {_column(cell): None for row in self._rows.values() for cell in row.cells}
        return [*(("row", unit) for unit in self._rows), *columns]

    def _is_open(self, node: Node, end: float) -> bool:
        """Does nothing hold this line? A column with people of no unit is held if these are all at `end`."""
        kind, name = node
        if kind == "row":
            return not (self._rows[name].total and self._rows[name].parts)
        column = self.table.columns[self.voice, self.domain, name]
        rest = column.unplaced
        return not column.units or (rest is not None and distance(rest, end) >= STEP)

    def _has_room(self, cell: RawCell, end: float, moved: RawCell) -> bool:
        """Can an answer of `cell` move a step to `end`? Whoever is in both groups knows their own answers."""
        apart = cell.key.unit != moved.key.unit and None not in (cell.key.unit, moved.key.unit)
        room = distance(cell, end) if apart else distance_without_one(cell, end)
        return room >= STEP


def _row(cell: RawCell) -> Node:
    return ("row", cell.key.unit)


def _column(cell: RawCell) -> Node:
    return ("column", cell.key.practice)


def _turned(cell: RawCell) -> bool:
    return (cell.key.unit is None) != (cell.key.practice is None)
