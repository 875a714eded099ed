"""The gate measured: against the exact optimum of its conditions, and against other methods of protection.

`make bench` runs `measure`; `python -m bench.gate` compares the methods as well and prints both tables.
"""

from .optimum import measure

__all__ = ["measure"]
