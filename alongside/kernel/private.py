"""Files that only their owner can read: secrets that the installation makes for itself."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WIPED_AT_ONCE = 1 << 20


def make_private_folder(folder: Path) -> None:
    """Make `folder` (mode 0700) where it is missing. Raises `OSError` where this user may not."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_private(path: Path, text: str) -> Path:
    """Write a file with mode 0600, whole or not at all. Where it exists already, what it holds stays.

    When it comes back the file outlasts a power cut.
    """
    make_private_folder(path.parent)
    draft = path.with_name(f".{secrets.token_hex(8)}.new")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # unlike rename, fails where another process was faster
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    sync_folder(path.parent)
    return path


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk: which files are there, and which are there no more."""
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def locked_folder(folder: Path, how: int) -> Iterator[bool]:
    """A lock on a folder, shared or alone (`fcntl.LOCK_SH`, `LOCK_EX`). The folder is made where it is missing.

    Waits for the lock; with `fcntl.LOCK_NB` it does not, and gives whether the lock was got.
    """
    make_private_folder(folder)
    number = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(number, how)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(number)


def wipe(path: Path) -> None:
    """Overwrite a file, bring that to the disk, then delete it. One that is not there is no trouble.

    A disk that writes each change elsewhere (flash, snapshots) may still keep the old bytes: encrypt the disk.
    """
    try:
        number = os.open(path, os.O_WRONLY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return
    with open(number, "wb", buffering=0) as file:
        left = os.fstat(number).st_size
        while left > 0:
            left -= file.write(bytes(min(left, WIPED_AT_ONCE)))
        os.fsync(number)
    path.unlink(missing_ok=True)
