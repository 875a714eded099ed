"""What one suite of attacks says when it is done: `make attack` prints these, the tests look into them."""

from collections.abc import Callable
from dataclasses import dataclass

Tell = Callable[[str], None]
"""Takes one short line on how far a suite is."""


@dataclass(frozen=True)
class Outcome:
    """What a suite tried and found.

    name     what was attacked, in words that a board member knows
    tried    how many attempts were made
    found    each attempt that got somewhere it must not, in one line; empty is good
    says     one or two sentences: what was tried, and what that means
    """

    name: str
    tried: int
    found: tuple[str, ...]
    says: str

    @property
    def is_good(self) -> bool:
        """Whether nothing was found, and something was tried at all."""
        return self.tried > 0 and not self.found
