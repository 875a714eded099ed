"""The listening room's names for the other rooms. `raw_*` may be used by `findings` alone."""

from .models import Cycle, Entry, Round, RoundState, Voice
from .store import RawAnswers, comment_counts, raw_answers, raw_comments

__all__ = [
    "Cycle", "Entry", "RawAnswers", "Round", "RoundState", "Voice",
    "comment_counts", "raw_answers", "raw_comments",
]
