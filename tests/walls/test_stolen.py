"""What was planted is in no copy of the store: no dump, no backup. test_promises.py looks at the disk itself."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from alongside.config.tests.installations import Installation, a_database

from .plant_words import IN_CLEAR, SEALED

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.store
BYTES = re.compile(rb"\\\\x((?:[0-9a-f]{2})+)")


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """An installation with words everywhere; on PostgreSQL where the tests run on it."""
    with a_database() as url:
        installation = Installation(tmp_path_factory.mktemp("planted") / "data", url)
        run = subprocess.run([sys.executable, "-m", "tests.walls.plant_words", str(installation.data)], cwd=ROOT,
                             env=installation.env, capture_output=True, text=True, timeout=180, check=False)
        assert run.stdout == "planted\n", run.stderr
        yield installation


@pytest.fixture(scope="module")
def dump(planted) -> bytes:
    """All that the database says, as text; what it writes as hexadecimal digits also as the bytes they stand for."""
    url = planted.env.get("DATABASE_URL")
    if not url:
        copy = planted.data.parent / "copy.sqlite3"
        subprocess.run([sys.executable, "-c", COPY, planted.data / "alongside.sqlite3", copy], check=True)
        return copy.read_bytes()
    told = subprocess.run(["pg_dump", "--enable-row-security", "--dbname", url], check=True, capture_output=True).stdout
    return told + b"\0".join(bytes.fromhex(found.decode()) for found in BYTES.findall(told))


@pytest.fixture(scope="module")
def backup(planted) -> bytes:
    file = planted.data.parent / "planted.backup"
    planted.done("backup", file)
    return file.read_bytes()


COPY = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).backup(sqlite3.connect(sys.argv[2]))"


def test_search_of_a_dump_finds_what_is_not_sealed(dump):
    assert IN_CLEAR.encode() in dump


def test_search_of_a_dump_sees_into_bytes(dump):
    """Else sealed columns would be searched in vain: a key's wrapped bytes must be among what is searched."""
    assert b"SQLite format 3" in dump or BYTES.search(dump)


@pytest.mark.parametrize("what", SEALED)
def test_dump_holds_no_sealed_words(dump, what):
    assert SEALED[what].encode() not in dump


def test_backup_holds_no_words_at_all(backup):
    found = [what for what, said in (SEALED | {"name": IN_CLEAR}).items() if said.encode() in backup]
    assert (found, len(backup) > 100_000) == ([], True)


def test_every_field_that_seals_by_itself_was_planted():
    """A new sealed field gets its words in plant_words.py, so that it is searched for, too."""
    from django.apps import apps

    from alongside.privacy.fields import LookupSealedField, SealedBytesField, SealedField

    fields = {
        f"{model._meta.db_table}.{field.column}" for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, SealedField | LookupSealedField) and not isinstance(field, SealedBytesField)}
    assert sorted(fields - set(SEALED)) == []
