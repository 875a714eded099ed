"""The privacy room's names for the other rooms. Figures come from `release` alone; nobody else can make one."""

from .gate import (
    Band,
    CellKey,
    CommentGroups,
    Figure,
    Hole,
    InconsistentCells,
    NotFromTheGate,
    Policy,
    RawCell,
    Released,
    Shown,
    ThresholdDoesNotNest,
    ThresholdTooLow,
    Withheld,
    comment_groups,
    gap,
    people_heard,
    release,
    release_comments,
    reread,
    to_plain,
)
from .sealing import CannotOpen, fingerprint, forget_keys, make_key, seal, unseal

__all__ = [
    "Band", "CannotOpen", "CellKey", "CommentGroups", "Figure", "Hole", "InconsistentCells", "NotFromTheGate",
    "Policy", "RawCell", "Released", "Shown", "ThresholdDoesNotNest", "ThresholdTooLow", "Withheld",
    "comment_groups", "fingerprint", "forget_keys", "gap", "make_key", "people_heard", "release",
    "release_comments", "reread", "seal", "to_plain", "unseal",
]
