"""The kernel's names for the other rooms."""

from .held import Held
from .ids import RandomIdField, neutral_address, random_id
from .private import locked_folder, make_private_folder, sync_folder, wipe, write_private

__all__ = ["Held", "RandomIdField", "locked_folder", "make_private_folder", "neutral_address", "random_id",
           "sync_folder", "wipe", "write_private"]
