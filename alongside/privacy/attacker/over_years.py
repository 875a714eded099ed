"""Two cycles or more, by somebody who supposes that all who stayed answered as before.

They know how many people answered each cell in each cycle. Then the sum of each place changes by what those
say who came, less what those said who left. Where no numbers fit, the supposition is wrong and tells nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product
from math import ceil, floor

from alongside.privacy.gate import CellKey, Released, Shown

from .one_cycle import HALF, HIGHEST, LOWEST, below_edge
from .program import SURE, Contradiction, Program

Place = str | None


@dataclass(frozen=True)
class Year:
    """One cycle: the releases that were seen, and how many people answered each cell ("" is no unit).

    `asked`: how many sent a response, for each cell, where that is known too.
    """

    told: tuple[Released, ...]
    people: Mapping[CellKey, int]
    asked: Mapping[CellKey, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Churn:
    """People who came to a cell (or left it) between two cycles, and the name of their sum in the program."""

    key: CellKey
    number: int
    name: tuple[str, tuple[int, int], CellKey]


def suppositions(years: Sequence[Year], columns: Sequence[CellKey]) -> Iterator[tuple[Program, list[Churn]]]:
    """Every supposition worth trying about these columns (keys of the whole organization).

    Of each pair of cycles, and of all one after the other; by units, and of the whole alone.
    """
    spans = [tuple(pair) for pair in combinations(range(len(years)), 2)]
    if len(years) > 2:
        spans.append(tuple(range(len(years))))
    for span in spans:
        if all(column in years[at].people for at in span for column in columns):
            places = [key.unit for at in span for key in years[at].people
                      if key.unit is not None and key._replace(unit=None) == columns[0]]
            for parts in ([None], sorted(set(places))):
                if parts and (found := _supposed(years, span, columns, parts)):
                    yield found


def _supposed(years: Sequence[Year], span: Sequence[int], columns: Sequence[CellKey],
              parts: Sequence[Place]) -> tuple[Program, list[Churn]] | None:
    """The program of one supposition, and who came and left; None where it is refuted."""
    program, churns = Program(), []
    try:
        for at in span:
            for column in columns:
                _know(program, years[at], at, column, parts)
            for place in dict.fromkeys((None, *parts)):
                _add_up_practices(program, years[at], at, [column._replace(unit=place) for column in columns])
        for before, now in pairwise(span):
            for column in columns:
                for place in parts:
                    churns += _link(program, years, (before, now), column._replace(unit=place))
        program.look_around([{churn.name: 1.0} for churn in churns])
    except Contradiction:
        return None
    return program, churns


def _know(program: Program, year: Year, at: int, column: CellKey, parts: Sequence[Place]) -> None:
    for place in dict.fromkeys((None, *parts)):
        key = column._replace(unit=place)
        people = year.people.get(key, 0)
        program.know((at, key), people * LOWEST, people * HIGHEST)
        for told in year.told:
            figure = told.get(key)
            if isinstance(figure, Shown):
                low, high = figure.between or (figure.mean, figure.mean)
                most = people * (high + HALF) - below_edge(key.practice)
                _know_sum(program, at, key, people * (low - HALF), most)
    if None not in parts:
        program.equal((at, column), [(at, column._replace(unit=place)) for place in parts])


def _know_sum(program: Program, at: int, key: CellKey, low: float, high: float) -> None:
    """A practice's levels are whole."""
    if key.practice:
        low, high = ceil(low - SURE), floor(high + SURE)
    program.know((at, key), low, high)


def _add_up_practices(program: Program, year: Year, at: int, row: Sequence[CellKey]) -> None:
    """Where the same number answered everything, a domain's sum is the mean of its practices' sums."""
    total = [key for key in row if key.practice is None]
    parts = [key for key in row if key.practice is not None]
    if total and parts and len({year.people.get(key, 0) for key in row}) == 1:
        program.equal((at, total[0]), [(at, key) for key in parts], times=float(len(parts)))


def _link(program: Program, years: Sequence[Year], between: tuple[int, int], key: CellKey) -> list[Churn]:
    """What changed in a place is what was said by those who came, less what was said by those who left.

    Where as many came to the whole organization as left it, it may have been one for one.
    """
    before, now = between
    more = years[now].people.get(key, 0) - years[before].people.get(key, 0)
    came, left = max(more, 0), max(-more, 0)
    if more == 0 and key.unit is None:
        came = left = min(1, years[now].people.get(key, 0))
    churns = [Churn(key, number, (kind, between, key)) for kind, number in (("came", came), ("left", left))]
    for churn in churns:
        program.know(churn.name, churn.number * LOWEST, churn.number * HIGHEST)
    program.add({(now, key): 1.0, (before, key): -1.0, churns[0].name: -1.0, churns[1].name: 1.0}, 0, 0)
    return [churn for churn in churns if churn.number]


def one_for_one(churns: Sequence[Churn]) -> Iterator[tuple[Churn, Churn]]:
    """One person who came to a practice, and the one for whom they came."""
    single = [churn for churn in churns if churn.number == 1 and churn.key.practice]
    for came, left in product(single, repeat=2):
        if (came.name[0], left.name[0]) == ("came", "left") and came.name[1:] == left.name[1:]:
            yield came, left


def columns_together(years: Sequence[Year]) -> Iterator[list[CellKey]]:
    """What to suppose something about: each practice alone, and each domain with its practices.

    Whoever supposes that a domain was answered as before supposes it of each of its practices.
    """
    columns = sorted({key for year in years for key in year.people if key.unit is None}, key=str)
    for column in columns:
        if column.practice:
            yield [column]
        else:
            yield [key for key in columns if (key.voice, key.domain) == (column.voice, column.domain)]


def unsure_between(before: Year, now: Year, key: CellKey) -> range | None:
    """How many of the people who came may have said "I don't know"; None where that can't be asked.

    Where as many came as left, or the other way round, nothing can be told.
    """
    came = now.asked.get(key, 0) - before.asked.get(key, 0)
    then, since = (_unsure(year, key) for year in (before, now))
    if came < 1 or then is None or since is None:
        return None
    return range(max(0, since[0] - then[1]), min(came, since[1] - then[0]) + 1)


def _unsure(year: Year, key: CellKey) -> tuple[int, int] | None:
    bands = [figure.unsure for told in year.told if isinstance(figure := told.get(key), Shown) and figure.unsure]
    return (max(band.low for band in bands), min(band.high for band in bands)) if bands else None
