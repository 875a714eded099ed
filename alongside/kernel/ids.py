"""Ids that carry no time and no order."""

import secrets
from typing import Any

from django.db import models

# Consonants and digits that are not mistaken for one another, and that form no words.
ADDRESS_LETTERS = "bcdfghjkmnpqrstvwxz23456789"


def random_id() -> int:
    """A random positive 63-bit integer. In a `RandomIdField` it also scatters the rows over SQLite's file."""
    return secrets.randbits(63) or 1


def neutral_address(length: int = 8) -> str:
    """A short random address part for a public page; names neither topic nor organization."""
    return "".join(secrets.choice(ADDRESS_LETTERS) for _ in range(length))


class RandomIdField(models.BigIntegerField):
    """A primary key of `random_id`. On SQLite "integer" makes it the row id itself: with "bigint" SQLite keeps a
    second, hidden row id that counts up, and so the order in which rows came."""

    def db_type(self, connection: Any) -> str | None:
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
