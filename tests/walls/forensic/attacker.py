"""Somebody who has everything: the raw files, all keys that there are, and who sent when with which code.

For one code the attacker says, once by each way of thinking, which answer came with it. Where a way leads nowhere
the attacker guesses: so each is right as often as chance where nothing can be known.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from alongside.listening.packing import unpacked

from .evidence import Evidence, Held


@dataclass(frozen=True)
class Known:
    """What is known of one round: fingerprints of the codes in the order of sending; the code asked about."""

    round_id: UUID
    sent: Sequence[str]
    asked: int

    @property
    def code(self) -> str:
        return self.sent[self.asked]


class Attacker:
    """One round, one copy of the files."""

    def __init__(self, evidence: Evidence, known: Known, chance: random.Random) -> None:
        self.known, self.chance = known, chance
        mine = [known.round_id]
        self.opened = {held: unpacked(plain)[0] for held in evidence.held if (plain := evidence.opened(held, mine))}
        self.held = evidence.held
        self.live = [held for held in self.opened if evidence.live.get(held.row) == known.round_id]
        self.answers = sorted({self.opened[held] for held in self.live})
        self.spent = [one for one in evidence.spent if one.fingerprint in known.sent]

    def guesses(self) -> dict[str, str]:
        """Way of thinking -> letters of the answer."""
        return {
            "order of ids": self._nth(self.live, lambda held: held.row),
            "order in the file": self._nth(self.live, lambda held: held.place),
            "order of overflow": self._nth(self.live, lambda held: held.chain),
            "order in the file, backwards": self._nth(self.live, lambda held: -held.place),
            "order of overflow, backwards": self._nth(self.live, lambda held: -held.chain),
            "order of transactions": self._nth(self.live, lambda held: held.act),
            "order of codes in the file": self._nth(self.live, lambda held: held.place, self._rank_of_code()),
            "same transaction": self._of(held for held in self.opened if held.act in self._acts()),
            "nearest transaction": self._nearest(),
            "remains that open": self._nth(
                [held for held in self.opened if held not in self.live], lambda held: (held.act, held.place)),
            "same size": self._of(held for held in self.live if held.size in self._sizes()),
        }

    def _acts(self) -> set[int]:
        """In which transactions the code was seen to be spent. 0 is no transaction."""
        return {one.act for one in self.spent if one.fingerprint == self.known.code and one.act}

    def _sizes(self) -> set[int]:
        """How long the row was that was written together with the code."""
        return {held.size for held in self.held if held.act in self._acts()}

    def _rank_of_code(self) -> int:
        places = {one.fingerprint: one.place for one in sorted(self.spent, key=lambda one: one.place)}
        return list(places).index(self.known.code) if self.known.code in places else self.known.asked

    def _nth(self, rows: Sequence[Held], place: Callable, rank: int | None = None) -> str:
        """The answer that comes at the code's own rank. Of equals one is taken blindly."""
        shuffled = self.chance.sample(rows, len(rows))
        in_order = [self.opened[held] for held in sorted(shuffled, key=place)]
        rank = self.known.asked if rank is None else rank
        return in_order[rank] if rank < len(in_order) else self._blindly()

    def _nearest(self) -> str:
        acts = self._acts()
        if not acts or not self.live:
            return self._blindly()
        far = {held: min(abs(held.act - act) for act in acts) for held in self.live}
        return self._of(held for held in far if far[held] == min(far.values()))

    def _of(self, rows: Iterable[Held]) -> str:
        found = sorted({self.opened[held] for held in rows} & set(self.answers))
        return self.chance.choice(found) if found else self._blindly()

    def _blindly(self) -> str:
        return self.chance.choice(self.answers)


def guesses_after_closing(evidence: Evidence, known: Known, rest: dict[str, list[str]],
                          chance: random.Random) -> dict[str, str]:
    """`rest`: the letters of all answers, in each order in which something of them can be read in the store."""
    everything = sorted(set(rest["lines of the block"]))
    remains = Attacker(evidence, known, chance)
    remains.answers = everything
    found = {f"order of {what}": rows[known.asked % len(rows)] for what, rows in rest.items()}
    return found | {
        "remains that open, after closing": remains._nth(list(remains.opened), lambda held: held.place),
        "same transaction, after closing": remains._of(
            held for held in remains.opened if held.act in remains._acts()),
    }
