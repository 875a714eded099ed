"""Answers that wait for their round to close outlast a backup and a restore."""

import subprocess
import sys
from uuid import uuid4

import pytest

from alongside.config.backups import making
from alongside.config.tests.installations import ROOT, Installation, a_database
from alongside.kernel.api import write_private
from alongside.privacy.api import destroy_holding_keys, holding_keys

from .keep_waiting import AFTER, BEFORE

pytestmark = pytest.mark.store


def play(what: str, installation: Installation) -> str:
    return subprocess.run([sys.executable, "-m", "tests.walls.keep_waiting", what, str(installation.data)], cwd=ROOT,
                          env=installation.env, capture_output=True, text=True, timeout=120, check=True).stdout


def test_answers_that_wait_outlast_backup_and_restore(tmp_path):
    with a_database() as url, a_database() as other:
        first, second = Installation(tmp_path / "first", url), Installation(tmp_path / "second", other)
        play("answer", first)
        first.done("backup", tmp_path / "one.backup")
        play("close", first)  # here every key is destroyed
        second.done("restore", tmp_path / "one.backup")
        assert play("close", second) == f"{BEFORE} {AFTER}\n"


def test_no_key_is_destroyed_between_the_copy_of_the_database_and_that_of_the_keys(tmp_path, settings, monkeypatch):
    settings.DATA_DIR, round_id, done = tmp_path, uuid4(), []
    write_private(tmp_path / "secrets" / "holding" / f"{round_id.hex}.2", "a wrapped key")

    def copied(database, to):
        to.write_text("the database as it was")
        done.append(destroy_holding_keys(round_id))  # a round is closed at this very moment

    monkeypatch.setattr(making.databases, "copy_out", copied)
    monkeypatch.setattr(making, "seal", lambda source, opened, lock: done.append(holding_keys()))
    (tmp_path.parent / f"{tmp_path.name}-backups").mkdir()
    making.make_backup(tmp_path, {"ENGINE": "sqlite3"}, tmp_path.parent / f"{tmp_path.name}-backups" / "one", [])
    assert done == [False, {round_id: [2]}]
