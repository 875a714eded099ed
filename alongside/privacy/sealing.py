"""Sealing: AES-256-GCM under a key of the organization, bound to the place where it stands.

A sealed value is: 1 byte format (1), 2 bytes key number, 12 bytes nonce, ciphertext with its 16-byte tag.
The additional data is "table.column", the organization and the row, so that a sealed value moved to another
row, column or organization does not open.

What must be found again by what it says (the address with which somebody signs in) is sealed with AES-SIV under the
lasting key instead: equal texts give equal bytes. Its format is 3, followed by tag and ciphertext.
"""

import secrets
import time
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESSIV
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from django.db import IntegrityError, transaction

from . import keys
from .keys import INSTALLATION, LASTING, NONCE, CannotOpen
from .models import SealingKey

FORMAT, FORMAT_LOOKUP = 1, 3
HEAD = 3
# A process that sealed with the newest key looks again after so many seconds whether there is a newer one.
NOTICED_WITHIN = 60.0

_newest: dict[UUID, tuple[int, float]] = {}
_opened: dict[tuple[UUID, int], bytes] = {}


def seal(organization_id: UUID, place: str, row: object, plain: bytes) -> bytes:
    """Seal `plain` for the column `place` ("table.column") of the row `row`."""
    number = newest_number(organization_id)
    nonce = secrets.token_bytes(NONCE)
    sealed = AESGCM(_key(organization_id, number)).encrypt(nonce, plain, _bound(organization_id, place, row))
    return head(number) + nonce + sealed


def unseal(organization_id: UUID, place: str, row: object, sealed: bytes) -> bytes:
    """The plain bytes. Raises `CannotOpen` where the value was moved, changed, or its key is gone."""
    sealed = bytes(sealed)
    if len(sealed) < HEAD + NONCE or sealed[0] != FORMAT:
        raise CannotOpen("not a sealed value")
    key = _key(organization_id, number_of(sealed))
    try:
        bound = _bound(organization_id, place, row)
        return AESGCM(key).decrypt(sealed[HEAD:HEAD + NONCE], sealed[HEAD + NONCE:], bound)
    except InvalidTag:
        raise CannotOpen("changed, moved, or sealed with another key") from None


def head(number: int) -> bytes:
    """How every value begins that was sealed with the key `number`."""
    return bytes([FORMAT]) + number.to_bytes(HEAD - 1, "big")


def number_of(sealed: bytes) -> int:
    """The number of the key that sealed it."""
    return int.from_bytes(sealed[1:HEAD], "big")


def seal_for_lookup(place: str, text: str) -> bytes:
    """Seal `text` for `place`, so that the same text gives the same bytes: it can be looked up and kept unique.

    Bound to the column, not to a row, and never sealed with a newer key.
    """
    return bytes([FORMAT_LOOKUP]) + _lookup(place).encrypt(text.encode(), [place.encode()])


def unseal_looked_up(place: str, sealed: bytes) -> str:
    """The text again. Raises `CannotOpen`."""
    sealed = bytes(sealed)
    if sealed[:1] != bytes([FORMAT_LOOKUP]):
        raise CannotOpen("not a value sealed for look-up")
    try:
        return _lookup(place).decrypt(sealed[1:], [place.encode()]).decode()
    except InvalidTag:
        raise CannotOpen("changed, moved, or sealed with another key") from None


def fingerprint(purpose: str, text: str) -> str:
    """A keyed hash (64 hex digits) of a short secret such as an access code, useless without the lasting key."""
    keyed = hmac.HMAC(_derived("fingerprint", 32), hashes.SHA256())
    keyed.update(f"{purpose}\0{text}".encode())
    return keyed.finalize().hex()


def newest_number(organization_id: UUID) -> int:
    """The number of the key that seals today; the key is made at first use."""
    number, until = _newest.get(organization_id, (0, 0.0))
    if time.monotonic() < until:
        return number
    found = SealingKey.objects.filter(organization_id=organization_id).order_by("-number").first()
    number = found.number if found else make_key(organization_id)
    _newest[organization_id] = (number, time.monotonic() + NOTICED_WITHIN)
    return number


def make_key(organization_id: UUID, number: int = 1) -> int:
    """Make the first key of an organization (or that with a later number), if it has none; gives its number."""
    made = SealingKey(organization_id=organization_id, number=number)
    made.wrapped = keys.wrap(keys.new_key(), made.bound)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:  # another process was faster: its key is the key
        pass
    return number


def make_installation_keys() -> None:
    """Make the installation's own keys where they are missing: now, and not in an act that may be undone, for then
    they would be gone but remembered."""
    for owner in (LASTING, INSTALLATION):
        newest_number(owner)


def forget_keys() -> None:
    """Drop cached keys: after a restore, and between tests."""
    keys.forget_masters()
    _newest.clear()
    _opened.clear()


def _bound(organization_id: UUID, place: str, row: object) -> bytes:
    return f"{place}|{organization_id}|{row}".encode()


def _lookup(place: str) -> AESSIV:
    return AESSIV(_derived(f"look-up|{place}", 64))


def _derived(purpose: str, length: int) -> bytes:
    """A key for one purpose, from the installation's key that stays when the master key is changed."""
    lasting = _key(LASTING, newest_number(LASTING))
    return HKDFExpand(hashes.SHA256(), length, purpose.encode()).derive(lasting)


def _key(organization_id: UUID, number: int) -> bytes:
    known = _opened.get((organization_id, number))
    if known is None:
        found = SealingKey.objects.filter(organization_id=organization_id, number=number).first()
        if found is None:
            raise CannotOpen("its key is gone")
        known = _opened[organization_id, number] = keys.unwrap(bytes(found.wrapped), found.bound)
    return known
