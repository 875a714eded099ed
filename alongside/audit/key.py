"""The key of the logs. It lies with the other keys, never in the database, and is not derived from the master key:
that one may be changed, and the log of seven years must still fit.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings


def log_key() -> bytes:
    """32 bytes, from the file that `settings.AUDIT_KEY_FILE` names."""
    return _read(Path(settings.AUDIT_KEY_FILE))


@lru_cache(maxsize=4)
def _read(path: Path) -> bytes:
    key = bytes.fromhex(path.read_text().strip())
    if len(key) != 32:
        raise ValueError(f"{path} does not hold a key of 32 bytes in hex")
    return key
