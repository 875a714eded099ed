"""Keys that are made to be destroyed: what waits for its round to close is sealed with a key of that round.

Each key is a file of its own, `DATA_DIR/secrets/holding/<round id>.<number>`, wrapped by the master key, and never
in the database. Journals, dead rows, free pages and replicas keep many versions of a sealed value; all of them are
noise once its key is destroyed.

Numbers go up. Odd ones seal what comes in, even ones what was stirred. So a round with an odd number is one in which
something came since it was last stirred, and nobody has to remember anything. The next odd one is prepared when a
round is stirred, under a name that ends in `.next`: whoever submits then needs no query for it.

A sealed value is: 1 byte format (2), 4 bytes key number, 12 bytes nonce, ciphertext with its 16-byte tag. The
additional data is that of `sealing`: "table.column", the organization and the row.
"""

import fcntl
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from alongside.kernel.api import locked_folder, make_private_folder, sync_folder, wipe, write_private

from . import keys
from .keys import NONCE, CannotOpen

FORMAT = 2
HEAD = 5
NEW, OLD = ".wrapped-anew", ".wrapped-before"
NAME = re.compile(r"([0-9a-f]{32})\.([0-9]+)(\.next)?")


class HoldingKeys:
    """The holding keys of one round, for the length of one act: what was unwrapped is forgotten with it."""

    def __init__(self, organization_id: UUID, round_id: UUID) -> None:
        self._organization_id, self._round_id = organization_id, round_id
        self._opened: dict[int, AESGCM] = {}

    def for_arrivals(self) -> int:
        """The number of the key that seals what comes in now; made where the newest one was made for stirring."""
        newest = self._newest()
        if newest % 2:
            return newest
        file = _file(self._round_id, newest + 1)
        prepared = _next(file)
        if not prepared.exists():
            self._make(prepared, newest + 1)
        prepared.rename(file)
        sync_folder(file.parent)
        return newest + 1

    def for_stirring(self) -> int:
        """The number of a new key, higher than every other. The one for what comes in after it is prepared."""
        newest = self._newest()
        number = newest + 2 - newest % 2
        self._make(_file(self._round_id, number), number)
        self._make(_next(_file(self._round_id, number + 1)), number + 1)
        return number

    def seal(self, number: int, place: str, row: object, plain: bytes) -> bytes:
        """Seal `plain` with key `number` for the column `place` ("table.column") of the row `row`."""
        nonce = secrets.token_bytes(NONCE)
        sealed = self._key(number).encrypt(nonce, plain, self._bound(place, row))
        return bytes([FORMAT]) + number.to_bytes(HEAD - 1, "big") + nonce + sealed

    def unseal(self, place: str, row: object, sealed: bytes) -> bytes:
        """The plain bytes. Raises `CannotOpen` where the value was moved, changed, or its key was destroyed."""
        sealed = bytes(sealed)
        if len(sealed) < HEAD + NONCE or sealed[0] != FORMAT:
            raise CannotOpen("not a value that was sealed with a holding key")
        key = self._key(key_number(sealed))
        try:
            return key.decrypt(sealed[HEAD:HEAD + NONCE], sealed[HEAD + NONCE:], self._bound(place, row))
        except InvalidTag:
            raise CannotOpen("changed, moved, or sealed with another key") from None

    def _newest(self) -> int:
        return max(holding_keys().get(self._round_id, [0]))

    def _make(self, file: Path, number: int) -> None:
        """A key is on the disk for good before anything is that needs it."""
        write_private(file, keys.wrap(keys.new_key(), _purpose(self._round_id, number)).hex())

    def _key(self, number: int) -> AESGCM:
        if number not in self._opened:
            self._opened[number] = AESGCM(_unwrapped(self._round_id, number))
        return self._opened[number]

    def _bound(self, place: str, row: object) -> bytes:
        return f"{place}|{self._organization_id}|{row}".encode()


def key_number(start: bytes) -> int:
    """The number of the key that opens a sealed value, of which `start` is the beginning (5 bytes or more)."""
    return int.from_bytes(bytes(start)[1:HEAD], "big")


def holding_keys() -> dict[UUID, list[int]]:
    """The numbers of the keys of every round that has some; prepared ones don't count."""
    found: dict[UUID, list[int]] = {}
    for key in _files():
        if not key.prepared:
            found.setdefault(key.round_id, []).append(key.number)
    return found


def destroy_holding_keys(round_id: UUID, *, below: int | None = None) -> bool:
    """Overwrite and remove the keys of a round, or those with a number below `below`. No row may need them any more.

    Gives whether it was done: a backup that is being made must not lose the keys of what it has already copied, so
    it shares a lock on the folder.
    """
    with locked_folder(_folder(), fcntl.LOCK_EX | fcntl.LOCK_NB) as is_ours:
        if is_ours:
            _clear_left()
            for key in _files():
                if key.round_id == round_id and (below is None or key.number < below):
                    wipe(key.file)
            sync_folder(_folder())
        return is_ours


def wrapped_holding_keys() -> Iterator[tuple[bytes, str]]:
    """Every holding key as it lies there, and what it is bound to."""
    for key in _files():
        with suppress(FileNotFoundError):  # destroyed at this moment
            yield bytes.fromhex(key.file.read_text()), _purpose(key.round_id, key.number)


def rewrap_holding_keys() -> None:
    """Wrap every holding key anew, with the master key that is in use. For a change of the master key."""
    with locked_folder(_folder(), fcntl.LOCK_EX):
        _clear_left()
        for key in _files():
            _rewrap(key)


@dataclass(frozen=True)
class _KeyFile:
    file: Path
    round_id: UUID
    number: int
    prepared: bool


def _files() -> list[_KeyFile]:
    try:
        with os.scandir(_place()) as entries:
            names = [name for entry in entries if (name := NAME.fullmatch(entry.name))]
    except FileNotFoundError:  # nobody was ever asked here; a mere look makes no folder
        return []
    return [_KeyFile(_place() / name[0], UUID(name[1]), int(name[2]), bool(name[3])) for name in names]


def _rewrap(key: _KeyFile) -> None:
    purpose = _purpose(key.round_id, key.number)
    new, old = (key.file.with_name(key.file.name + what) for what in (NEW, OLD))
    try:
        old.hardlink_to(key.file)
    except FileNotFoundError:  # it was prepared, and is in use since this moment: the next call finds it
        return
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(keys.wrap(keys.unwrap(bytes.fromhex(old.read_text()), purpose), purpose).hex())
        file.flush()
        os.fsync(file.fileno())
    new.replace(key.file)
    sync_folder(_folder())
    wipe(old)


def _clear_left() -> None:
    """Where the plug was pulled while a key was wrapped anew: no second copy of it may stay. For who has the lock."""
    for left in (path for path in _folder().iterdir() if path.name.endswith((NEW, OLD))):
        if left.stat().st_nlink > 1:  # another name for the file that is in use
            left.unlink()
        else:
            wipe(left)


def _unwrapped(round_id: UUID, number: int) -> bytes:
    try:
        wrapped = bytes.fromhex(_file(round_id, number).read_text())
    except FileNotFoundError:
        raise CannotOpen("its key was destroyed") from None
    return keys.unwrap(wrapped, _purpose(round_id, number))


def _place() -> Path:
    return Path(settings.DATA_DIR) / "secrets" / "holding"


def _folder() -> Path:
    make_private_folder(_place())
    return _place()


def _file(round_id: UUID, number: int) -> Path:
    return _folder() / f"{round_id.hex}.{number}"


def _next(file: Path) -> Path:
    return file.with_name(file.name + ".next")


def _purpose(round_id: UUID, number: int) -> str:
    return f"holding|{round_id}|{number}"
