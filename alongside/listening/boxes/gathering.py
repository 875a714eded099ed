"""Keys that come together on one screen, one after the other.

Between two of them they stand in the page, sealed: nothing waits on the server, neither in a table nor in a
session, where a backup could carry it away; and whoever sits down next can't read in the page what was typed.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from alongside.access.api import Actor
from alongside.privacy.api import box, carried, carry


@dataclass(frozen=True)
class Gathering:
    """`promise` is the box as a round promised it; `purpose` binds it to one act of one account."""

    organization_id: UUID
    purpose: str
    promise: dict
    keys: tuple[box.Key, ...] = ()

    @property
    def numbers(self) -> list[int]:
        """The numbers of the keys that are in, in the order in which they came."""
        return [key.number for key in self.keys]

    @property
    def still_needed(self) -> int:
        return box.still_needed(self._box, self.numbers)

    def with_key(self, typed: str) -> "Gathering":
        """One key more. Raises `box.BoxRefused`, also where the last one shows that they don't belong together."""
        key = box.read_key(self._box, typed)
        box.ensure_wanted(self._box, self.numbers, key.number)
        fuller = replace(self, keys=(*self.keys, key))
        if not fuller.still_needed:
            fuller.private_key()
        return fuller

    def private_key(self) -> bytes:
        """What opens the box: for the request that asks, in memory alone. Raises `box.BoxRefused`."""
        return box.combine(self._box, [key.words for key in self.keys])

    def field(self) -> str:
        """What the page carries to the next step."""
        return carry(self.organization_id, self.purpose, {"keys": [key.words for key in self.keys]})

    @property
    def _box(self) -> box.Box:
        return box.Box.from_plain(self.promise)


def begin(actor: Actor, act: str, promise: dict) -> Gathering:
    """Nobody has come yet."""
    return Gathering(actor.organization_id, f"{act}|{actor.account_id}|{promise['public']}", promise)


def go_on(actor: Actor, act: str, promise: dict, field: str) -> Gathering:
    """The gathering that a page carried. Raises `TooLate` where it began more than an hour ago, or elsewhere."""
    gathering = begin(actor, act, promise)
    for words in carried(gathering.organization_id, gathering.purpose, field)["keys"]:
        gathering = gathering.with_key(words)
    return gathering
