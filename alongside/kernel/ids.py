"""Ids that carry no time and no order."""

import secrets

# Consonants and digits that are not mistaken for one another, and that form no words.
ADDRESS_LETTERS = "bcdfghjkmnpqrstvwxz23456789"


def random_id() -> int:
    """A random positive 63-bit integer. As SQLite's row id it also scatters rows over the file."""
    return secrets.randbits(63) or 1


def neutral_address(length: int = 8) -> str:
    """A short random address part for a public page; names neither topic nor organization."""
    return "".join(secrets.choice(ADDRESS_LETTERS) for _ in range(length))
