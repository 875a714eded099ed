"""Which figures are unsafe by themselves, and what a group of withheld figures gives away together."""

from collections.abc import Iterable

from .cells import HIGHEST, LOWEST, RawCell

# Anyone in a group can take their own answer out of its sum. What is left must keep at least one whole
# step of distance from the end of the scale, or that person knows that all others chose the end.
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


def pressed_ends(cell: RawCell) -> list[float]:
    """The ends of the scale at which all of these people are, or may be all but one of them."""
    left = distance if cell.answered == 1 else distance_without_one
    return [end for end in ENDS if cell.answered and left(cell, end) < STEP]


def distance_without_one(cell: RawCell, end: float) -> float:
    """The least that is left of `distance` once any one person is taken out.

    Bounds, the best of which holds: a person can be no farther than the whole scale; people who all say
    the same are equally far; levels of a practice are whole, so that each person who differs is a step
    or more away from the end (or all others are); and a quarter of the people lie beyond each quartile,
    however it is interpolated.
    """
    whole = distance(cell, end)
    left = max(0.0, whole - WIDEST)
    if cell.q1 is None or cell.q3 is None:
        return left
    if cell.differing == 0:
        return whole - whole / cell.answered
    if cell.key.practice is not None:
        left = max(left, cell.differing - 1.0)
    return max(left, _beyond_quartiles(cell.answered, abs(cell.q1 - end), abs(cell.q3 - end)))


def _beyond_quartiles(people: int, one: float, other: float) -> float:
    """A quarter of the people are at the farther quartile or beyond, three quarters at the nearer one."""
    near, far = sorted((one, other))
    quarter, three_quarters = people // 4, 3 * people // 4
    if quarter == 0:
        return max(0, three_quarters - 1) * near
    return (quarter - 1) * far + (three_quarters - quarter) * near


def may_be_left_over(unplaced: RawCell, k: int) -> bool:
    """May the sum over the people of no unit be worked out? Yes, if it could be shown as a figure."""
    return not too_few(unplaced, k) and all(distance_without_one(unplaced, end) >= STEP for end in ENDS)


def people_hide(cells: Iterable[RawCell], k: int) -> bool:
    """Do these withheld groups of different people, whose sum can be worked out, hide one another?

    They do when they are two groups at least, hold k answers together, and when no member of any of them
    could tell from the sum that all others chose an end of the scale.
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
