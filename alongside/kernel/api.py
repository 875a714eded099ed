"""The kernel's names for the other rooms."""

from .held import Held
from .ids import RandomIdField, neutral_address, random_id
from .private import make_private_folder, write_private

__all__ = ["Held", "RandomIdField", "make_private_folder", "neutral_address", "random_id", "write_private"]
