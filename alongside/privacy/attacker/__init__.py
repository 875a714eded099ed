"""The attacker: somebody who has all that was released, a computer, and an afternoon.

It knows how figures are rounded, how they add up and what is usual, and asks of each number that was kept back
between which others it must lie. It uses nothing of the gate but the released figures themselves, so that a
fault of the gate is not a fault of the attacker too. The tests let it loose on thousands of invented
organizations, `alongside attack` on the real releases.
"""

from .attack import Cycle, Found, Tried, attack_cycle, attack_years
from .knowledge import Known, Person
from .over_years import Year

__all__ = ["Cycle", "Found", "Known", "Person", "Tried", "Year", "attack_cycle", "attack_years"]
