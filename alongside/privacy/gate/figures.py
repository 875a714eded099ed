"""What comes out: figures that only the gate can make.

Screens, charts and exports accept these and no number. They cannot be built, copied with a change,
subclassed or unpickled elsewhere; they leave as plain data through `plain.to_plain` and come back through
`plain.reread`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import InitVar, dataclass, field
from types import MappingProxyType
from typing import Any, Literal, Self

from .cells import CellKey
from .steps import TENTHS, span

GATE = object()  # whoever holds it vouches for the figure; a wall test keeps it inside this package

Why = Literal["too_few", "protects"]


class NotFromTheGate(TypeError):
    """A figure, or the record of one, that the gate did not make."""


@dataclass(frozen=True)
class _Vouched:
    vouched: InitVar[object] = field(kw_only=True)

    def __post_init__(self, vouched: object) -> None:
        if vouched is not GATE:
            raise NotFromTheGate(f"{type(self).__name__} is made by the gate alone")

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__module__ != __name__:
            raise NotFromTheGate(f"{cls.__name__} would pass for a figure of the gate")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self

    def __reduce__(self) -> Any:
        raise NotFromTheGate("a figure leaves as plain data, by to_plain, and comes back by reread")

    def __setstate__(self, state: object) -> None:
        raise NotFromTheGate("a figure comes back by reread")


@dataclass(frozen=True)
class Band(_Vouched):
    """A number of people, known to lie from `low` to `high`, both included; as wide as the threshold."""

    low: int
    high: int


@dataclass(frozen=True)
class Shown(_Vouched):
    """A figure to show.

    mean     1.0..5.0, the middle of the step in which the mean lies
    step     0.1; or 0.3 or 0.9 where few people came or left since a figure that was told earlier
    level    1..5, the level nearest to `mean` as shown (a half goes up)
    n        how many people's answers it is made of
    middle   the middle half of the answers, from and to, in steps of 0.5; None where a quarter is too
             small a group, and where the step is wide
    unsure   how many people said "I don't know"; None but for practices of the whole organization, and
             where few people came or left since it was told
    """

    mean: float
    step: float
    level: int
    n: Band
    middle: tuple[float, float] | None
    unsure: Band | None

    @property
    def between(self) -> tuple[float, float] | None:
        """From and to (both included, in tenths) where it is told in a wide step; None where in tenths."""
        width = round(10 * self.step)
        if width == TENTHS.width:
            return None
        low, high = span(round(10 * self.mean), width)
        return low / 10, high / 10

    @property
    def unsure_share(self) -> float | None:
        """Share (0..1, steps of 0.05) of "I don't know" among those who replied; None where it is not told.

        Made of the two bands alone, so that it tells nothing that they don't.
        """
        if self.unsure is None or self.unsure.low == 0:
            return None
        unsure, known = (band.low + band.high for band in (self.unsure, self.n))
        return round(20 * unsure / (unsure + known)) / 20


@dataclass(frozen=True)
class Withheld(_Vouched):
    """A figure kept back: `too_few` people answered, or showing it would give away somebody (`protects`).

    A unit's figure says `too_few` only where the whole organization's says so too: among units of a shown
    whole the reason would itself be a count.
    """

    reason: Why


@dataclass(frozen=True)
class Hole(_Vouched):
    """Nobody was asked this, so there is nothing to keep back."""

    reason: Literal["not_asked"]


Figure = Shown | Withheld | Hole


@dataclass(frozen=True)
class Released(_Vouched, Mapping[CellKey, Figure]):
    """All figures of one cycle for one circle of readers: a mapping of `CellKey` to `Figure`.

    `k` is the number of people that stood behind a figure at least, and the width of every band.
    """

    k: int
    figures: Mapping[CellKey, Figure]

    def __post_init__(self, vouched: object) -> None:
        super().__post_init__(vouched)
        object.__setattr__(self, "figures", MappingProxyType(dict(self.figures)))

    def __getitem__(self, key: CellKey) -> Figure:
        return self.figures[key]

    def __iter__(self) -> Iterator[CellKey]:
        return iter(self.figures)

    def __len__(self) -> int:
        return len(self.figures)


def gap(one: Figure, other: Figure) -> float | None:
    """`one.mean - other.mean` in levels (-4.0..4.0, steps of 0.1); None unless both are shown."""
    if isinstance(one, Shown) and isinstance(other, Shown):
        return round(one.mean - other.mean, 1)
    return None


def people_heard(released: Released, voice: str) -> Band | None:
    """The largest band of answers to any figure of this voice's whole organization; None if none is shown.

    The number of responses itself is not released: beside the answers to a question it would tell how many
    skipped it.
    """
    heard = [
        figure.n for key, figure in released.items()
        if key.voice == voice and key.unit is None and isinstance(figure, Shown)
    ]
    return max(heard, key=lambda band: band.low, default=None)
