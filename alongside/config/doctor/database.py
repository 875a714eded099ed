"""Checks of the database."""

from collections.abc import Iterator

from django.conf import settings
from django.db import DatabaseError, connection

from alongside.access.api import role_passes_policies, tables_without_policy
from alongside.config import reads

from .finding import Finding


def reachable() -> Iterator[Finding]:
    """The database answers and is up to date."""
    try:
        if reads.is_migrated():
            return
    except DatabaseError:
        where = "DATABASE_URL" if connection.vendor == "postgresql" else settings.DATABASES["default"]["NAME"]
        yield Finding(
            "database", f"The database can't be reached ({where}).", "Nothing works without it.",
            "Check that it is running, that the address is right and that this user may use it.")
        return
    yield Finding(
        "database", "The database is not up to date.", "Pages show errors; the server does not start.",
        "Make a backup, then run: alongside migrate")


def write_ahead_log() -> Iterator[Finding]:
    """SQLite reads while it writes, and overwrites what is deleted."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            yield Finding(
                "database", "SQLite's write-ahead log is off: the disk can't do it (is it a network share?).",
                "People who answer at the same time wait for each other, and answers may be lost.",
                "Put DATA_DIR on a disk of this machine.")
        if not cursor.execute("PRAGMA secure_delete").fetchone()[0]:
            yield Finding(
                "database", "SQLite does not overwrite what is deleted.",
                "Deleted words can be read back from the disk.",
                "Use the SQLite that Debian's Python comes with.")


def second_wall() -> Iterator[Finding]:
    """PostgreSQL itself keeps organizations apart."""
    if connection.vendor != "postgresql":
        return
    if role_passes_policies():
        yield Finding(
            "database", "The program's role in PostgreSQL is a superuser or has BYPASSRLS.",
            "The database then lets every row through: where a page forgot to ask whose it is, people of one "
            "organization would see another's.",
            "As the database's superuser: ALTER ROLE alongside NOSUPERUSER NOBYPASSRLS. See docs/run/postgresql.md.")
    without = tables_without_policy()
    if without:
        yield Finding(
            "database", f"PostgreSQL does not guard these tables: {', '.join(without)}.",
            "The second wall between organizations has a hole.", "Run: alongside migrate")


CHECKS = (write_ahead_log, second_wall)
