"""The sealed file: a stream in pieces of 64 KiB, each under AES-256-GCM, key by scrypt from a passphrase.

    19 bytes  "alongside backup 1\\n"
     3 bytes  scrypt: log2 of n, r, p
    16 bytes  salt
    16 bytes  a tag over nothing: tells a wrong passphrase from a damaged file
    then      pieces: at most 64 KiB of ciphertext and a tag of 16 bytes; every piece but the last is full

Salt, and with it the key, is new in each file, so a nonce is simply the number of the piece (11 bytes) and
one byte that says what it is: 0 a piece, 1 the last piece, 2 the tag over nothing. The header is additional
data of every piece. Pieces can therefore be neither changed, swapped, dropped, nor cut off at the end without
being noticed.
"""

import secrets
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from .refusals import Damaged, WrongPassphrase

MAGIC = b"alongside backup 1\n"
PIECE = 64 * 1024
TAG = 16
SALT = 16
HEADER = len(MAGIC) + 3 + SALT
COST = (17, 8, 1)  # 128 MB and about half a second: what a guess costs, too
HIGHEST_COST = (20, 8, 4)  # 1 GB: a file may not make us spend more
MIDDLE, LAST, CHECK = 0, 1, 2


class SealingWriter:
    """A file-like object that seals what is written to it. `close()` writes the last piece, not the file's
    end."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        cost = COST
        salt = secrets.token_bytes(SALT)
        self._file, self._number, self._waiting = file, 0, bytearray()
        self._header = MAGIC + bytes(cost) + salt
        self._key = _key(passphrase, salt, cost)
        file.write(self._header + self._key.encrypt(_nonce(0, CHECK), b"", self._header))

    def write(self, plain: bytes) -> int:
        """Seal `plain` (any length); gives its length."""
        self._waiting += plain
        # not >=: the last piece must be known as the last when it is written
        while len(self._waiting) > PIECE:
            self._put(bytes(self._waiting[:PIECE]), MIDDLE)
            del self._waiting[:PIECE]
        return len(plain)

    def close(self) -> None:
        """Write what waits as the last piece. Without it the file does not open."""
        self._put(bytes(self._waiting), LAST)

    def _put(self, plain: bytes, kind: int) -> None:
        self._file.write(self._key.encrypt(_nonce(self._number, kind), plain, self._header))
        self._number += 1


class OpeningReader:
    """A file-like object that reads what `SealingWriter` wrote. Raises `WrongPassphrase` and `Damaged`."""

    def __init__(self, file: IO[bytes], passphrase: str) -> None:
        self._file, self._number, self._opened = file, 0, bytearray()
        self._header = file.read(HEADER)
        cost, salt = _cost_and_salt(self._header)
        self._key = _key(passphrase, salt, cost)
        try:
            self._key.decrypt(_nonce(0, CHECK), file.read(TAG), self._header)
        except InvalidTag:
            raise WrongPassphrase("This passphrase does not open the file. Nothing was changed.") from None
        self._next = file.read(PIECE + TAG)
        if not self._next:
            raise _cut_or_changed()

    def read(self, size: int) -> bytes:
        """The next `size` bytes; fewer only at the end."""
        while len(self._opened) < size and self._next:
            self._opened += self._piece()
        plain = bytes(self._opened[:size])
        del self._opened[:size]
        return plain

    def read_to_the_end(self) -> None:
        """Open all that is left, so that a file that was cut off or changed at its end is noticed."""
        while self._next:
            self._piece()

    def _piece(self) -> bytes:
        sealed, self._next = self._next, self._file.read(PIECE + TAG)
        kind = MIDDLE if self._next else LAST
        try:
            plain = self._key.decrypt(_nonce(self._number, kind), sealed, self._header)
        except InvalidTag:
            raise _cut_or_changed() from None
        self._number += 1
        return plain


def _cost_and_salt(header: bytes) -> tuple[tuple[int, int, int], bytes]:
    if len(header) < HEADER or not header.startswith(MAGIC):
        raise Damaged("This is not a backup of Alongside. Nothing was changed.")
    log2_n, r, p = header[len(MAGIC):len(MAGIC) + 3]
    if not all(1 <= one <= most for one, most in zip((log2_n, r, p), HIGHEST_COST, strict=True)):
        raise _cut_or_changed()
    return (log2_n, r, p), header[-SALT:]


def _cut_or_changed() -> Damaged:
    return Damaged("The file was cut short or changed since it was made, so it can't be trusted. Nothing was "
                   "changed here. Use another copy of it, or an older backup.")


def _key(passphrase: str, salt: bytes, cost: tuple[int, int, int]) -> AESGCM:
    log2_n, r, p = cost
    return AESGCM(Scrypt(salt=salt, length=32, n=2 ** log2_n, r=r, p=p).derive(passphrase.encode()))


def _nonce(number: int, kind: int) -> bytes:
    return number.to_bytes(11, "big") + bytes([kind])
