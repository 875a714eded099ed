"""The audit room's names for the other rooms."""

from .reads import entries_of
from .writes import record

__all__ = ["entries_of", "record"]
