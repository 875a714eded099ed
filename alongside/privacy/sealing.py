"""Sealing: AES-256-GCM under a key of the organization, bound to the place where it stands.

A sealed value is: 1 byte format (1), 2 bytes key number, 12 bytes nonce, ciphertext with its 16-byte tag.
The additional data is "table.column", the organization and the row, so that a sealed value moved to another
row, column or organization does not open.
"""

import secrets
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import IntegrityError, transaction

from .models import SealingKey

FORMAT = 1
NONCE = 12


class CannotOpen(Exception):
    """A sealed value does not open: wrong key, moved, or changed."""


def seal(organization_id: UUID, place: str, row: object, plain: bytes) -> bytes:
    """Seal `plain` for the column `place` ("table.column") of the row `row`."""
    number, key = _newest_key(organization_id)
    nonce = secrets.token_bytes(NONCE)
    bound = _bound(organization_id, place, row)
    return bytes([FORMAT]) + number.to_bytes(2, "big") + nonce + AESGCM(key).encrypt(nonce, plain, bound)


def unseal(organization_id: UUID, place: str, row: object, sealed: bytes) -> bytes:
    """The plain bytes. Raises `CannotOpen` where the value was moved, changed, or its key is gone."""
    sealed = bytes(sealed)
    if len(sealed) < 3 + NONCE or sealed[0] != FORMAT:
        raise CannotOpen("not a sealed value")
    key = _key(organization_id, int.from_bytes(sealed[1:3], "big"))
    try:
        return AESGCM(key).decrypt(sealed[3:3 + NONCE], sealed[3 + NONCE:], _bound(organization_id, place, row))
    except InvalidTag:
        raise CannotOpen("changed, moved, or sealed with another key") from None


def fingerprint(purpose: str, text: str) -> str:
    """A keyed hash (64 hex digits) of a short secret such as an access code, useless without the master key."""
    keyed = hmac.HMAC(_master(), hashes.SHA256())
    keyed.update(f"{purpose}\0{text}".encode())
    return keyed.finalize().hex()


def _bound(organization_id: UUID, place: str, row: object) -> bytes:
    return f"{place}|{organization_id}|{row}".encode()


@lru_cache(maxsize=4)
def _read_master(path: Path) -> bytes:
    key = bytes.fromhex(path.read_text().strip())
    if len(key) != 32:
        raise CannotOpen(f"{path} does not hold a key of 32 bytes")
    return key


def _master() -> bytes:
    return _read_master(Path(settings.MASTER_KEY_FILE))


def _newest_key(organization_id: UUID) -> tuple[int, bytes]:
    """The number and bytes of the key that seals today; made at first use."""
    number = _newest_number(organization_id)
    return number, _key(organization_id, number)


@lru_cache(maxsize=512)
def _newest_number(organization_id: UUID) -> int:
    newest = SealingKey.objects.filter(organization_id=organization_id).order_by("-number").first()
    return newest.number if newest else make_key(organization_id)


def make_key(organization_id: UUID) -> int:
    """Make the first key of an organization, if it has none; gives its number, 1."""
    nonce = secrets.token_bytes(NONCE)
    wrapped = nonce + AESGCM(_master()).encrypt(nonce, secrets.token_bytes(32), str(organization_id).encode())
    try:
        with transaction.atomic():
            SealingKey.objects.create(organization_id=organization_id, number=1, wrapped=wrapped)
    except IntegrityError:  # another process was faster: its key is the key
        pass
    return 1


@lru_cache(maxsize=512)
def _key(organization_id: UUID, number: int) -> bytes:
    found = SealingKey.objects.filter(organization_id=organization_id, number=number).first()
    if found is None:
        raise CannotOpen("its key is gone")
    wrapped = bytes(found.wrapped)
    try:
        return AESGCM(_master()).decrypt(wrapped[:NONCE], wrapped[NONCE:], str(organization_id).encode())
    except InvalidTag:
        raise CannotOpen("the master key is not the one that wrapped this organization's key") from None


def forget_keys() -> None:
    """Drop cached keys: after a restore, and between tests."""
    for cache in (_read_master, _newest_number, _key):
        cache.cache_clear()
