"""A consistent copy of the database while it is in use, and filling one from a copy.

`database` is a Django DATABASES entry everywhere here.
"""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from .refusals import DatabaseRefused, NoRoom

SQLITE, POSTGRESQL = "sqlite", "postgresql"
NAMES = {SQLITE: "database.sqlite3", POSTGRESQL: "database.pgdump"}
WAIT = 20  # seconds for a lock


def kind_of(database: dict) -> str:
    """"sqlite" or "postgresql"."""
    return SQLITE if database["ENGINE"].endswith("sqlite3") else POSTGRESQL


def copy_out(database: dict, to: Path) -> None:
    """Write one consistent copy of the database into the new file `to`. Raises `DatabaseRefused` and
    `NoRoom`."""
    if kind_of(database) == SQLITE:
        _copy_sqlite(Path(database["NAME"]), to)
    else:
        _run_tool(database, "pg_dump", [
            # The policies are in force for us as well. No organization is named here, so they let every row through.
            "--enable-row-security", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}"])
    to.chmod(0o600)


def check_copy(kind: str, copy: Path) -> None:
    """Raise `DatabaseRefused` unless the copy can be read to its end."""
    if kind == POSTGRESQL:
        _run([_tool("pg_restore"), "--list", str(copy)], dict(os.environ))
        return
    try:
        with closing(sqlite3.connect(copy)) as opened:
            verdict = opened.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError:
        verdict = "unreadable"
    if verdict != "ok":
        raise DatabaseRefused(
            "The database in the backup is broken. Nothing was changed. Use an older backup.")


def fill_postgresql(database: dict, copy: Path) -> None:
    """Load the copy into an empty database, whole or not at all. Raises `DatabaseRefused`."""
    _run_tool(database, "pg_restore", [
        "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error",
        f"--dbname={database['NAME']}", str(copy),
    ])


def is_empty_postgresql(database: dict) -> bool:
    """Whether the database has no table of its own yet. Raises `DatabaseRefused` where it can't be
    reached."""
    with _connected(database) as connection:
        found = connection.execute("select count(*) from pg_tables where schemaname = 'public'").fetchone()
    return found is not None and found[0] == 0


def set_aside_postgresql(database: dict, name: str) -> None:
    """Keep all tables that are there under the schema `name`, and leave an empty database."""
    from psycopg import sql

    with _connected(database) as connection:
        connection.execute(sql.SQL("alter schema public rename to {}").format(sql.Identifier(name)))
        connection.execute("create schema public")


def take_back_postgresql(database: dict, name: str) -> None:
    """Undo `set_aside_postgresql`."""
    from psycopg import sql

    with _connected(database) as connection:
        connection.execute("drop schema public cascade")
        connection.execute(sql.SQL("alter schema {} rename to public").format(sql.Identifier(name)))


def _copy_sqlite(database: Path, to: Path) -> None:
    if not database.exists():
        raise DatabaseRefused(
            "There is no database yet, so there is nothing to back up. Run: alongside migrate")
    try:
        with closing(sqlite3.connect(database, timeout=WAIT)) as opened:
            opened.execute("VACUUM INTO ?", (str(to),))  # one read transaction: consistent, and nobody waits
    except sqlite3.OperationalError as error:
        if "full" in str(error) or "disk I/O" in str(error):
            raise NoRoom("The disk is full: a backup needs a free copy of the database beside it. "
                         "No backup was made.") from None
        raise DatabaseRefused(f"The database can't be copied now ({error}). No backup was made.") from None


def _connected(database: dict):
    import psycopg

    try:
        return psycopg.connect(
            dbname=database["NAME"], user=database["USER"] or None, password=database["PASSWORD"] or None,
            host=database["HOST"] or None, port=database["PORT"] or None, connect_timeout=10,
        )
    except psycopg.OperationalError:
        raise DatabaseRefused(
            "The database named in DATABASE_URL can't be reached. Nothing was changed.") from None


def _run_tool(database: dict, tool: str, arguments: list[str]) -> None:
    """Run a tool of PostgreSQL against `database`; the password travels by environment, where `ps` can't see
    it."""
    said = {"PGDATABASE": database["NAME"], "PGUSER": database["USER"], "PGPASSWORD": database["PASSWORD"],
            "PGHOST": database["HOST"], "PGPORT": database["PORT"]}
    _run([_tool(tool), *arguments], {**os.environ, **{name: value for name, value in said.items() if value}})


def _tool(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise DatabaseRefused(f"The program {name} is missing. On Debian: apt-get install postgresql-client")
    return found


def _run(command: list[str], env: dict[str, str]) -> None:
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own words
    if done.returncode == 0:
        return
    reason = (done.stderr.strip().splitlines() or ["it gave no reason"])[0]
    if "No space left" in done.stderr or "File too large" in done.stderr:
        raise NoRoom("The disk is full: a backup needs room for a copy of the database. No backup was made.")
    raise DatabaseRefused(f"PostgreSQL did not do it: {reason}")
