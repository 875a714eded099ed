"""Answers of too few people wait for those of others, asked later, and are told together with them.

Each answer stands behind the figures of one release at most: those of a wave that was told are never told again, so
no two figures can be subtracted to find the people of one wave. Whether a wave waits depends on one number alone, how
many answered in a voice, of which "too few" tells as much.
"""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Wave:
    """One voice of one cycle.

    people   how many answered
    k        the fewest people behind a figure, as it was promised to them
    asked    what they were asked and in which units: waves with equal ones can be told together
    may_wait whether they were promised that they may be told together with others
    """

    cycle: str
    people: int
    k: int
    asked: Hashable
    may_wait: bool


def told_together(own: Wave, earlier: Sequence[Wave], told: Collection[str]) -> list[Wave]:
    """The waves whose answers stand behind what is told now, oldest first; empty where they wait for more.

    `earlier` are waves of the same voice that may be told together with it, oldest first; `told` the cycles of those
    that were.
    """
    if own.people >= own.k:
        return [own]
    if not own.may_wait:
        return []
    fitting = [one for one in earlier
               if one.may_wait and one.cycle not in told and one.asked == own.asked and one.k <= own.k]
    together = [*fitting, own]
    return together if sum(one.people for one in together) >= own.k else []
