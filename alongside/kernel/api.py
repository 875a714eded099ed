"""The kernel's names for the other rooms."""

from .held import Held
from .ids import neutral_address, random_id

__all__ = ["Held", "neutral_address", "random_id"]
