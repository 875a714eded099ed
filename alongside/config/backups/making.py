"""Making a backup: everything in the data folder that can't be made again, sealed into one file."""

import errno
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import alongside
from alongside.config import running
from alongside.kernel.api import sync_folder, wipe

from . import ageing, databases
from .age_file import Lock, seal
from .manifest import NAME, READ_AT_ONCE, Manifest, Part, part_of
from .refusals import BackupRefused, NoRoom

ASIDE = "before-restore-"
WORKSHOP = ".backup-"
# An answer that waits takes 16 kB. So much does the size of a backup, which needs no key to be seen, grow at once.
STEP = 4_000_000  # bytes
# Made again at the next start, or a backup's own: not taken along. The database is copied by its own means.
MADE_AGAIN = {"static", "imports", "worker.beat", ageing.LEDGER, running.NAME}
NOT_TAKEN = (ASIDE, WORKSHOP, ".restore-", "alongside.sqlite3")


def make_backup(data: Path, database: dict, file: Path, lock: Lock) -> Manifest:
    """Seal the installation in `data` into the new file `file` (mode 0600). Works while a server is running.

    Whole or not at all: where it fails, nothing is left behind. Raises `BackupRefused`.
    """
    file = file.absolute()
    _ensure_place(data, file)
    try:
        with _workshop(data) as workshop, running.no_key_destroyed(data):
            manifest, sources = _gathered(data, database, workshop)
            _write_whole(file, lambda opened: seal(_in_steps(_archive(manifest, sources)), opened, lock))
        ageing.remember(data, file, date.fromisoformat(manifest.made_on))
    except OSError as error:
        raise _refusal(error, file) from error
    return manifest


@contextmanager
def _workshop(data: Path) -> Iterator[Path]:
    """A folder for the copy of the database, which is in clear. What was in it is overwritten, also what a backup
    left that was killed."""
    for left in data.glob(WORKSHOP + "*"):
        _clear(left)
    folder = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=data))
    try:
        yield folder
    finally:
        _clear(folder)


def _clear(folder: Path) -> None:
    for path in folder.iterdir():
        wipe(path)
    folder.rmdir()


def _ensure_place(data: Path, file: Path) -> None:
    if file.parent.resolve().is_relative_to(data):
        raise BackupRefused("A backup inside the data folder is lost together with it. Name a file "
                            "elsewhere, best on another disk.")
    if file.exists():
        raise BackupRefused(f"{file} exists already. Name a new file.")
    if not file.parent.is_dir():
        raise BackupRefused(f"There is no folder {file.parent}.")


def _gathered(data: Path, database: dict, workshop: Path) -> tuple[Manifest, dict[str, Path]]:
    """The manifest, and where each of its parts lies."""
    kind = databases.kind_of(database)
    copy = workshop / databases.NAMES[kind]
    databases.copy_out(database, copy)
    sources = {copy.name: copy} | {"data/" + path.relative_to(data).as_posix(): path for path in _kept(data)}
    made_on = datetime.now(UTC).date().isoformat()
    parts = tuple(part_of(path, name) for name, path in sources.items())
    return Manifest(alongside.__version__, made_on, kind, parts), sources


def _kept(data: Path) -> Iterator[Path]:
    """Every ordinary file of the data folder that a backup takes along."""
    for entry in sorted(data.iterdir()):
        if entry.name in MADE_AGAIN or entry.name.startswith(NOT_TAKEN) or entry.is_symlink():
            continue
        inside = [entry] if entry.is_file() else sorted(entry.rglob("*"))
        yield from (path for path in inside if path.is_file() and not path.is_symlink())


def _archive(manifest: Manifest, sources: dict[str, Path]) -> Iterator[bytes]:
    """The bytes of a tar archive: the list first, then every part."""
    text = manifest.to_json()
    yield _entry(NAME, len(text)) + text + _padding(len(text))
    for part in manifest.parts:
        yield _entry(part.name, part.size)
        yield from _content(part, sources[part.name])
        yield _padding(part.size)
    yield bytes(2 * tarfile.BLOCKSIZE)


def _in_steps(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces, and zero bytes up to a whole number of steps: readers of tar archives pass over them."""
    size = 0
    for piece in pieces:
        size += len(piece)
        yield piece
    left = -size % STEP
    while left:
        yield bytes(min(left, READ_AT_ONCE))
        left -= min(left, READ_AT_ONCE)


def _content(part: Part, path: Path) -> Iterator[bytes]:
    """As many bytes of a file as it had when it was listed."""
    left = part.size
    with path.open("rb") as source:
        while piece := source.read(min(left, READ_AT_ONCE)):
            left -= len(piece)
            yield piece
    if left:
        raise BackupRefused(f"{path} became shorter while the backup was made. No backup was made. Try again.")


def _entry(name: str, size: int) -> bytes:
    """No owner, no time: a backup says nothing about the machine that it came from."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry.tobuf(tarfile.PAX_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)


def _write_whole(file: Path, write) -> None:
    """Let `write` fill a draft beside `file`, then give it its name. The draft never survives a failure."""
    number, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # mkstemp: mode 0600
    draft = Path(name)
    try:
        with os.fdopen(number, "wb") as opened:
            write(opened)
            opened.flush()
            os.fsync(opened.fileno())
        os.link(draft, file)  # unlike rename, never replaces a file that came there meanwhile
    finally:
        draft.unlink()
    sync_folder(file.parent)


def _refusal(error: OSError, file: Path) -> BackupRefused:
    if error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT):
        free = shutil.disk_usage(file.parent).free // 1_000_000
        return NoRoom(f"The disk is full, or a file may not grow further ({free} MB free at {file.parent}). "
                      "No backup was made and nothing was left behind.")
    return BackupRefused(f"{error.strerror}: {error.filename or file}. No backup was made.")
