"""The sealed file is in the age format (https://age-encryption.org/v1), so the `age` tool opens it as well.

Sealed for recipients (public keys, "age1..."), a backup is one age file. Sealed with a passphrase, it begins with a
key that was made for this file alone, itself sealed with the passphrase (a few lines of armored text); behind them
stands the age file for that key. So all but the key is streamed, however large it is, and no guess at a passphrase
gets further than the first lines.
"""

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO

import pyrage
from pyrage.x25519 import Identity, Recipient

from .refusals import Damaged, KeyRefused, WrongKey, WrongPassphrase

AGE = b"age-encryption.org/v1\n"
HEAD_BEGINS = b"-----BEGIN AGE ENCRYPTED FILE-----\n"
HEAD_ENDS = b"-----END AGE ENCRYPTED FILE-----\n"
LONGEST_HEAD = 4096
READ_AT_ONCE = 1 << 20

Lock = str | Sequence[Recipient]  # a passphrase, or the public keys of which each opens the file
Key = str | Sequence[Identity]  # a passphrase, or secret keys of which one opens the file


def read_recipient(text: str) -> Recipient:
    """A public key from its text, "age1...". Raises `KeyRefused`."""
    try:
        return Recipient.from_str(text.strip())
    except pyrage.RecipientError:
        raise KeyRefused(f"{text[:70]!r} is not a public key of age. It begins with age1 and is printed by "
                         "alongside backup-key, or by age-keygen.") from None


def is_sealed_key(text: bytes) -> bool:
    """Whether a key file asks for a passphrase."""
    return text.startswith((HEAD_BEGINS, AGE))


def read_keys(text: bytes, passphrase: str = "") -> list[Identity]:
    """The secret keys in a key file. Raises `WrongPassphrase` and `KeyRefused`."""
    plain = _opened_with(passphrase, text) if is_sealed_key(text) else text
    lines = [line.strip() for line in plain.decode("utf-8", "replace").splitlines()]
    try:
        keys = [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except pyrage.IdentityError:
        keys = []
    if not keys:
        raise KeyRefused("This is not a key file of age: it holds no line that begins with AGE-SECRET-KEY-1.")
    return keys


def new_key(passphrase: str) -> tuple[bytes, str]:
    """A new key: its file, sealed with `passphrase`, and the public key that belongs to it."""
    key = Identity.generate()
    return pyrage.passphrase.encrypt(f"{key}\n".encode(), passphrase, armored=True), str(key.to_public())


def is_backup(file: IO[bytes]) -> bool:
    """Whether the file, read from where it stands, begins as ours do."""
    return file.readline(len(HEAD_BEGINS)) in (AGE, HEAD_BEGINS)


def seal(pieces: Iterator[bytes], file: IO[bytes], lock: Lock) -> None:
    """Seal what `pieces` gives into `file`. Raises what `pieces` and `file` raise."""
    if isinstance(lock, str):
        head, public = new_key(lock)
        file.write(head)
        lock = [read_recipient(public)]
    source, target = _Pieces(pieces), _Told(file)
    try:
        pyrage.encrypt_io(source, target, list(lock))
    except (pyrage.EncryptError, OSError) as error:
        raise source.error or target.error or error from None


@contextmanager
def opened(file: IO[bytes], key: Key) -> Iterator[IO[bytes]]:
    """What was sealed, as a stream. At the end of the block the file is read to its end.

    Raises `WrongPassphrase`, `WrongKey`, and `Damaged` for a file that was cut or changed anywhere: instead of
    what the block raises, since that is how the inside of such a file looks.
    """
    keys = _keys_for(file, key)
    reading, writing = os.pipe()
    pump = _Pump(file, writing, keys)
    pump.start()
    try:
        with os.fdopen(reading, "rb") as plain:
            yield plain
            while plain.read(READ_AT_ONCE):
                pass
    finally:
        pump.join()  # where the block broke off, its end of the pipe is closed, and so this ends as well
        if pump.refusal:
            raise pump.refusal


def _keys_for(file: IO[bytes], key: Key) -> list[Identity]:
    """The secret keys that may open `file`, which then stands where the age file begins."""
    first = file.readline(len(HEAD_BEGINS))
    if first not in (AGE, HEAD_BEGINS):
        raise Damaged("This is not a backup of Alongside. Nothing was changed.")
    file.seek(0)
    if isinstance(key, str) and first == HEAD_BEGINS:
        return read_keys(_head(file), key)
    if isinstance(key, str):
        raise WrongKey("This backup was sealed for a key, not with a passphrase. Say --key FILE. "
                       "Nothing was changed.")
    if first == HEAD_BEGINS:
        raise WrongKey("This backup was sealed with a passphrase, not for a key. Leave --key away. "
                       "Nothing was changed.")
    return list(key)


def _head(file: IO[bytes]) -> bytes:
    head = b""
    while not head.endswith(HEAD_ENDS):
        line = file.readline(len(HEAD_BEGINS) * 2)
        head += line
        if not line or len(head) > LONGEST_HEAD:
            raise _cut_or_changed()
    return head


def _opened_with(passphrase: str, sealed: bytes) -> bytes:
    try:
        return pyrage.passphrase.decrypt(sealed, passphrase)
    except pyrage.DecryptError as error:
        if str(error) == "Decryption failed":
            raise WrongPassphrase("This passphrase does not open the file. Nothing was changed.") from None
        raise _cut_or_changed() from None


def _cut_or_changed() -> Damaged:
    return Damaged("The file was cut short or changed since it was made, so it can't be trusted. Nothing was "
                   "changed here. Use another copy of it, or an older backup.")


class _Told:
    """A file whose trouble is remembered: the library passes on its words, not the error."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.error: OSError | None = None

    def write(self, sealed: bytes) -> int:
        try:
            return self._file.write(sealed)
        except OSError as error:
            self.error = error
            raise

    def flush(self) -> None:
        """The file itself is flushed, and synced, by whoever opened it."""


class _Pieces:
    """Pieces as something that can be read, with the same memory for trouble."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._left = pieces, memoryview(b"")
        self.error: Exception | None = None

    def read(self, size: int) -> bytes:
        try:
            while not self._left:
                self._left = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        except Exception as error:
            self.error = error
            raise
        given, self._left = self._left[:size], self._left[size:]
        return bytes(given)


class _Pump(threading.Thread):
    """Opens `file` into a pipe, since the library pushes and an archive pulls."""

    def __init__(self, file: IO[bytes], writing: int, keys: list[Identity]) -> None:
        super().__init__(daemon=True)
        self._file, self._writing, self._keys = file, writing, keys
        self.refusal: Damaged | WrongKey | None = None

    def run(self) -> None:
        with os.fdopen(self._writing, "wb", buffering=0) as plain:
            target = _Told(plain)
            try:
                pyrage.decrypt_io(self._file, target, self._keys)
            except (pyrage.DecryptError, OSError) as error:
                if target.error is None:  # else the other end broke off, and knows why
                    self.refusal = _why(error)


def _why(error: Exception) -> Damaged | WrongKey:
    if str(error) == "No matching keys found":
        return WrongKey("This key does not open the file. Nothing was changed.")
    return _cut_or_changed()
