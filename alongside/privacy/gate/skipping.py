"""What a domain beside its practices tells of the few who skipped some of them.

In a domain of up to three practices a score needs all of them. So what the practices' sums have more than the
domain's is what those said who answered some and not all, for somebody who knows how many answered each.
"""

from collections.abc import Iterator, Mapping
from math import ceil, floor

from .cells import HIGHEST, LOWEST, CellKey
from .figures import Figure, Released, Shown

HALF = 0.05  # levels: how far a mean may be from the tenth to which it was rounded
EDGE = 1e-6
ALL_NEEDED = 3  # practices: 75 % of more than these is fewer than all of them


def telling_of_skippers(released: Released, answered: Mapping[CellKey, int]) -> Iterator[CellKey]:
    """The domains' figures beside which the answers of those who skipped something would be certain."""
    practices: dict[CellKey, list[CellKey]] = {}
    for key in answered:
        if key.practice is not None:
            practices.setdefault(key._replace(practice=None), []).append(key)
    for domain, parts in practices.items():
        row = [domain, *parts]
        if len(parts) <= ALL_NEEDED and all(isinstance(released.get(key), Shown) for key in row):
            few = sum(answered[part] for part in parts) - len(parts) * answered[domain]
            if few > 0 and _is_certain(released, answered, row, few):
                yield domain


def _is_certain(released: Released, answered: Mapping[CellKey, int], row: list[CellKey], few: int) -> bool:
    """Is the one answer of somebody who skipped the rest certain, or that `few` all chose one end of the scale?"""
    (low, high), *parts = (_between(key, released[key], answered[key]) for key in row)
    least = max(sum(part[0] for part in parts) - len(parts) * high, few * LOWEST)
    most = min(sum(part[1] for part in parts) - len(parts) * low, few * HIGHEST)
    if few == 1:
        return floor(most + EDGE) - ceil(least - EDGE) < 1
    return least > few * HIGHEST - 1 + EDGE or most < few * LOWEST + 1 - EDGE


def _between(key: CellKey, figure: Figure, people: int) -> tuple[float, float]:
    assert isinstance(figure, Shown)  # noqa: S101 - `telling_of_skippers` saw to it
    low, high = figure.between or (figure.mean, figure.mean)
    # a mean on the upper edge would have been rounded up
    least, most = max(people * (low - HALF), people * LOWEST), min(people * (high + HALF) - 2 * EDGE, people * HIGHEST)
    return (ceil(least - EDGE), floor(most + EDGE)) if key.practice else (least, most)
