"""The invented sample: an organization with two finished cycles and one that is open. Nothing in it is real."""

from .demo import make_demo, new_doors
from .story import make_sample

__all__ = ["make_demo", "make_sample", "new_doors"]
