"""Sealing the secrets of the second step anew: they lie inside allauth's table, which no field of ours declares."""

import base64
import binascii
from typing import Any

from allauth.mfa.models import Authenticator
from django.db import transaction

from alongside.privacy.api import INSTALLATION, CannotOpen, number_of, seal, unseal

from .adapters import PLACE


def reseal_second_steps(number: int) -> int:
    """Seal with the installation's key `number` what an older one sealed; gives how many rows. For the worker."""
    return sum(_reseal(pk, number) for pk in Authenticator.objects.values_list("pk", flat=True))


@transaction.atomic
def _reseal(pk: int, number: int) -> bool:
    row = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return False
    anew = _anew(row.data, number)
    if anew == row.data:
        return False
    row.data = anew
    row.save(update_fields=["data"])
    return True


def _anew(held: Any, number: int) -> Any:
    """`held` with every sealed text in it sealed with key `number`; the rest as it is."""
    if isinstance(held, dict):
        return {name: _anew(value, number) for name, value in held.items()}
    if isinstance(held, list):
        return [_anew(value, number) for value in held]
    return _text_anew(held, number) if isinstance(held, str) else held


def _text_anew(text: str, number: int) -> str:
    try:
        sealed = base64.b64decode(text, validate=True)
        if number_of(sealed) >= number:
            return text
        plain = unseal(INSTALLATION, PLACE, "", sealed)
    except (binascii.Error, CannotOpen, ValueError):  # a name, an id: never sealed
        return text
    return base64.b64encode(seal(INSTALLATION, PLACE, "", plain)).decode()
