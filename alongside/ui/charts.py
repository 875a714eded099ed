"""Where marks stand in charts. Pure drawing: positions out of released figures; decides nothing.

Positions are percentages of the chart's width as text, so that marks keep their shape at any width. The five
levels stand in the middle of five equal columns: so do the words above a chart, without any reckoning.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

PAPER_WIDTH = 400
MIDDLE = 20  # px from the top: where marks stand when they don't touch
NUDGE = 11  # px up or down for marks that would cover one another
TOUCHING = 0.25  # levels between marks that would cover one another on a phone
BARS_FROM, BAR_STEP = 42, 6  # px from the top: the first bar, and from bar to bar


class Drawn(Protocol):
    """A released figure: `mean` 1..5, `middle` the middle half from and to, or None.

    `between`: from where to where the mean may lie, where it was told roughly; None elsewhere.
    """

    @property
    def mean(self) -> float: ...

    @property
    def middle(self) -> tuple[float, float] | None: ...

    @property
    def between(self) -> tuple[float, float] | None: ...


@dataclass(frozen=True)
class Mark:
    """One voice's mark, its bar under the line, and a band around it where it is rough ("" for none)."""

    voice: str
    x: str
    y: int
    bar_from: str
    bar_to: str
    bar_y: int
    rough_from: str
    rough_to: str

    @property
    def x_on_paper(self) -> str:
        """The place on a line of `PAPER_WIDTH`, for printers of SVG that don't place marks by percentages."""
        return f"{float(self.x.rstrip('%')) * PAPER_WIDTH / 100:.0f}"


@dataclass(frozen=True)
class LevelLine:
    """Marks of several voices on one line of levels, and the gap between the outer ones ("" for none)."""

    marks: tuple[Mark, ...]
    gap_from: str
    gap_to: str
    grid: tuple[str, ...]
    middle: int = MIDDLE


@dataclass(frozen=True)
class Spot:
    """One point of a trend. `joined`: whether a line comes to it from the spot before.

    A band from `rough_from` up to `rough_to` stands around a spot that was told roughly ("" for none).
    """

    x: str
    y: str
    joined: bool
    from_x: str
    from_y: str
    rough_from: str
    rough_to: str


@dataclass(frozen=True)
class TrendLine:
    """Spots over time, and where between two times the line breaks for a change of words (x)."""

    spots: tuple[Spot, ...]
    breaks: tuple[str, ...]
    grid: tuple[str, ...]


def level_line(figures: Mapping[str, Drawn], lanes: Sequence[str], *, rtl: bool = False) -> LevelLine:
    """Marks for the figures that are shown, by voice. `lanes` gives all voices in their fixed order."""
    shown = [(voice, figures[voice]) for voice in lanes if voice in figures]
    heights = _heights([figure.mean for _, figure in shown])
    marks = tuple(
        _mark(voice, figure, height, lanes.index(voice), rtl)
        for (voice, figure), height in zip(shown, heights, strict=True)
    )
    means = sorted(figure.mean for _, figure in shown)
    has_gap = len(means) > 1 and means[-1] > means[0]
    ends = (_across(means[0], rtl), _across(means[-1], rtl)) if has_gap else ("", "")
    return LevelLine(marks, *ends, grid=tuple(_across(level, rtl) for level in range(1, 6)))


def _mark(voice: str, figure: Drawn, height: int, lane: int, rtl: bool) -> Mark:
    low, high = figure.middle or (0, 0)
    bar = sorted((_number(low, rtl), _number(high, rtl))) if figure.middle else None
    rough = sorted(_number(end, rtl) for end in figure.between or ())
    return Mark(
        voice, _across(figure.mean, rtl), height,
        bar_from=f"{bar[0] - 0.8:.1f}%" if bar else "", bar_to=f"{bar[1] + 0.8:.1f}%" if bar else "",
        bar_y=BARS_FROM + BAR_STEP * lane,
        rough_from=f"{rough[0]:.1f}%" if rough else "", rough_to=f"{rough[1]:.1f}%" if rough else "",
    )


def _heights(means: Sequence[float]) -> list[int]:
    """Marks that would cover one another step apart, to both sides of the line."""
    heights = []
    for at, mean in enumerate(means):
        close = [other for other, value in enumerate(means) if abs(value - mean) < TOUCHING]
        from_middle = close.index(at) - (len(close) - 1) / 2
        heights.append(MIDDLE + round(NUDGE * from_middle))
    return heights


def _number(level: float, rtl: bool) -> float:
    x = 10 + 20 * (level - 1)
    return 100 - x if rtl else x


def _across(level: float, rtl: bool) -> str:
    return f"{_number(level, rtl):.1f}%"


def trend_line(figures: Sequence[Drawn | None], joined: Sequence[bool], *, rtl: bool = False) -> TrendLine:
    """A spot for each time that has a figure (1..5, low at the bottom).

    `joined[i]`: whether the words were the same at i-1 and i. Where they were not, the line breaks between
    the two; where one of them has no figure, there is a gap.
    """
    places = [_time(at, len(figures), rtl) for at in range(len(figures))]
    spots = tuple(
        _spot(figure, at, figures, places, joined) for at, figure in enumerate(figures) if figure is not None
    )
    breaks = tuple(
        f"{(places[at - 1] + places[at]) / 2:.1f}%"
        for at in range(1, len(figures)) if not joined[at] and None not in figures[at - 1:at + 1]
    )
    return TrendLine(spots, breaks, grid=tuple(_up(level) for level in range(1, 6)))


def _spot(figure: Drawn, at: int, figures: Sequence[Drawn | None], places: Sequence[float],
          joined: Sequence[bool]) -> Spot:
    before = figures[at - 1] if at and joined[at] else None
    rough_from, rough_to = map(_up, figure.between) if figure.between else ("", "")
    return Spot(
        x=f"{places[at]:.1f}%", y=_up(figure.mean), joined=before is not None,
        from_x=f"{places[at - 1]:.1f}%" if before else "", from_y=_up(before.mean) if before else "",
        rough_from=rough_from, rough_to=rough_to,
    )


def _time(at: int, times: int, rtl: bool) -> float:
    x = 10 + 80 * at / max(times - 1, 1)
    return 100 - x if rtl else x


def _up(level: float) -> str:
    return f"{90 - 20 * (level - 1):.1f}%"
