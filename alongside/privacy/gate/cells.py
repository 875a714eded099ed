"""What comes in: the tallies of one cycle, checked, and laid out as the lines that add up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import NamedTuple

LOWEST, HIGHEST = 1.0, 5.0


class InconsistentCells(ValueError):
    """The tallies contradict one another: a fault of whoever tallied, never of a person who answered.

    The message names the cell, not its numbers, so that it may stand in a log.
    """


class CellKey(NamedTuple):
    """Where a figure stands.

    `unit` None is the whole organization, `practice` None the domain's score. There is no key over
    several voices.
    """

    voice: str
    unit: str | None
    domain: str
    practice: str | None


@dataclass(frozen=True)
class RawCell:
    """One tally, before the gate; nothing but the gate may read it.

    asked       people who sent a response in this voice and unit
    answered    people with a level 1..5 (practice) or a score, 75 % of the items answered (domain)
    mean        mean of these people's values, 1..5; None when nobody answered
    q1, q3      lower and upper quartile of these values; None when nobody answered
    differing   people whose value is not the group's most common one (0 = all the same)
    dont_know   people who said "I don't know" (practice) or said it at least once (domain; never published)
    """

    key: CellKey
    asked: int
    answered: int
    mean: float | None
    q1: float | None
    q3: float | None
    differing: int
    dont_know: int


@dataclass(frozen=True)
class Column:
    """One practice or domain of one voice: the whole is the sum of the units and of people without a unit."""

    whole: RawCell
    units: tuple[RawCell, ...]  # by unit
    unplaced: RawCell | None  # people of the whole who are in no unit; never a figure


@dataclass(frozen=True)
class Row:
    """One domain of one voice and unit: its score is about the mean of its practices' means."""

    total: RawCell | None
    parts: tuple[RawCell, ...]  # by practice

    @property
    def cells(self) -> tuple[RawCell, ...]:
        """The domain's cell, if there is one, and the practices'."""
        return (self.total, *self.parts) if self.total else self.parts


@dataclass(frozen=True)
class Table:
    """All cells of one cycle, with the two lines each stands in. Columns and rows are in a fixed order."""

    cells: Mapping[CellKey, RawCell]
    columns: Mapping[tuple[str, str, str | None], Column]  # voice, domain, practice
    rows: Mapping[tuple[str, str | None, str], Row]  # voice, unit, domain

    def column_of(self, key: CellKey) -> Column:
        """The column in which `key` stands."""
        return self.columns[key.voice, key.domain, key.practice]

    def row_of(self, key: CellKey) -> Row:
        """The row in which `key` stands."""
        return self.rows[key.voice, key.unit, key.domain]


def lay_out(cells: Iterable[RawCell], holes: Iterable[CellKey] = ()) -> Table:
    """Check all cells of one cycle and lay them out. Raises `InconsistentCells`."""
    by_key: dict[CellKey, RawCell] = {}
    for cell in cells:
        if cell.key in by_key:
            raise InconsistentCells(f"tallied twice: {cell.key}")
        check(cell)
        by_key[cell.key] = cell
    for key in holes:
        check_key(key)
        if key in by_key:
            raise InconsistentCells(f"tallied, yet said not to have been asked: {key}")
    in_order = {key: by_key[key] for key in sorted(by_key, key=order)}
    return Table(in_order, _columns(in_order), _rows(in_order))


def order(key: CellKey) -> tuple[str, str, str, str]:
    """Sort key: the whole organization before its units, a domain before its practices."""
    return (key.voice, key.unit or "", key.domain, key.practice or "")


def check_key(key: CellKey) -> None:
    """Refuse a key without voice or domain (nothing is pooled), or with an empty name."""
    if not key.voice or not key.domain or key.unit == "" or key.practice == "":
        raise InconsistentCells(f"a figure stands for one voice, one domain, and no empty name: {key}")


def check(cell: RawCell) -> None:
    """Refuse a cell that no set of answers could give."""
    check_key(cell.key)
    replies = cell.answered + (cell.dont_know if cell.key.practice else 0)
    counts = (cell.asked, cell.answered, cell.differing, cell.dont_know)
    if any(type(count) is not int or count < 0 for count in counts):
        raise InconsistentCells(f"counts are whole numbers from 0: {cell.key}")
    if replies > cell.asked or cell.dont_know > cell.asked:
        raise InconsistentCells(f"more replies than people: {cell.key}")
    if cell.answered and (cell.differing >= cell.answered or not _on_scale(cell)):
        raise InconsistentCells(f"values off the scale, or nobody at the most common one: {cell.key}")


def _on_scale(cell: RawCell) -> bool:
    if cell.mean is None or cell.q1 is None or cell.q3 is None:
        return False
    values = (cell.mean, cell.q1, cell.q3)
    return all(isfinite(value) and LOWEST <= value <= HIGHEST for value in values) and cell.q1 <= cell.q3


def _columns(cells: Mapping[CellKey, RawCell]) -> dict[tuple[str, str, str | None], Column]:
    units: dict[tuple[str, str, str | None], list[RawCell]] = {}
    for key, cell in cells.items():
        in_column = units.setdefault((key.voice, key.domain, key.practice), [])
        if key.unit is not None:
            in_column.append(cell)
    columns = {}
    for (voice, domain, practice), parts in units.items():
        whole = cells.get(CellKey(voice, None, domain, practice))
        if whole is None:
            raise InconsistentCells(f"units without their whole: {voice}, {domain}, {practice}")
        columns[voice, domain, practice] = Column(whole, tuple(parts), _unplaced(whole, parts))
    return columns


def _unplaced(whole: RawCell, units: list[RawCell]) -> RawCell | None:
    """Those of the whole who are in none of the units, as a cell whose spread is not known."""
    asked = whole.asked - sum(unit.asked for unit in units)
    answered = whole.answered - sum(unit.answered for unit in units)
    dont_know = whole.dont_know - sum(unit.dont_know for unit in units)
    if not units or asked == answered == dont_know == 0:
        return None
    if min(asked, answered, dont_know) < 0:
        raise InconsistentCells(f"the units hold more people than the whole: {whole.key}")
    mean = _mean_of_rest(whole, units, answered)
    return RawCell(whole.key, asked, answered, mean, None, None, 0, dont_know)


def _mean_of_rest(whole: RawCell, units: list[RawCell], answered: int) -> float | None:
    if not answered:
        return None
    rest = whole.answered * (whole.mean or 0) - sum(unit.answered * (unit.mean or 0) for unit in units)
    return min(HIGHEST, max(LOWEST, rest / answered))


def _rows(cells: Mapping[CellKey, RawCell]) -> dict[tuple[str, str | None, str], Row]:
    rows: dict[tuple[str, str | None, str], Row] = {}
    for key, cell in cells.items():  # a domain comes before its practices
        place = (key.voice, key.unit, key.domain)
        row = rows.get(place, Row(None, ()))
        rows[place] = Row(row.total, (*row.parts, cell)) if key.practice else Row(cell, row.parts)
    return rows
