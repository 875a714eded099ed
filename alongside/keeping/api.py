"""The keeping room's names for the other rooms. `held_groups` serves a public page as well: it counts nothing."""

from .reads import HeldGroup, HeldTable, held_groups, tables

__all__ = ["HeldGroup", "HeldTable", "held_groups", "tables"]
