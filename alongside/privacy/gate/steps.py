"""How finely a mean is told: in tenths of a level, or in wider steps counted from an earlier figure.

A mean is a whole number of tenths here, 10 to 50. Wider steps are three and nine tenths: each holds three
whole ones of the next finer kind, so that a figure told twice, coarsely to some and finely to others, tells
no more than the finer one.
"""

from math import floor
from typing import NamedTuple

LEAST, MOST = 10, 50
WIDTHS = (1, 3, 9)
HAIR = 1e-9  # so that 3.25, or the float just below it, is always rounded up


class Steps(NamedTuple):
    """`width` tenths each, and one of them has its middle at `start` tenths."""

    width: int
    start: int


TENTHS = Steps(1, 0)


def to_steps(value: float, steps: int) -> int:
    """`value` in whole steps of 1/`steps`, halves going up."""
    return floor(value * steps + 0.5 + HAIR)


def nearest_level(tenths: int) -> int:
    """The level 1..5 nearest to a rounded mean in tenths, halves going up: it adds nothing to the mean."""
    return (tenths + 5) // 10


def middle_of(tenths: int, steps: Steps) -> int:
    """The middle of the step in which a mean lies. The first and the last step reach to the scale's ends."""
    width, start = steps
    middle = start + (tenths - start + width // 2) // width * width
    if middle < LEAST:
        return middle + width
    return middle - width if middle > MOST else middle


def span(middle: int, width: int) -> tuple[int, int]:
    """The tenths that are told as `middle`, from and to, both included."""
    low = LEAST if middle - width < LEAST else middle - width // 2
    high = MOST if middle + width > MOST else middle + width // 2
    return low, high


def nest(outer: Steps, inner: Steps) -> bool:
    """Is each of the outer steps made of whole inner ones?"""
    return outer.width % inner.width == 0 and (outer.start - inner.start) % inner.width == 0
