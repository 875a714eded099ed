"""Everything that changes: releasing figures, reviewing and releasing comments."""

from .comments import release_comments, review
from .exporting import approve_export, ask_export, refuse_export
from .releasing import close_cycle, release_cycle, release_ready_cycles
from .unlocking import ensure_can_open, open_box

__all__ = [
    "approve_export",
    "ask_export",
    "close_cycle",
    "ensure_can_open",
    "open_box",
    "refuse_export",
    "release_comments",
    "release_cycle",
    "release_ready_cycles",
    "review",
]
