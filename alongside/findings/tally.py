"""From raw answers to tallies for the gate. Pure: the numbers made here are seen by the gate alone.

How a person's answers count:

- A practice: the answers 1..5 count. "I don't know" is counted by itself; skipped, "prefer not to say" and
  "doesn't apply" are not counted.
- A domain: a person's score is the mean of their answers 1..5 in it, and counts only where they answered at
  least 75 % of the items that apply to them. An item marked "doesn't apply" leaves that reckoning altogether;
  "I don't know", skipped and "prefer not to say" stay in it as not answered. Who said that no item applies
  has no score.
- The whole organization is all its rounds of a voice together: everybody counts once, not every unit.

Everything is kept as counts of each possible value: a million people cost one pass and the memory of a chunk.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from math import floor

import numpy as np

from alongside.privacy.api import CellKey, RawCell

LOWEST, HIGHEST = 1, 5
DONT_KNOW, NOT_APPLICABLE = 6, 7
CHUNK = 100_000
FIELD = 16  # bits of each of the four counts that are packed into one number while adding up a domain
MASK = (1 << FIELD) - 1


@dataclass(frozen=True)
class Asked:
    """One closed round. `block`: people x items, a byte 0..8 each; `items`: (domain id, practice id)."""

    voice: str
    unit: str | None
    items: tuple[tuple[str, str], ...]
    people: int
    block: bytes


def only(asked: Asked, practices: Collection[str]) -> Asked:
    """The same round, as if these practices alone had been asked."""
    keep = [at for at, (_domain, practice) in enumerate(asked.items) if practice in practices]
    lines = np.frombuffer(asked.block, dtype=np.uint8).reshape(asked.people, len(asked.items))
    return replace(asked, items=tuple(asked.items[at] for at in keep), block=lines[:, keep].tobytes())


@dataclass
class _Count:
    """How many people there are at each value. Values are exact fractions of a level."""

    asked: int = 0
    dont_know: int = 0
    at: Counter = field(default_factory=Counter)

    def add(self, other: "_Count") -> None:
        self.asked += other.asked
        self.dont_know += other.dont_know
        self.at.update(other.at)


def tally(rounds: Iterable[Asked]) -> list[RawCell]:
    """All tallies of one cycle: by voice, unit and practice or domain, and of the whole organization.

    `rounds` may be a generator: one block is held at a time. Raises `ValueError` for a block of another size.
    A million people x 48 items take about half a second.
    """
    counts: dict[CellKey, _Count] = {}
    for one in rounds:
        for (domain, practice), count in _counts_of(one).items():
            for unit in dict.fromkeys((None, one.unit)):
                counts.setdefault(CellKey(one.voice, unit, domain, practice), _Count()).add(count)
    return [_cell(key, count) for key, count in counts.items()]


def _counts_of(one: Asked) -> dict[tuple[str, str | None], _Count]:
    width = len(one.items)
    if len(one.block) != one.people * width:
        raise ValueError("a block of answers holds one byte for each person and item")
    columns: dict[str, list[int]] = {}
    for at, (domain, _) in enumerate(one.items):
        columns.setdefault(domain, []).append(at)
    levels = np.zeros((width, 256), dtype=np.int64)
    domains = {domain: _Count(asked=one.people) for domain in columns}
    for chunk in _chunks(one.block, width):
        for at in range(width):
            levels[at] += np.bincount(chunk[at], minlength=256)
        for domain, places in columns.items():
            domains[domain].add(_domain_count(chunk[places]))
    found: dict[tuple[str, str | None], _Count] = {(domain, None): count for domain, count in domains.items()}
    for at, item in enumerate(one.items):
        found[item] = _practice_count(levels[at], one.people)
    return found


def _chunks(block: bytes, width: int) -> Iterator[np.ndarray]:
    """Parts of the block with an item in each row, so that one item's answers lie side by side in memory."""
    lines = np.frombuffer(block, dtype=np.uint8).reshape(-1, width) if width else np.zeros((0, 0), np.uint8)
    for start in range(0, len(lines), CHUNK):
        yield np.ascontiguousarray(lines[start:start + CHUNK].T)


def _practice_count(levels: np.ndarray, people: int) -> _Count:
    at = {Fraction(level): int(levels[level]) for level in range(LOWEST, HIGHEST + 1) if levels[level]}
    return _Count(asked=people, dont_know=int(levels[DONT_KNOW]), at=Counter(at))


def _packed() -> np.ndarray:
    """What each byte adds to: answered, sum of levels, doesn't apply, don't know; 16 bits each."""
    adds = np.zeros(256, dtype=np.uint64)
    for level in range(LOWEST, HIGHEST + 1):
        adds[level] = 1 | level << FIELD
    adds[NOT_APPLICABLE] = 1 << 2 * FIELD
    adds[DONT_KNOW] = 1 << 3 * FIELD
    return adds


ADDS = _packed()


def _domain_count(items: np.ndarray) -> _Count:
    """Scores of one domain in a chunk. `items`: items x people; `asked` stays 0, the round knows it."""
    together = np.zeros(items.shape[1], dtype=np.uint64)
    for one in items:
        together += ADDS[one]
    answered, total, not_applicable, dont_know = (
        (together >> np.uint64(FIELD * place) & np.uint64(MASK)).astype(np.int64) for place in range(4))
    applies = len(items) - not_applicable
    scored = (answered > 0) & (4 * answered >= 3 * applies)
    base = HIGHEST * len(items) + 1
    seen = np.bincount(answered[scored] * base + total[scored])
    at: Counter = Counter()
    for code in np.flatnonzero(seen):
        at[Fraction(int(code) % base, int(code) // base)] += int(seen[code])
    return _Count(dont_know=int(np.count_nonzero(dont_know)), at=at)


def _cell(key: CellKey, count: _Count) -> RawCell:
    answered = sum(count.at.values())
    if not answered:
        return RawCell(key, count.asked, 0, None, None, None, 0, count.dont_know)
    in_order = sorted(count.at.items())
    mean = sum(value * people for value, people in in_order) / answered
    q1, q3 = (_quantile(in_order, answered, Fraction(part, 4)) for part in (1, 3))
    differing = answered - max(_in_tenths(count.at).values())
    return RawCell(key, count.asked, answered, float(mean), float(q1), float(q3), differing, count.dont_know)


def _in_tenths(at: Counter) -> Counter:
    """The same people at values rounded to tenths, halves up: nearly equal scores are alike to a reader."""
    rounded: Counter = Counter()
    for value, people in at.items():
        rounded[floor(10 * value + Fraction(1, 2))] += people
    return rounded


def _quantile(in_order: list[tuple[Fraction, int]], people: int, part: Fraction) -> Fraction:
    """The value below which `part` of the people lie, between two people by straight line (inclusive)."""
    place = (people - 1) * part
    low = floor(place)
    below, above = (_at(in_order, min(low + step, people - 1)) for step in (0, 1))
    return below + (above - below) * (place - low)


def _at(in_order: list[tuple[Fraction, int]], person: int) -> Fraction:
    """The value of the person who is `person`-th (from 0) in order."""
    for value, people in in_order:
        if person < people:
            return value
        person -= people
    raise IndexError("there are fewer people than that")
