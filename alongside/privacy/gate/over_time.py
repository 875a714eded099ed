"""What a release gives away beside the releases before it.

Somebody who knows how many people answered each time may suppose that all who stayed answered as before.
Then what one sum has more than the other is what the few said who came (or, the other way round, who left).
So figures with few people in between are told in wider steps, and kept back where that is not enough.

How wide the steps are depends on numbers of people alone, and where they start on figures that were told:
neither adds anything to what is known. A change too large for the few who came refutes the supposition,
and nothing can be worked out from it: so change can be seen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor

import numpy as np

from .cells import HIGHEST, LOWEST, CellKey, RawCell
from .figures import Released, Shown
from .skipping import telling_of_skippers
from .steps import TENTHS, WIDTHS, Steps
from .supposing import EDGE, Between, certain_over_time, hides_one_for_one, sums_known

PART = 20  # twentieths of a level: half a step of a tenth


@dataclass(frozen=True)
class Earlier:
    """An earlier release, and how many people answered each of its cells, shown or not.

    `same_readers`: whether it was for the same readers, or for others who may have told them.
    """

    released: Released
    answered: Mapping[CellKey, int]
    same_readers: bool = True

    @cached_property
    def sums(self) -> Mapping[CellKey, Between]:
        """What somebody who knows the numbers of people knows of the sums of all answers behind shown figures."""
        return sums_known(self.released, self.answered)

    def came_or_left(self, cell: RawCell) -> int | None:
        """How many more (or fewer, below 0) answered now; None where nothing was shown then."""
        if not isinstance(self.released.get(cell.key), Shown):
            return None
        return cell.answered - self.answered[cell.key]


def people_behind(cells: Iterable[RawCell]) -> dict[CellKey, int]:
    """How many people answered each cell: what later releases must reckon with. Never shown."""
    return {cell.key: cell.answered for cell in cells}


def steps_for(cell: RawCell, earlier: Sequence[Earlier], k: int) -> Steps:
    """The steps in which a figure is told: counted from the last one since which few people came or left."""
    near = [(one, abs(came)) for one in earlier
            if one.same_readers and (came := one.came_or_left(cell)) is not None and abs(came) < k]
    if not near:
        return TENTHS
    before, net = near[-1]
    figure = before.released[cell.key]
    assert isinstance(figure, Shown)  # noqa: S101 - of others nobody knows how many came or left
    few, start = max(net, 1), round(10 * figure.mean)  # as many as before: one may have come for one who left
    room_before = before.answered[cell.key] * round(10 * figure.step)  # to either side, in twentieths
    for width in WIDTHS:
        room = cell.answered * width
        if room + room_before >= PART * possible_sums(few, k) and room - room_before >= PART * few:
            return Steps(width, start)
    return Steps(WIDTHS[-1], start)


def may_tell_unsure(cell: RawCell, earlier: Sequence[Earlier], k: int) -> bool:
    """May "I don't know" be counted anew? Not where few people came or left since it was told."""
    for one in earlier:
        came, figure = one.came_or_left(cell), one.released.get(cell.key)
        if came is not None and abs(came) < k and isinstance(figure, Shown) and figure.unsure:
            return False
    return True


def given_away(now: Earlier, earlier: Sequence[Earlier]) -> Iterator[CellKey]:
    """Figures of `now` to keep back, since they would tell too much of the few who came or left since earlier.

    Or of the few who answered some questions of a domain and not enough for a score.
    """
    yield from telling_of_skippers(now.released, now.answered)
    if not earlier:
        return
    for before in earlier:
        k = min(now.released.k, before.released.k)
        for key in now.sums.keys() & before.sums.keys():
            (low, high), (least, most) = now.sums[key], before.sums[key]
            if not hides(low - most, high - least, now.answered[key] - before.answered[key], k):
                yield key
    pairs = [(one.released, one.answered) for one in (*earlier, now) if one.same_readers]
    for key in dict.fromkeys(certain_over_time(pairs)):
        yield from _one_shown(now, key)


def _one_shown(now: Earlier, key: CellKey) -> list[CellKey]:
    """The figure of `now` that tells most about a cell: its own, its whole's, its domain's; else a part of these."""
    near = (key, key._replace(unit=None), key._replace(practice=None), key._replace(unit=None, practice=None))
    block = sorted((one for one in now.sums if (one.voice, one.domain) == (key.voice, key.domain)),
                   key=lambda one: (one.practice != key.practice, one.unit != key.unit, now.answered[one]))
    return [one for one in (*near, *block) if one in now.sums][:1]


def possible_sums(few: int, k: int) -> int:
    """How many whole sums of this many people's levels must remain possible: all of them, or k."""
    return min(k, int(HIGHEST - LOWEST) * few + 1)


def hides(low: float, high: float, came: int, k: int) -> bool:
    """Does the difference of two sums hide what those said who came (who left, where `came` is below 0)?

    One person who came could have said anything. So could few, or their sum could be any of k; and one of
    several who takes out their own answer can't tell that all others chose an end of the scale. Where as
    many came as left it may have been one for one: then the one who came can't tell what the other said.
    """
    if came < 0:
        return hides(-high, -low, -came, k)
    if came == 0:
        return bool(hides_one_for_one(np.array(low), np.array(high)))
    if low > HIGHEST * came + EDGE or high < LOWEST * came - EDGE:
        return True  # refuted: those who stayed did change their minds
    least, most = ceil(max(low, LOWEST * came) - EDGE), floor(min(high, HIGHEST * came) + EDGE)
    if came < k and most - least + 1 < possible_sums(came, k):
        return False
    return came == 1 or (least <= HIGHEST * (came - 1) and most >= LOWEST * came + HIGHEST)
