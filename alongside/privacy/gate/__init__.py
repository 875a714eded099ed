"""The gate: disclosure control for one cycle's figures and comments.

Tallies (`RawCell`) go in all together, released figures come out: `Shown`, `Withheld` with its reason, or
a `Hole`. Pure: no database, no request, no clock. `docs/` tells what it protects against; `complement.py`
tells how.
"""

from .cells import CellKey, InconsistentCells, RawCell
from .comments import CommentGroups, comment_groups, release_comments
from .figures import Band, Figure, Hole, NotFromTheGate, Released, Shown, Withheld, gap, people_heard
from .over_time import Earlier, people_behind
from .plain import Mark, reread, to_plain
from .policy import Policy, ThresholdDoesNotNest, ThresholdTooLow
from .release import release

__all__ = [
    "Band", "CellKey", "CommentGroups", "Earlier", "Figure", "Hole", "InconsistentCells", "Mark", "NotFromTheGate",
    "Policy", "RawCell", "Released", "Shown", "ThresholdDoesNotNest", "ThresholdTooLow", "Withheld",
    "comment_groups", "gap", "people_behind", "people_heard", "release", "release_comments", "reread", "to_plain",
]
