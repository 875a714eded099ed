"""Bringing a backup back. All of it is unpacked and checked beside the data before anything is touched."""

import errno
import os
import shutil
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from alongside.config import running
from alongside.kernel.api import make_private_folder

from . import databases
from .age_file import Key, opened
from .making import ASIDE
from .manifest import LONGEST, NAME, READ_AT_ONCE, Manifest, is_safe, read_manifest, sha256_of
from .refusals import BackupRefused, Damaged, DatabaseRefused, InUse, NoRoom

WORKSHOP = ".restore-"
SQLITE_FILE = "alongside.sqlite3"


def restore_backup(file: Path, data: Path, database: dict, key: Key, *,
                   replace: bool = False) -> Manifest:
    """Bring the backup `file` back into `data` and `database`. What was there is kept aside with `replace`.

    Raises `BackupRefused` before anything was touched; `InUse` where there is something and `replace` is off,
    or a server is running. The caller migrates and forgets sessions afterwards.
    """
    try:
        make_private_folder(data)
        held = running.hold_alone(data)
    except BlockingIOError:
        raise InUse(f"A server or worker is running on {data}. Stop it first.") from None
    except OSError as error:
        raise _refusal(error) from error
    try:
        _ensure_free(data, database, replace)
        with tempfile.TemporaryDirectory(prefix=WORKSHOP, dir=data) as workshop:
            manifest = _unpacked(file, key, Path(workshop))
            _check(manifest, Path(workshop), database)
            _put_in_place(Path(workshop), data, database)
        return manifest
    except OSError as error:
        raise _refusal(error) from error
    finally:
        running.let_go(held)


def _ensure_free(data: Path, database: dict, replace: bool) -> None:
    used = bool(_entries(data))
    if databases.kind_of(database) == databases.POSTGRESQL:
        used = not databases.is_empty_postgresql(database) or used
    if used and not replace:
        raise InUse(f"There is an installation in {data} (or in its database) already. Restore into an empty "
                    "folder, or say --replace: what is there is then kept aside.")


def _entries(data: Path) -> list[Path]:
    """What lies in the data folder, apart from our own tools and what was kept aside earlier."""
    ours = (running.NAME, "lost+found", ASIDE, WORKSHOP)
    return [entry for entry in sorted(data.iterdir()) if not entry.name.startswith(ours)]


def _unpacked(file: Path, key: Key, workshop: Path) -> Manifest:
    """Unpack every part under `workshop`, as it is in the manifest: no more, no less, no other place."""
    with file.open("rb") as sealed, opened(sealed, key) as plain:
        try:
            with tarfile.open(fileobj=plain, mode="r|") as tar:
                manifest = _first(tar)
                _unpack_parts(tar, manifest, workshop)
        except tarfile.TarError:
            raise Damaged("The inside of the backup can't be read. Nothing was changed.") from None
    return manifest


def _first(tar: tarfile.TarFile) -> Manifest:
    entry = tar.next()
    listed = tar.extractfile(entry) if entry and entry.name == NAME and entry.size <= LONGEST else None
    if listed is None:
        raise Damaged("The backup has no list of contents. Nothing was changed.")
    return read_manifest(listed.read())


def _unpack_parts(tar: tarfile.TarFile, manifest: Manifest, workshop: Path) -> None:
    missing = {part.name: part for part in manifest.parts if is_safe(part.name)}
    while entry := tar.next():  # a `for` would begin again at the list
        part = missing.pop(entry.name, None)
        source = tar.extractfile(entry) if part and entry.isreg() and entry.size == part.size else None
        if source is None:
            raise Damaged("The backup holds something that its list does not name. Nothing was changed.")
        _make_folders(workshop, (workshop / entry.name).parent)
        _write(source, workshop / entry.name)
    if missing or len({part.name for part in manifest.parts}) != len(manifest.parts):
        raise Damaged("The backup lacks something that its list names. Nothing was changed.")


def _make_folders(top: Path, folder: Path) -> None:
    """Every folder between `top` and `folder`, for its owner alone: `parents=True` would open the upper ones
    to all."""
    if folder != top:
        _make_folders(top, folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _write(source, path: Path) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        shutil.copyfileobj(source, target, READ_AT_ONCE)


def _check(manifest: Manifest, workshop: Path, database: dict) -> None:
    if any(sha256_of(workshop / part.name) != part.sha256 for part in manifest.parts):
        raise Damaged("A part of the backup is not what its list says. Nothing was changed.")
    kind = databases.kind_of(database)
    if manifest.database != kind:
        say = {
            databases.SQLITE: "leave DATABASE_URL empty",
            databases.POSTGRESQL: "name an empty PostgreSQL database in DATABASE_URL",
        }.get(manifest.database, "use the version that made it")
        raise DatabaseRefused(f"This backup holds a {manifest.database} database. To restore it, {say}. "
                              "Nothing was changed.")
    copy = workshop / databases.NAMES[kind]
    if not copy.is_file():
        raise Damaged("The backup holds no database. Nothing was changed.")
    databases.check_copy(kind, copy)


def _put_in_place(workshop: Path, data: Path, database: dict) -> None:
    """Keep aside what is there, move in what was unpacked. Inside one folder, so each move is whole.

    The database comes first: where it refuses, the files were not touched.
    """
    name = ASIDE + datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kind = databases.kind_of(database)
    copy = workshop / databases.NAMES[kind]
    if kind == databases.POSTGRESQL:
        _fill_postgresql(database, copy, name.replace("-", "_"))
        copy.unlink()
    _move(_entries(data), data / name)
    if kind == databases.SQLITE:
        copy.rename(data / SQLITE_FILE)
    if (workshop / "data").is_dir():
        _move(sorted((workshop / "data").iterdir()), data)


def _fill_postgresql(database: dict, copy: Path, name: str) -> None:
    if databases.is_empty_postgresql(database):
        databases.fill_postgresql(database, copy)
        return
    databases.set_aside_postgresql(database, name)
    try:
        databases.fill_postgresql(database, copy)
    except BackupRefused:
        databases.take_back_postgresql(database, name)
        raise


def _move(entries: list[Path], folder: Path) -> None:
    if entries:
        make_private_folder(folder)
    for entry in entries:
        entry.rename(folder / entry.name)


def _refusal(error: OSError) -> BackupRefused:
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        return NoRoom("The disk is full: a restore needs room for the whole installation beside what is "
                      "there. Nothing was changed.")
    return BackupRefused(f"{error.strerror}: {error.filename or 'the data folder'}. Nothing was changed.")
