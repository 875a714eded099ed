"""Looks for what is wrong with an installation. A *finding* says what is wrong, why it matters, how to mend
it."""

from .examination import examine
from .finding import ADVICE, PROBLEM, Finding

__all__ = ["ADVICE", "PROBLEM", "Finding", "examine"]
