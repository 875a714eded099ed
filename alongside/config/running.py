"""Who uses the data folder: servers and workers hold a shared lock on it; a restore needs it alone."""

import fcntl
import os
from contextlib import AbstractContextManager
from pathlib import Path

from alongside.kernel.api import locked_folder

NAME = "running.lock"
HOLDING_KEYS = Path("secrets") / "holding"  # where `privacy.holding` keeps them


def hold(data: Path) -> int:
    """Say that this process, and those it forks, use `data`. Lasts until they have all ended. Gives the file.

    Raises `BlockingIOError` while a restore is at work there.
    """
    return _locked(data, fcntl.LOCK_SH)


def hold_alone(data: Path) -> int:
    """As `hold`, but for nobody else. Raises `BlockingIOError` where a server or worker is running."""
    return _locked(data, fcntl.LOCK_EX)


def let_go(held: int) -> None:
    """End what `hold` or `hold_alone` gave."""
    os.close(held)


def no_key_destroyed(data: Path) -> AbstractContextManager[bool]:
    """While this lasts, every holding key that is there stays: a backup copies the database first, then the keys."""
    return locked_folder(data / HOLDING_KEYS, fcntl.LOCK_SH)


def _locked(data: Path, how: int) -> int:
    file = os.open(data / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise
    return file
