"""Files that only their owner can read: secrets that the installation makes for itself."""

import os
from pathlib import Path


def make_private_folder(folder: Path) -> None:
    """Make `folder` (mode 0700) where it is missing. Raises `OSError` where this user may not."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def write_private(path: Path, text: str) -> Path:
    """Write a file with mode 0600, whole or not at all. Where it exists already, what it holds stays."""
    make_private_folder(path.parent)
    draft = path.with_suffix(f".{os.getpid()}.new")
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
    return path
