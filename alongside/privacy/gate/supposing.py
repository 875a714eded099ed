"""All sums of one voice over several releases, for somebody who supposes that those who stayed answered as before.

They know how many people answered each cell. Sums then hang together: the whole is the sum of its units, a domain
the mean of its practices (where the same people answered all of them), and from one release to the next a sum grows
by what those say who came, less what those said who left: and these changes hang together in the same way, often
more closely than the sums. What each line leaves possible is carried over to the others until nothing changes any
more. Where nothing remains possible the supposition is refuted, and tells nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

import numpy as np
import numpy.typing as npt

from .cells import HIGHEST, LOWEST, CellKey
from .figures import Figure, Released, Shown

Numbers = npt.NDArray[np.float64]

HALF = 0.05  # levels: how far a mean may be from the tenth to which it was rounded
EDGE = 1e-6
ROUNDS = 12
KNOWN = 0.5  # levels: one person's score in a domain that is known more closely counts as known
NOWHERE = ""  # people of no unit


LEVELS = range(int(LOWEST), int(HIGHEST) + 1)


Told = tuple[Released, Mapping[CellKey, int]]  # a release, and how many people answered each cell, shown or not
Between = tuple[float, float]


def hides_one_for_one(least: Numbers, most: Numbers) -> npt.NDArray[np.bool_]:
    """Does a sum that grew by `least` to `most` hide what one person said from the one who came or left for them?

    Whoever knows their own level must be left with two levels of the other, or with none: then it is refuted.
    """
    hides = np.ones(np.shape(least), dtype=bool)
    for own in LEVELS:
        others = sum(((least - EDGE <= own - other) & (own - other <= most + EDGE)).astype(int) for other in LEVELS)
        hides &= others != 1
    return hides


def sums_known(released: Released, answered: Mapping[CellKey, int]) -> dict[CellKey, Between]:
    """The least and the most of the sums behind shown figures: by their means, and by the lines they stand in."""
    found: dict[CellKey, Between] = {}
    for voice in {key.voice for key in answered}:
        grid = _Grid([(released, answered)], voice)
        alone = _Supposed(grid, [0], by_units=bool(grid.units), with_rows=True)
        for key, at in grid.shown(0):
            low, high = float(alone.sums.low[0][at]), float(alone.sums.high[0][at])
            if low > high + EDGE:  # people who answered different questions may not add up at all
                low, high = float(grid.low[0][at]), float(grid.high[0][at])
            found[key] = low, high
    return found


def certain_over_time(releases: Sequence[Told]) -> Iterator[CellKey]:
    """The cells in which the last release makes certain what somebody said who came or left, then or long ago."""
    last = len(releases) - 1
    for voice in sorted({key.voice for key in releases[last][1]}):
        grid = _Grid(releases, voice)
        chains = [(*before, last) for size in (1, 2) for before in combinations(range(last), size)]
        chains += [tuple(range(start, last + 1)) for start in range(last - 2)]
        for chain in chains:
            yield from grid.certain(chain)


class _Grid:
    """One voice: numbers of people, and the least and the most of each sum: by release, place and column."""

    def __init__(self, told: Sequence[Told], voice: str) -> None:
        self.told, self.voice = told, voice
        keys = {key for _, answered in told for key in answered if key.voice == voice}
        self.units = [*sorted({key.unit for key in keys if key.unit is not None})]
        self.columns = sorted({(key.domain, key.practice or "") for key in keys})
        self.is_practice = np.array([bool(practice) for _, practice in self.columns])
        self.domains = sorted({domain for domain, _ in self.columns})
        # in_domain[c, d]: 1 where column c is a practice of domain d; is_total: 1 where it is the domain itself
        self.in_domain = np.array([[float(domain == one and bool(practice)) for one in self.domains]
                                   for domain, practice in self.columns])
        self.is_total = np.array([[float(domain == one and not practice) for one in self.domains]
                                  for domain, practice in self.columns])
        places: list[str | None] = [None, *self.units]
        self.keys = [[self._key(place, column) for column in self.columns] for place in places]
        self.people = np.array(
            [[[answered.get(key, 0) for key in row] for row in self.keys] for _, answered in told], dtype=float)
        self.asked = np.array([[key in answered for key in self.keys[0]] for _, answered in told])
        self.low, self.high = self.people * LOWEST, self.people * HIGHEST
        for at in range(len(told)):
            for key, (where, which) in self.shown(at):
                self._read(told[at][0][key], (at, where, which))
        if self.units:
            self._add_people_of_no_unit()
        self.rows = self._rows_that_add_up()

    def shown(self, at: int) -> Iterator[tuple[CellKey, tuple[int, int]]]:
        """The keys of the figures that a release shows, and where they stand: place and column."""
        released = self.told[at][0]
        for where, row in enumerate(self.keys):
            for which, key in enumerate(row):
                if isinstance(released.get(key), Shown):
                    yield key, (where, which)

    def _rows_that_add_up(self) -> npt.NDArray[np.bool_]:
        """By release, place and domain: where the same number of people answered the domain and each practice."""
        total = self.people @ self.is_total
        alike: npt.NDArray[np.bool_] = (total > 0) & (self.in_domain.sum(axis=0) > 0)
        for column, domain in np.argwhere(self.in_domain):
            alike[..., domain] &= self.people[..., column] == total[..., domain]
        return alike

    def _key(self, place: str | None, column: tuple[str, str]) -> CellKey:
        return CellKey(self.voice, place, column[0], column[1] or None)

    def _read(self, figure: Figure, at: tuple[int, int, int]) -> None:
        if isinstance(figure, Shown):
            low, high = figure.between or (figure.mean, figure.mean)
            people = self.people[at]
            self.low[at] = max(self.low[at], people * (low - HALF))
            # a mean on the upper edge would have been rounded up
            self.high[at] = min(self.high[at], people * (high + HALF) - 2 * EDGE)

    def _add_people_of_no_unit(self) -> None:
        rest = np.maximum(0, self.people[:, :1] - self.people[:, 1:].sum(axis=1, keepdims=True))
        self.people = np.concatenate([self.people, rest], axis=1)
        self.low = np.concatenate([self.low, rest * LOWEST], axis=1)
        self.high = np.concatenate([self.high, rest * HIGHEST], axis=1)

    def certain(self, chain: Sequence[int]) -> Iterator[CellKey]:
        """Suppose it of these releases, one after the other: of the whole, and of the units; with rows and without."""
        shared = self.asked[list(chain)].all(axis=0)
        for by_units in (False, True) if self.units else (False,):
            for with_rows in (False, True):
                if with_rows and not self.rows[list(chain)].any():
                    continue  # the same as without them
                found = _Supposed(self, chain, by_units=by_units, with_rows=with_rows)
                for place, column in np.argwhere(found.is_certain() & shared):
                    yield self._key([None, *self.units, NOWHERE][place + found.first], self.columns[column])


@dataclass
class _Numbers:
    """Numbers of which the least and the most are known."""

    low: Numbers
    high: Numbers

    def narrow(self, low: Numbers, high: Numbers) -> None:
        """They also lie between these."""
        np.maximum(self.low, low, out=self.low)
        np.minimum(self.high, high, out=self.high)

    def make_whole(self, is_whole: npt.NDArray[np.bool_]) -> None:
        """Sums of levels are whole."""
        self.low[..., is_whole] = np.ceil(self.low[..., is_whole] - EDGE)
        self.high[..., is_whole] = np.floor(self.high[..., is_whole] + EDGE)


class _Supposed:
    """One supposition, with all that follows from it."""

    def __init__(self, grid: _Grid, chain: Sequence[int], *, by_units: bool, with_rows: bool) -> None:
        self.grid, self.by_units = grid, by_units
        self.first = 1 if by_units else 0  # the first place whose people are told apart
        at = list(chain)
        places = slice(None) if by_units else slice(1)
        people = grid.people[at, places]
        self.sums = _Numbers(grid.low[at, places].copy(), grid.high[at, places].copy())
        more = np.diff(people[:, self.first:], axis=0)
        self.came, self.left = np.maximum(more, 0), np.maximum(-more, 0)
        if not by_units:  # where as many came as left, it may have been one for one
            swapped = (more == 0) & (people[1:] > 0)
            self.came[swapped] = self.left[swapped] = 1
        self.said_now = _Numbers(self.came * LOWEST, self.came * HIGHEST)
        self.said_then = _Numbers(self.left * LOWEST, self.left * HIGHEST)
        # from one release to the next, of all places
        self.change = _Numbers(self.sums.low[1:] - self.sums.high[:-1], self.sums.high[1:] - self.sums.low[:-1])
        self.rows = grid.rows[at, places] if with_rows else None
        self._carry_over()

    def _carry_over(self) -> None:
        numbers = (self.sums, self.change, self.said_now, self.said_then)
        for _ in range(ROUNDS):
            before = [(one.low.copy(), one.high.copy()) for one in numbers]
            self._link_releases()
            if self.by_units:
                for one in (self.sums, self.change):
                    self._add_up_units(one)
            if self.rows is not None:
                self._add_up_practices(self.sums, self.rows)
                self._add_up_practices(self.change, self.rows[1:] & self.rows[:-1])
            for one in numbers:
                one.make_whole(self.grid.is_practice)
            if all(np.array_equal(low, one.low) and np.array_equal(high, one.high)
                   for (low, high), one in zip(before, numbers, strict=True)):
                break

    def _link_releases(self) -> None:
        sums, change, now, then = self.sums, self.change, self.said_now, self.said_then
        change.narrow(sums.low[1:] - sums.high[:-1], sums.high[1:] - sums.low[:-1])
        of_people = self._told_apart()
        of_people.narrow(now.low - then.high, now.high - then.low)
        now.narrow(of_people.low + then.low, of_people.high + then.high)
        then.narrow(now.low - of_people.high, now.high - of_people.low)
        for at, (before, after) in enumerate(pairwise(range(len(sums.low)))):
            np.maximum(sums.low[after], sums.low[before] + change.low[at], out=sums.low[after])
            np.minimum(sums.high[after], sums.high[before] + change.high[at], out=sums.high[after])
            np.maximum(sums.low[before], sums.low[after] - change.high[at], out=sums.low[before])
            np.minimum(sums.high[before], sums.high[after] - change.low[at], out=sums.high[before])

    def _told_apart(self) -> _Numbers:
        """The changes of those places whose people are told apart; narrowed, they are narrowed here."""
        return _Numbers(self.change.low[:, self.first:], self.change.high[:, self.first:])

    def _add_up_units(self, numbers: _Numbers) -> None:
        low, high = numbers.low, numbers.high
        np.maximum(low[:, 0], low[:, 1:].sum(axis=1), out=low[:, 0])
        np.minimum(high[:, 0], high[:, 1:].sum(axis=1), out=high[:, 0])
        others_high = high[:, 1:].sum(axis=1, keepdims=True) - high[:, 1:]
        others_low = low[:, 1:].sum(axis=1, keepdims=True) - low[:, 1:]
        least, most = low[:, :1] - others_high, high[:, :1] - others_low
        np.maximum(low[:, 1:], least, out=low[:, 1:])
        np.minimum(high[:, 1:], most, out=high[:, 1:])

    def _add_up_practices(self, numbers: _Numbers, rows: npt.NDArray[np.bool_]) -> None:
        grid = self.grid
        times = grid.in_domain.sum(axis=0)
        low, high = numbers.low @ grid.in_domain, numbers.high @ grid.in_domain
        free_low, free_high = np.where(rows, low / np.maximum(times, 1), -np.inf), np.where(
            rows, high / np.maximum(times, 1), np.inf)
        for column, domain in np.argwhere(grid.is_total):
            np.maximum(numbers.low[..., column], free_low[..., domain], out=numbers.low[..., column])
            np.minimum(numbers.high[..., column], free_high[..., domain], out=numbers.high[..., column])
        total_low = np.where(rows, numbers.low @ grid.is_total * times, -np.inf)
        total_high = np.where(rows, numbers.high @ grid.is_total * times, np.inf)
        for column, domain in np.argwhere(grid.in_domain):
            own_low, own_high = numbers.low[..., column].copy(), numbers.high[..., column].copy()
            least = total_low[..., domain] - (high[..., domain] - own_high)
            most = total_high[..., domain] - (low[..., domain] - own_low)
            np.maximum(own_low, least, out=numbers.low[..., column])
            np.minimum(own_high, most, out=numbers.high[..., column])

    def is_certain(self) -> npt.NDArray[np.bool_]:
        """By place and column: is what somebody said certain, or that several all chose one end of the scale?"""
        found = np.zeros(self.came.shape[1:], dtype=bool)
        for people, said in ((self.came, self.said_now), (self.left, self.said_then)):
            apart = said.high - said.low
            one = (people == 1) & np.where(self.grid.is_practice, apart < 1 - EDGE, apart < KNOWN)
            ends = (said.low > people * HIGHEST - 1 + EDGE) | (said.high < people * LOWEST + 1 - EDGE)
            found |= (one | ((people > 1) & ends)).any(axis=0)
        return (found | self._is_one_for_one_certain()) & ~self._is_refuted()

    def _is_one_for_one_certain(self) -> npt.NDArray[np.bool_]:
        """By place and column: where one came for one who left, can either tell what the other said?"""
        change = self._told_apart()
        both = (self.came == 1) & (self.left == 1) & self.grid.is_practice
        tells = both & ~hides_one_for_one(change.low, change.high)
        return np.asarray(tells.any(axis=0))

    def _is_refuted(self) -> npt.NDArray[np.bool_]:
        """By column: can't it all be so? With rows one practice refutes its whole domain."""
        empty = np.zeros(len(self.grid.columns), dtype=bool)
        for numbers in (self.sums, self.change, self.said_now, self.said_then):
            empty |= (numbers.low > numbers.high + EDGE).any(axis=(0, 1))
        if self.rows is None:
            return empty
        member = self.grid.in_domain + self.grid.is_total
        return np.asarray((member @ (empty @ member)) > 0)
