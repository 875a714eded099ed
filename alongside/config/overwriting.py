"""Deleted rows leave the disk: what a database keeps of them in its files is overwritten.

SQLite overwrites what is deleted at once (`secure_delete`, measured: nothing is left), but its log keeps a copy until
it is emptied, and whoever opened the file with another tool may have deleted without overwriting. So the log is
emptied and the whole file written anew.

PostgreSQL keeps the old version of everything that was changed or deleted, in its place even after its own cleaning
has freed it. Each table is written anew, in the order of its random ids, which also forgets in which order rows came.
For its planner it takes samples of what stands in the columns, and those of a table that was emptied stay for good: so
it is told to take none. What stays in its write-ahead log and on standbys: docs/run/postgresql.md.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from time import sleep

from django.db import OperationalError, connection

# Writing anew needs as much memory as the database is large, since a temporary file would be one more clear copy.
LARGEST_WRITTEN_ANEW = 256_000_000  # bytes
# What waits for a table keeps everybody behind it waiting: a backup being made is enough. Then: at the next round.
PATIENCE = "3s"
# Whoever writes is done in a moment; whoever is not is waited for no longer than this.
PAUSES = (0.02, 0.1, 0.5, 1, 2, 4, 8)  # seconds
# Of what it tells about a table: "7 dead row versions cannot be removed yet", in any language.
LEFT_OVER = re.compile(r"[^\d\n]*[1-9]")
STIRRED = ("listening_code", "listening_heldresponse")
TABLES = """
    SELECT tables.relname, keys.relname
    FROM pg_index JOIN pg_class tables ON tables.oid = indrelid JOIN pg_class keys ON keys.oid = indexrelid
    WHERE indisprimary AND tables.relkind = 'r' AND tables.relnamespace = current_schema()::regnamespace
    ORDER BY tables.relname
"""
# Columns of tables by name, and computed columns of indexes by number, of which samples are taken.
SAMPLED = """
    SELECT 'table', relname, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND attnum > 0 AND NOT attisdropped
        AND coalesce(attstattarget, -1) <> 0
    UNION ALL
    SELECT 'index', relname, attnum::text
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_index ON indexrelid = attrelid
    WHERE relnamespace = current_schema()::regnamespace AND indkey[attnum - 1] = 0 AND coalesce(attstattarget, -1) <> 0
"""


def overwrite_deleted() -> None:
    """Overwrite what was deleted, in every table. Raises `OperationalError` where others hold on to something; then
    it is to be called again."""
    if connection.vendor == "sqlite":
        _empty_log()
        _write_file_anew()
        _empty_log()
    else:
        _write_tables_anew()


def keep_no_samples() -> None:
    """Tell PostgreSQL to take no samples of any column, before there is anything in it. To be called after each
    migration; it changes what is not told yet."""
    if connection.vendor != "postgresql":
        return
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(SAMPLED)
        for kind, name, column in cursor.fetchall():
            which = quote(column) if kind == "table" else column
            cursor.execute(f"ALTER {kind} {quote(name)} ALTER COLUMN {which} SET STATISTICS 0")


def overwrite_stirred() -> None:
    """Clear away what stirring left behind: noise whose key is gone, but it takes room.

    SQLite's log is emptied; PostgreSQL marks the place as free, and nobody has to wait.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        for table in STIRRED:
            cursor.execute(f"VACUUM {connection.ops.quote_name(table)}")


def _empty_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0]:  # SQLite gives 1, not an error, where a reader stood in the way
            raise OperationalError("the log of the database is locked by a reader and could not be emptied")


def _write_file_anew() -> None:
    with connection.cursor() as cursor:
        pages, size = (_pragma(cursor, name) for name in ("page_count", "page_size"))
        if pages * size > LARGEST_WRITTEN_ANEW:
            return
        cursor.execute("PRAGMA temp_store=MEMORY")
        try:
            cursor.execute("VACUUM")
        finally:
            cursor.execute("PRAGMA temp_store=DEFAULT")


def _pragma(cursor, name: str) -> int:
    cursor.execute(f"PRAGMA {name}")
    return cursor.fetchone()[0]


def _write_tables_anew() -> None:
    with connection.cursor() as cursor, _impatient(cursor), _told() as told:
        cursor.execute(TABLES)
        for table, key in cursor.fetchall():
            _write_table_anew(table, key, told)


def _write_table_anew(table: str, key: str, told: list[str]) -> None:
    """Again and again, until no deleted row was copied because somebody's transaction was open when it was deleted."""
    quote = connection.ops.quote_name
    for pause in PAUSES:
        told.clear()
        with connection.cursor() as cursor:
            cursor.execute(f"CLUSTER VERBOSE {quote(table)} USING {quote(key)}")
        if not any(LEFT_OVER.match(line) for line in told):
            return
        sleep(pause)
    raise OperationalError(f"{table}: a transaction that somebody left open may still see deleted rows, so they could "
                           "not be overwritten")


@contextmanager
def _told() -> Iterator[list[str]]:
    """What PostgreSQL tells while it works. It copies deleted rows for as long as a transaction is open that began
    before, in any database of the server, and says so only here."""
    lines: list[str] = []

    def note(diagnostic) -> None:
        lines.append(diagnostic.message_detail or "")

    connection.connection.add_notice_handler(note)
    try:
        yield lines
    finally:
        connection.connection.remove_notice_handler(note)


@contextmanager
def _impatient(cursor) -> Iterator[None]:
    cursor.execute(f"SET lock_timeout = '{PATIENCE}'")
    try:
        yield
    finally:
        cursor.execute("RESET lock_timeout")
