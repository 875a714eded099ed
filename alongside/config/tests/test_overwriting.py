"""What was deleted is looked for in every byte of the database's own files, on the database that the tests run on."""

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from time import sleep
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import OperationalError, connection

from alongside.access.api import Role
from alongside.config import overwriting, writes
from alongside.config.commands import migrate
from alongside.findings.api import release_cycle
from alongside.findings.tests.factories import fill, make_cycle, make_round
from alongside.listening.models import AnswerStore, Comment, Cycle, Round
from alongside.people.api import invite
from alongside.people.models import Invitation
from alongside.people.writes import withdraw

pytestmark = [pytest.mark.store, pytest.mark.django_db(transaction=True)]
TODAY = date(2027, 6, 1)
FILES = """
    SELECT pg_read_binary_file(folder || '/' || name, 0, 100000000, true)
    FROM (SELECT 'base/' || oid AS folder FROM pg_database WHERE datname = current_database()) AS here,
         pg_ls_dir(folder) AS name
    WHERE name ~ '^[0-9]'
"""


def bytes_on_disk() -> bytes:
    """Every byte of the database's files: tables, indexes, statistics, and SQLite's log."""
    if connection.vendor == "sqlite":
        file = Path(settings.DATABASES["default"]["NAME"])
        return b"\0".join(path.read_bytes() for path in file.parent.glob(file.name + "*"))
    with _another(user="keeper") as superuser:
        superuser.execute("CHECKPOINT")
        return b"\0".join(row[0] for row in superuser.execute(FILES).fetchall() if row[0])


def invited(ana) -> Invitation:
    """One of three invitations, after the planner looked at the table."""
    for _one in range(3):
        invite(ana, invitation_id=uuid4(), label="a colleague", roles=[Role.READER], today=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Invitation.objects.order_by("token_hash")[1]


def old_answers(house) -> Round:
    """A round whose cycle was released so long ago that nothing that people said may still be here."""
    day = TODAY - timedelta(days=5000)
    cycle = Cycle.objects.create(
        organization=house, name="Earlier", framework_key="alongside-practices/1", opens_on=day,
        closes_on=day, reply_due=day, released_on=day, answers_until=day)
    round_ = Round.objects.create(organization=house, cycle=cycle, voice="staff")
    AnswerStore.objects.create(round=round_, people=1, width=30, answers=b"the purged orange blanket..")
    Comment.objects.create(round=round_, domain="M", sealed=b"the purged violet comb")
    return round_


@pytest.fixture(autouse=True)
def _migrated():
    """What `alongside migrate` does after the tables are there."""
    overwriting.keep_no_samples()


def test_search_finds_what_is_there(ana):
    assert invited(ana).token_hash.encode() in bytes_on_disk()


def test_what_somebody_deleted_is_in_no_file_of_the_database(ana):
    invitation = invited(ana)
    kept = invitation.token_hash.encode()
    withdraw(ana, invitation)
    overwriting.overwrite_deleted()
    assert kept not in bytes_on_disk()


def test_what_was_changed_is_in_no_file_of_the_database(ana):
    invitation = invited(ana)
    before = invitation.token_hash.encode()
    Invitation.objects.filter(pk=invitation.pk).update(token_hash="0f" * 32)
    overwriting.overwrite_deleted()
    assert before not in bytes_on_disk()


def test_answers_that_were_told_are_in_no_file_of_the_database(ana, house):
    cycle = make_cycle(house)
    fill(make_round(cycle, "staff"), 20)
    sealed = as_it_lies("listening_answerstore", "answers")
    release_cycle(ana, cycle)
    overwriting.overwrite_deleted()
    assert sealed not in bytes_on_disk()


def as_it_lies(table: str, column: str) -> bytes:
    """The middle of a value as the database holds it: sealed, and short enough to lie in one piece."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 - names from this file
        value = bytes(cursor.fetchone()[0])
    assert value[100:180] in bytes_on_disk()
    return value[100:180]


@pytest.mark.parametrize("said", [b"the purged orange blanket", b"the purged violet comb"])
def test_what_the_clock_purged_is_in_no_file_of_the_database(house, said):
    old_answers(house)
    writes.purge_expired(TODAY)
    overwriting.overwrite_deleted()
    assert said not in bytes_on_disk()


def test_planner_takes_no_samples_of_anything(ana):
    """A table that was emptied would keep them for good. SQLite counts, and samples nothing."""
    invited(ana)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_stats WHERE schemaname = current_schema()"
                       if connection.vendor == "postgresql" else
                       "SELECT name FROM sqlite_master WHERE name IN ('sqlite_stat3', 'sqlite_stat4')")
        assert cursor.fetchall() == []


def test_every_migration_is_followed_by_telling_the_planner(monkeypatch):
    called = []
    monkeypatch.setattr(overwriting, "keep_no_samples", lambda: called.append("no samples"))
    monkeypatch.setattr("django.core.management.call_command", lambda name, **_how: called.append(name))
    migrate.bring_up_to_date()
    assert called[:3] == ["migrate", "createcachetable", "no samples"]


def test_every_table_is_written_anew(ana):
    """On PostgreSQL a table that was written anew has a new file; SQLite has one file for all."""
    if connection.vendor == "sqlite":
        assert _freed_pages_after_overwriting() == 0
        return
    before = _files_of_tables()
    overwriting.overwrite_deleted()
    same = [table for table, file in _files_of_tables().items() if before[table] == file]
    assert same == []


def test_what_another_tool_deleted_without_overwriting_is_gone_too(ana):
    invitation = invited(ana)
    kept = invitation.token_hash.encode()
    _delete_carelessly(invitation)
    overwriting.overwrite_deleted()
    assert kept not in bytes_on_disk()


def test_overwriting_leaves_what_was_not_deleted(house):
    round_ = old_answers(house)
    overwriting.overwrite_deleted()
    assert (AnswerStore.objects.get().round_id, Comment.objects.count()) == (round_.pk, 1)


def test_overwriting_does_not_keep_others_waiting(ana):
    """Where somebody holds on to a table, it breaks off and the worker comes again."""
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA busy_timeout=100")
    invited(ana)
    with _a_reader(), pytest.raises(OperationalError, match=r"lock|may still see"):
        overwriting.overwrite_deleted()
    assert Invitation.objects.count() == 3


def test_deleted_rows_that_an_open_transaction_may_still_see_are_not_called_overwritten(ana, monkeypatch):
    """PostgreSQL would keep them in silence; the reader never touched the table."""
    monkeypatch.setattr(overwriting, "PAUSES", (0.01, 0.01))
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA busy_timeout=100")
    invitation = invited(ana)
    with _a_reader(of=_catalog()):
        withdraw(ana, invitation)
        with pytest.raises(OperationalError, match=r"lock|may still see"):
            overwriting.overwrite_deleted()


def test_deleted_rows_go_as_soon_as_the_transaction_that_was_open_is_done(ana, monkeypatch):
    invitation = invited(ana)
    kept = invitation.token_hash.encode()
    with _a_reader(of=_catalog()) as reader:
        withdraw(ana, invitation)
        if connection.vendor == "sqlite":
            reader.leave()  # SQLite waits by itself, as long as it was told to
        monkeypatch.setattr(overwriting, "sleep", lambda pause: (reader.leave(), sleep(pause)))
        overwriting.overwrite_deleted()
    assert kept not in bytes_on_disk()


def _catalog() -> str:
    return "sqlite_master" if connection.vendor == "sqlite" else "pg_class"


def _files_of_tables() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(overwriting.TABLES)
        tables = [name for name, _key in cursor.fetchall()]
        assert set(tables) >= set(connection.introspection.django_table_names(only_existing=True))
        cursor.execute("SELECT relname, pg_relation_filenode(oid) FROM pg_class WHERE relname = ANY(%s)", [tables])
        return dict(cursor.fetchall())


def _freed_pages_after_overwriting() -> int:
    Invitation.objects.all().delete()
    overwriting.overwrite_deleted()
    return overwriting._pragma(connection.cursor(), "freelist_count")


def _delete_carelessly(invitation: Invitation) -> None:
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM people_invitation")
            cursor.execute("VACUUM people_invitation")
        return
    with closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as tool:
        tool.execute("PRAGMA secure_delete=OFF")
        tool.execute("DELETE FROM people_invitation")
        tool.commit()


def _another(**facts):
    """A connection of its own to the test database; "keeper" is the superuser of deploy/with-postgres.sh."""
    import psycopg

    held = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor, "autocommit": True}
    return psycopg.connect(**held | facts)


class _a_reader:
    """Somebody else who reads, in the middle of a transaction that sees the database as it was when it began."""

    def __init__(self, of: str = "people_invitation") -> None:
        self.table = of

    def __enter__(self):
        if connection.vendor == "sqlite":
            self.other = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
        else:
            self.other = _another()
        self.other.execute("BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        self.other.execute(f"SELECT count(*) FROM {self.table}").fetchone()  # noqa: S608 - a name from this file

        return self

    def leave(self) -> None:
        self.other.close()

    def __exit__(self, *_error):
        self.leave()
