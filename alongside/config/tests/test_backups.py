import io
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import UTC, datetime

import pytest
from pyrage.x25519 import Identity

import alongside
from alongside.config import running
from alongside.config.backups import making
from alongside.config.backups.age_file import seal
from alongside.config.backups.ageing import LEDGER
from alongside.config.backups.making import make_backup
from alongside.config.backups.manifest import Manifest, Part
from alongside.config.backups.refusals import (
    BackupRefused,
    Damaged,
    DatabaseRefused,
    InUse,
    NoRoom,
    TooNew,
    WrongKey,
)
from alongside.config.backups.restoring import restore_backup

KEY, OTHER_KEY = Identity.generate(), Identity.generate()  # what a passphrase opens is in test_age_file.py
LOCK = [KEY.to_public()]


def sqlite_in(data) -> dict:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": data / "alongside.sqlite3"}


@pytest.fixture
def data(tmp_path):
    """A data folder with one row, keys, a framework, and things that are made again."""
    folder = tmp_path / "data"
    for name, text in {
        "secrets/master.key": "0f" * 32, "frameworks/own-1/framework.yaml": "id: own",
        "static/app.css": "body{}", "worker.beat": "", "imports/0f": "waits a day",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    with closing(sqlite3.connect(folder / "alongside.sqlite3")) as opened:
        opened.executescript(
            "pragma journal_mode=wal; create table words (said); insert into words values ('kept')")
    return folder


@pytest.fixture
def backup(data, tmp_path):
    file = tmp_path / "one.backup"
    make_backup(data, sqlite_in(data), file, LOCK)
    return file


def restore(file, folder, key=KEY, **how):
    return restore_backup(file, folder, sqlite_in(folder), [key], **how)


def words_in(folder) -> list[str]:
    with closing(sqlite3.connect(folder / "alongside.sqlite3")) as opened:
        return [row[0] for row in opened.execute("select said from words")]


def files_in(folder) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_restore_brings_everything_back_but_what_is_made_again(backup, tmp_path):
    restore(backup, tmp_path / "new")
    assert files_in(tmp_path / "new") == {
        "alongside.sqlite3", "secrets/master.key", "frameworks/own-1/framework.yaml", "running.lock"}


def test_restore_brings_back_what_was_written(backup, tmp_path):
    restore(backup, tmp_path / "new")
    assert words_in(tmp_path / "new") == ["kept"]


def test_restored_files_are_for_their_owner_alone(backup, tmp_path):
    restore(backup, tmp_path / "new")
    modes = {path.stat().st_mode & 0o077 for path in [tmp_path / "new", *(tmp_path / "new").rglob("*")]}
    assert modes == {0}


def test_backup_is_consistent_while_somebody_writes(data, tmp_path):
    with closing(sqlite3.connect(data / "alongside.sqlite3")) as writer:
        writer.execute("insert into words values ('not committed yet')")
        make_backup(data, sqlite_in(data), tmp_path / "busy.backup", LOCK)
    restore(tmp_path / "busy.backup", tmp_path / "new")
    assert words_in(tmp_path / "new") == ["kept"]


def test_backup_is_for_its_owner_alone(backup):
    assert backup.stat().st_mode & 0o777 == 0o600


def test_backup_says_when_it_was_made(backup, data):
    assert (data / LEDGER).read_text() == f"{datetime.now(UTC).date()} {backup}\n"


def test_backup_leaves_no_workshop_behind(backup, data):
    assert [path.name for path in data.iterdir() if path.name.startswith(".")] == []


def test_backup_leaves_no_clear_copy_of_the_database(data, tmp_path, monkeypatch):
    """Not even where a deleted file lies: the copy is overwritten before it is unlinked."""
    seen = []
    monkeypatch.setattr("pathlib.Path.unlink", lambda path, **_how: (seen.append(path.read_bytes()), os.unlink(path)))
    make_backup(data, sqlite_in(data), tmp_path / "one.backup", LOCK)
    assert [set(one) for one in seen if one[:6] != b"age-en"] == [{0}]


def test_what_a_killed_backup_left_is_cleared_by_the_next(data, tmp_path):
    (data / ".backup-left").mkdir()
    (data / ".backup-left" / "database.sqlite3").write_text("in clear")
    make_backup(data, sqlite_in(data), tmp_path / "one.backup", LOCK)
    assert list(data.glob(".backup-*")) == []


def test_backup_for_several_keys_opens_with_each(data, tmp_path):
    make_backup(data, sqlite_in(data), tmp_path / "two.backup", [*LOCK, OTHER_KEY.to_public()])
    restore(tmp_path / "two.backup", tmp_path / "first", KEY)
    restore(tmp_path / "two.backup", tmp_path / "second", OTHER_KEY)
    assert (words_in(tmp_path / "first"), words_in(tmp_path / "second")) == (["kept"], ["kept"])


def test_file_that_shrinks_meanwhile_is_told(data, tmp_path, monkeypatch):
    monkeypatch.setattr(making, "part_of", lambda path, name: Part(name, path.stat().st_size + 1, "00"))
    with pytest.raises(BackupRefused, match="became shorter"):
        make_backup(data, sqlite_in(data), tmp_path / "one.backup", LOCK)
    assert list(tmp_path.glob("*.backup")) == []


def test_backup_never_replaces_a_file(backup, data):
    with pytest.raises(BackupRefused, match="exists already"):
        make_backup(data, sqlite_in(data), backup, LOCK)


def test_backup_is_not_put_into_the_data_folder(data):
    with pytest.raises(BackupRefused, match="inside the data folder"):
        make_backup(data, sqlite_in(data), data / "one.backup", LOCK)


def test_backup_follows_no_symbolic_link(data, tmp_path):
    (data / "link").symlink_to("/etc/hostname")
    manifest = make_backup(data, sqlite_in(data), tmp_path / "linked.backup", LOCK)
    assert "data/link" not in [part.name for part in manifest.parts]


def test_backup_without_a_database_is_refused(data, tmp_path):
    (data / "alongside.sqlite3").unlink()
    with pytest.raises(DatabaseRefused):
        make_backup(data, sqlite_in(data), tmp_path / "none.backup", LOCK)


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from alongside.config.backups.age_file import read_recipient
from alongside.config.backups.making import make_backup
from alongside.config.backups.refusals import NoRoom
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
data, file, most, key = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
try:
    database = {"ENGINE": "sqlite3", "NAME": data / "alongside.sqlite3"}
    make_backup(data, database, file, [read_recipient(key)])
except NoRoom as refusal:
    print(refusal)
"""


@pytest.mark.parametrize("most", [4096, 40_000], ids=["while copying the database", "while sealing"])
def test_full_disk_is_told_and_leaves_no_half_file(data, tmp_path, most):
    (data / "frameworks" / "large").write_bytes(os.urandom(100_000))
    place = tmp_path / "usb"
    place.mkdir()
    ended = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(data), str(place / "one.backup"), str(most), str(LOCK[0])],
        capture_output=True, text=True, check=False)
    told = ended.stdout.startswith("The disk is full")
    assert (told, list(place.iterdir()), ended.stderr) == (True, [], "")


def test_full_disk_while_restoring_changes_nothing(data, backup, tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(NoRoom):
            restore(backup, tmp_path / "new")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert files_in(tmp_path / "new") == {"running.lock"}


def test_wrong_key_changes_nothing(backup, data):
    before = files_in(data)
    with pytest.raises(WrongKey):
        restore(backup, data, OTHER_KEY, replace=True)
    assert files_in(data) == before | {"running.lock"}


@pytest.mark.parametrize("kept", [0.2, 0.9, 0.999])
def test_file_cut_short_changes_nothing(backup, tmp_path, kept):
    whole = backup.read_bytes()
    backup.write_bytes(whole[:int(len(whole) * kept)])
    with pytest.raises(Damaged):
        restore(backup, tmp_path / "new")
    assert files_in(tmp_path / "new") == {"running.lock"}


def test_changed_byte_changes_nothing(backup, tmp_path):
    whole = bytearray(backup.read_bytes())
    whole[len(whole) // 2] ^= 1
    backup.write_bytes(whole)
    with pytest.raises(Damaged):
        restore(backup, tmp_path / "new")
    assert files_in(tmp_path / "new") == {"running.lock"}


def test_restore_into_a_folder_with_data_is_refused(backup, data):
    with pytest.raises(InUse, match="--replace"):
        restore(backup, data)


def test_restore_while_a_server_runs_is_refused(backup, data):
    held = running.hold(data)
    with pytest.raises(InUse, match="running"):
        restore(backup, data, replace=True)
    running.let_go(held)


def test_replacing_keeps_what_was_there(backup, data):
    with closing(sqlite3.connect(data / "alongside.sqlite3")) as opened:
        opened.executescript("insert into words values ('newer')")
    restore(backup, data, replace=True)
    aside = next(data.glob("before-restore-*"))
    assert (words_in(data), words_in(aside)) == (["kept"], ["kept", "newer"])


def test_backup_of_another_kind_of_database_is_refused(backup, tmp_path):
    postgresql = {"ENGINE": "django.db.backends.postgresql", "NAME": "x", "USER": "", "PASSWORD": "",
                  "HOST": "/nowhere", "PORT": ""}
    with pytest.raises(DatabaseRefused):
        restore_backup(backup, tmp_path / "new", postgresql, [KEY])


def forged(tmp_path, entries: dict[str, bytes], **changed):
    """A file sealed for the right key, with contents of our choice."""
    import hashlib

    parts = tuple(Part(name, len(held), hashlib.sha256(held).hexdigest()) for name, held in entries.items())
    facts = {"version": alongside.__version__, "made_on": "2027-01-01", "database": "sqlite", "parts": parts}
    text = Manifest(**facts | changed).to_json()
    file = tmp_path / "forged.backup"
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w|") as tar:
        for name, held in {"manifest.json": text, **entries}.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(held)
            tar.addfile(entry, io.BytesIO(held))
    with file.open("wb") as opened:
        seal(iter([plain.getvalue()]), opened, LOCK)
    return file


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "data/../../outside"])  # noqa: S108
def test_backup_writes_nowhere_else(tmp_path, name):
    with pytest.raises(Damaged):
        restore(forged(tmp_path, {name: b"x"}), tmp_path / "new")
    assert files_in(tmp_path) == {"forged.backup", "new/running.lock"}


def test_backup_of_a_newer_version_is_refused(tmp_path):
    with pytest.raises(TooNew, match=r"99\.0"):
        restore(forged(tmp_path, {}, version="99.0"), tmp_path / "new")


def test_backup_that_lacks_a_part_is_refused(tmp_path):
    missing = (Part("data/gone", 1, "00"),)
    with pytest.raises(Damaged, match="lacks"):
        restore(forged(tmp_path, {}, parts=missing), tmp_path / "new")


def test_part_that_differs_from_its_sum_is_refused(tmp_path):
    wrong = (Part("database.sqlite3", 1, "00" * 32),)
    with pytest.raises(Damaged, match="not what its list says"):
        restore(forged(tmp_path, {"database.sqlite3": b"x"}, parts=wrong), tmp_path / "new")


def test_broken_database_in_a_backup_is_refused(tmp_path):
    with pytest.raises(DatabaseRefused, match="broken"):
        restore(forged(tmp_path, {"database.sqlite3": b"not a database" * 100}), tmp_path / "new")
