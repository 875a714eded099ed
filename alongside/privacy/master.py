"""Changing the master key: every wrapped key is wrapped anew, while the server runs.

Until `forget_old` both master keys are readable, so that it may be broken off anywhere and begun again. The lasting
key comes first: from then on no process wraps anything with the old master key (see `keys`).
"""

from collections.abc import Iterator

from django.db import transaction

from . import holding, keys
from .keys import LASTING
from .models import SealingKey


def rewrap_all() -> int:
    """Wrap every key with the first of the master keys that there are; gives how many were wrapped anew."""
    newest = keys.masters()[0]
    numbers = SealingKey.objects.filter(organization_id=LASTING).values_list("pk", flat=True)
    others = SealingKey.objects.exclude(organization_id=LASTING).order_by("pk").values_list("pk", flat=True)
    done = sum(_rewrap(pk, newest) for pk in [*numbers, *others])
    if not all(keys.opens(newest, *one) for one in holding.wrapped_holding_keys()):
        holding.rewrap_holding_keys()
    return done


def still_old() -> int:
    """How many keys the first master key does not open."""
    newest = keys.masters()[0]
    return sum(not keys.opens(newest, wrapped, bound) for wrapped, bound in _all_wrapped())


def cannot_open() -> int:
    """How many keys none of the master keys opens: what they sealed is lost until the right one is back."""
    known = keys.masters()
    return sum(not any(keys.opens(one, wrapped, bound) for one in known) for wrapped, bound in _all_wrapped())


def _all_wrapped() -> Iterator[tuple[bytes, str]]:
    for key in SealingKey.objects.all():
        yield bytes(key.wrapped), key.bound
    yield from holding.wrapped_holding_keys()


@transaction.atomic
def _rewrap(pk: int, newest: bytes) -> bool:
    key = SealingKey.objects.select_for_update().get(pk=pk)
    wrapped = bytes(key.wrapped)
    if keys.opens(newest, wrapped, key.bound):
        return False
    key.wrapped = keys.wrap_with(newest, keys.unwrap(wrapped, key.bound), key.bound)
    key.save(update_fields=["wrapped"])
    return True
