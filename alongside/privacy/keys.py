"""The master key: it wraps every other key, and is never in the database.

Where it comes from is the server keeper's choice (`KeySource`). There may be two while it is being changed. The one
in use is the one that opens the lasting key of the installation: a process that knows another one alone wraps
nothing, so that no key is ever wrapped with a master key that is about to be forgotten, or is not ours at all.

A wrapped key is: 12 bytes nonce, ciphertext with its 16-byte tag. The additional data says what the key is for.
"""

import secrets
from typing import Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from .models import SealingKey

NONCE = 12
KEY = 32
# Owners of keys beside the organizations. What belongs to none of them is sealed for the installation; its lasting
# key is for fingerprints and for what is looked up sealed: it is wrapped anew, but never replaced.
INSTALLATION, LASTING = UUID(int=0), UUID(int=1)

_known: list[bytes] = []


class CannotOpen(Exception):
    """A sealed value or a wrapped key does not open: wrong key, moved, or changed."""


class MasterKeyUnknown(CannotOpen):
    """The master key in use is not the one that this process was given."""


class KeySource(Protocol):
    """Where the master key comes from. `settings.MASTER_KEYS` is one."""

    def ask(self, *, again: bool = False) -> tuple[bytes, ...]:
        """One key of 32 bytes, or two while it is changed, the new one first. `again`: don't answer from memory."""


def new_key() -> bytes:
    """32 random bytes."""
    return secrets.token_bytes(KEY)


def wrap(plain: bytes, bound: str) -> bytes:
    """Wrap a key under the master key in use. `bound` says what it is for; it opens for nothing else.

    One query. Raises `MasterKeyUnknown`.
    """
    return wrap_with(_in_use(), plain, bound)


def unwrap(wrapped: bytes, bound: str) -> bytes:
    """The plain key. Raises `CannotOpen` where it was changed, is bound to something else, or its master is gone."""
    master = _opening(wrapped, bound)
    if master is None:
        raise CannotOpen("the master key is not the one that wrapped this key")
    return _unwrapped(master, wrapped, bound)


def wrap_with(master: bytes, plain: bytes, bound: str) -> bytes:
    """Wrap a key under this master key: for a change of it."""
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(master).encrypt(nonce, plain, bound.encode())


def opens(master: bytes, wrapped: bytes, bound: str) -> bool:
    """Whether this very master key wrapped it."""
    try:
        _unwrapped(master, wrapped, bound)
    except InvalidTag:
        return False
    return True


def masters() -> tuple[bytes, ...]:
    """The master keys that there are now, the new one first. Asks again."""
    source: KeySource = settings.MASTER_KEYS
    _known[:] = source.ask(again=True)
    return tuple(_known)


def forget_masters() -> None:
    """Ask for the master key at the next use."""
    _known.clear()


def _in_use() -> bytes:
    """The master key that opens the lasting key; the first there is where nothing was wrapped yet."""
    anchor = SealingKey.objects.filter(organization_id=LASTING).order_by("number").first()
    if anchor is None:
        return _masters()[0]
    found = _opening(bytes(anchor.wrapped), anchor.bound)
    if found is None:
        raise MasterKeyUnknown(
            "The master key does not fit this installation: it was changed, or is another one. Restart Alongside; "
            "if it says so again, run: alongside doctor")
    return found


def _opening(wrapped: bytes, bound: str) -> bytes | None:
    """The master key that wrapped this. Where none fits, they are asked for again: one may have been changed."""
    for known in (_masters, masters):
        for master in known():
            if opens(master, wrapped, bound):
                return master
    return None


def _unwrapped(master: bytes, wrapped: bytes, bound: str) -> bytes:
    return AESGCM(master).decrypt(wrapped[:NONCE], wrapped[NONCE:], bound.encode())


def _masters() -> tuple[bytes, ...]:
    source: KeySource = settings.MASTER_KEYS
    if not _known:
        _known[:] = source.ask()
    return tuple(_known)
