"""Which figures are unsafe by themselves, and what a group of withheld figures gives away together."""

from collections.abc import Iterable

from .cells import HIGHEST, LOWEST, RawCell

# Anyone in a group can take their own answer out of its sum. What is left must keep at least one whole step of
# distance from the end of the scale, or that person knows that all others chose the end.
STEP = 1.0
WIDEST = HIGHEST - LOWEST
ENDS = (LOWEST, HIGHEST)


def too_few(cell: RawCell, k: int) -> bool:
    """Fewer than k people stand behind it."""
    return cell.answered < k


def too_alike(cell: RawCell) -> bool:
    """A member of the group, knowing their own answer, could tell everybody else's from it."""
    return cell.differing <= 1 or any(distance_without_one(cell, end) < STEP for end in ENDS)


def distance(cell: RawCell, end: float) -> float:
    """How far the group's values are from this end of the scale, all people together, in levels."""
    return cell.answered * abs((cell.mean or end) - end)


def distance_without_one(cell: RawCell, end: float) -> float:
    """The least that is left of `distance` once any one person is taken out.

    Three bounds, the best of which holds: a person can be no farther than the whole scale; levels of a practice are
    whole, so that each person who differs is a step or more away from the end (or all others are); and a quarter of
    the people lie beyond each quartile, whatever the way of interpolating it.
    """
    left = max(0.0, distance(cell, end) - WIDEST)
    if cell.key.practice is not None:
        left = max(left, cell.differing - 1.0)
    if cell.q1 is not None and cell.q3 is not None:
        left = max(left, _beyond_quartiles(cell.answered, abs(cell.q1 - end), abs(cell.q3 - end)))
    return left


def _beyond_quartiles(people: int, one: float, other: float) -> float:
    """A quarter of the people are at the farther quartile or beyond, three quarters at the nearer one or beyond."""
    near, far = sorted((one, other))
    quarter, three_quarters = people // 4, 3 * people // 4
    if quarter == 0:
        return max(0, three_quarters - 1) * near
    return (quarter - 1) * far + (three_quarters - quarter) * near


def people_hide(cells: Iterable[RawCell], k: int) -> bool:
    """Do these withheld groups of different people, whose sum can be worked out, hide one another?

    They do when they are two groups at least, hold k answers together, and when no member of any of them could tell
    from the sum that all others chose an end of the scale.
    """
    groups = list(cells)
    if len(groups) < 2 or sum(group.answered for group in groups) < k:
        return False
    return all(_sum_without_one(groups, end) >= STEP for end in ENDS)


def _sum_without_one(groups: list[RawCell], end: float) -> float:
    apart = [distance(group, end) for group in groups]
    least = [min(whole, distance_without_one(group, end)) for whole, group in zip(apart, groups, strict=True)]
    return sum(apart) - max(whole - rest for whole, rest in zip(apart, least, strict=True))


def practices_hide(cells: Iterable[RawCell]) -> bool:
    """Do these withheld practices of the same people, whose sum is about the domain's, hide one another?

    They do when they are two at least, and when somebody who takes out their own answers to all of them still
    can't tell that all others chose an end of the scale.
    """
    practices = list(cells)
    if len(practices) < 2:
        return False
    return all(sum(distance_without_one(cell, end) for cell in practices) >= STEP for end in ENDS)
