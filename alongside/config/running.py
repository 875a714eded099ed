"""Who uses the data folder: servers and workers hold a shared lock on it; a restore needs it alone."""

import fcntl
import os
from pathlib import Path

NAME = "running.lock"


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


def _locked(data: Path, how: int) -> int:
    file = os.open(data / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise
    return file
