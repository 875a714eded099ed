"""The one-time code of the first run. Who can read the server's data folder may found the organization."""

import secrets
from pathlib import Path

from django.conf import settings

from alongside.kernel.api import neutral_address, write_private
from alongside.organizations.api import any_organization_exists

LENGTH = 20  # of 27 letters: about 95 bits


def setup_address(base: str) -> str | None:
    """Where to open the browser for the first run, made from `base` ("http://localhost:8000").

    None once an organization exists. Makes the code at first use; raises `OSError` where the data folder is
    not writable.
    """
    if any_organization_exists():
        spend()
        return None
    return f"{base.rstrip('/')}/start/{_code()}"


def fits(code: str) -> bool:
    """Whether this is the setup code. Takes the same time however much of it is right."""
    path = _path()
    right = path.read_text().strip() if path.exists() else ""
    return secrets.compare_digest(code.encode(), right.encode()) and bool(right)


def spend() -> bool:
    """Delete the code. True for the one caller who deleted it, so that of two browsers one wins."""
    try:
        _path().unlink()
    except FileNotFoundError:
        return False
    return True


def _code() -> str:
    path = _path()
    if not path.exists():
        write_private(path, neutral_address(LENGTH) + "\n")
    return path.read_text().strip()


def _path() -> Path:
    return Path(settings.DATA_DIR) / "secrets" / "setup-code"
