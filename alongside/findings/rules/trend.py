"""Where a line between two cycles may be drawn."""

from collections.abc import Mapping, Sequence

Prints = Mapping[str, str]
"""Practice id -> fingerprint of the wording that one voice was asked."""


def same_practice(one: Prints, other: Prints, practice: str) -> bool:
    """Whether a voice was asked the practice in the same words both times."""
    return bool(one.get(practice)) and one.get(practice) == other.get(practice)


def same_domain(one: Prints, other: Prints, practices: Sequence[str]) -> bool:
    """Whether a voice was asked the same practices of a domain, all in the same words, both times."""
    before, after = ({id: one[id] for id in practices if id in one} for one in (one, other))
    return bool(before) and all(before.values()) and before == after
