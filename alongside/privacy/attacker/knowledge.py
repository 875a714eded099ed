"""What an attacker may know besides what was released."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from alongside.privacy.gate import CellKey


class Person(NamedTuple):
    """Somebody who answered: their unit (None: told none) and, by practice, their level; None is no level."""

    unit: str | None
    answers: Mapping[str, int | None]


@dataclass(frozen=True)
class Known:
    """What somebody knows who did not only read.

    people     how many people answered each cell, where all such numbers are known ("" is no unit)
    placed     the voices of whom everybody told their unit
    complete   everybody answered everything
    own        the answers of the attacker, or of several who tell one another
    exact      they reckon with whole people and whole levels: exact, and far slower
    needed     the share of a domain's practices that must be answered for a score; None: not known
    """

    people: Mapping[CellKey, int] | None = None
    placed: Collection[str] = ()
    complete: bool = False
    own: tuple[Person, ...] = ()
    exact: bool = False
    needed: float | None = None
