"""Files that wait between the dry run and the import: sealed, readable by this server alone, gone after a
day.
"""

import re
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from alongside.kernel.api import wipe
from alongside.privacy.api import CannotOpen, seal, unseal

from .models import Round
from .refusals import ImportRefused

PLACE = "imports"
LARGEST_ON_A_PAGE = 20_000_000
LARGEST_ON_THE_COMMAND_LINE = 60_000_000
KEPT_SECONDS = 24 * 60 * 60
TOKEN = re.compile(r"[0-9a-f]{32}")


def keep_upload(round_: Round, content: bytes) -> str:
    """Keep a file for the round (sealed, mode 0600) and give the token under which it is found again."""
    token = secrets.token_hex(16)
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    sealed = seal(round_.organization_id, PLACE, _bound(round_, token), content)
    path = folder / token
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(sealed)
    return token


def open_upload(round_: Round, token: str) -> bytes:
    """The file again. Raises `ImportRefused` where it is gone or was kept for another round."""
    try:
        return unseal(round_.organization_id, PLACE, _bound(round_, token), _path(token).read_bytes())
    except (OSError, CannotOpen):
        raise ImportRefused(_("The file is no longer kept here. Choose it again.")) from None


def drop_upload(token: str) -> None:
    """Overwrite and delete a kept file."""
    wipe(_path(token))


def forget_old_uploads(now: float | None = None) -> int:
    """Overwrite and delete files kept for more than a day; gives how many. For the worker. `now`: seconds since 1970.
    """
    limit = (time.time() if now is None else now) - KEPT_SECONDS
    old = [path for path in _folder().glob("*") if path.stat().st_mtime < limit]
    for path in old:
        wipe(path)
    return len(old)


def _folder() -> Path:
    return Path(settings.DATA_DIR) / PLACE


def _path(token: str) -> Path:
    if not TOKEN.fullmatch(token):
        raise ImportRefused(_("The file is no longer kept here. Choose it again."))
    return _folder() / token


def _bound(round_: Round, token: str) -> str:
    return f"{round_.pk}:{token}"
