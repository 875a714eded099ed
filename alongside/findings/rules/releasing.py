"""When a cycle may be released, and behind how many people its figures stand."""

from collections.abc import Collection, Iterable
from math import ceil

OPEN, PLANNED, CLOSED = "open", "planned", "closed"
FEWEST_OUTSIDE = 11


def may_release(states: Collection[str], *, is_over: bool) -> bool:
    """Whether no answer can still come. `states`: the rounds'; `is_over`: the last day to open one is past.

    A round that was never opened blocks the release while it still could be opened: what people said in it
    later could never be shown.
    """
    if OPEN in states or CLOSED not in states:
        return False
    return is_over or PLANNED not in states


def inside_threshold(chosen: int, promised: Iterable[int]) -> int:
    """The fewest people behind a figure: what the organization chose, never below any promise to people."""
    return max([chosen, *promised])


def outside_threshold(inside: int) -> int:
    """The fewest people behind a figure for funders and others: 11 or more, in whole steps of `inside`.

    Whole steps, because bands that cut across those shown inside would give small groups away side by side.
    """
    return ceil(FEWEST_OUTSIDE / inside) * inside
