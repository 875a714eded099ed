"""Everything that changes: releasing figures, reviewing and releasing comments."""

from .comments import record_reading, release_comments, review
from .releasing import close_cycle, release_cycle, release_ready_cycles

__all__ = [
    "close_cycle", "record_reading", "release_comments", "release_cycle", "release_ready_cycles", "review",
]
