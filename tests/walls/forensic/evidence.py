"""What the attacker reads out of raw files: rows that wait, codes that were spent, keys; with where and by which act.

An `act` is the number of a transaction: `xmin` on PostgreSQL, the place of the commit in SQLite's log. 0: not known.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

HEAD, NONCE = 5, 12


@dataclass(frozen=True)
class Held:
    """One version of a response that waits, or waited.

    place  where the row lies in the file, so that rows written one after the other lie in order
    chain  where its second part lies: number of an overflow page or of a TOASTed value
    sealed b"" where it was overwritten in part
    """

    row: int
    sealed: bytes
    act: int
    place: int
    chain: int
    size: int


@dataclass(frozen=True)
class Spent:
    """One version of a code that was spent."""

    fingerprint: str
    act: int
    place: int


@dataclass
class Evidence:
    """Everything found in one copy of the files. `live` are the ids of the rows that a query would show."""

    held: list[Held]
    spent: list[Spent]
    live: dict[int, UUID]
    keys: dict[tuple[UUID, int], bytes] = field(default_factory=dict)
    owner: UUID | None = None  # the organization

    def opened(self, held: Held, rounds: Iterable[UUID]) -> bytes | None:
        """What a row says, if a key that is there opens it."""
        number = int.from_bytes(held.sealed[1:HEAD], "big")
        bound = f"listening_heldresponse.sealed|{self.owner}|{held.row}".encode()
        for round_id in rounds:
            if key := self.keys.get((round_id, number)):
                try:
                    return AESGCM(key).decrypt(held.sealed[HEAD:HEAD + NONCE], held.sealed[HEAD + NONCE:], bound)
                except InvalidTag:
                    continue
        return None
