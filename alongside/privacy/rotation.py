"""New keys for old while everybody goes on: a newer data key, values sealed anew, the old key destroyed.

`rotate` makes the new key. From then on what is written is sealed with it; other processes notice within a minute.
`reseal` seals the rest anew in small transactions, over every field that says it is sealed, and destroys an old key
when nothing is sealed with it any more. Each step is whole or not at all: whoever is killed in between leaves values
under two keys, both of which open, and the next call goes on.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.db.models.expressions import Col
from django.db.models.functions import Substr

from .fields import Sealed, SealedByHand
from .keys import INSTALLATION, CannotOpen
from .models import SealingKey
from .sealing import HEAD, forget_keys, head, make_key, seal, unseal

log = logging.getLogger(__name__)
AT_ONCE = 200
# Longer than any process goes on with the number of a key that it once read, than a page carries something sealed
# (an hour) and than an upload waits (a day).
GRACE = timedelta(hours=26)

# Seals anew what tables of libraries hold for the installation; is handed the newest number, gives how many.
Elsewhere = Callable[[int], int]


@dataclass(frozen=True)
class SealedColumn:
    """One column of sealed values."""

    model: type[models.Model]
    field: SealedByHand

    def older(self, organization_id: UUID, number: int) -> models.QuerySet[Any]:
        """The rows of an organization whose value is anything but sealed with the newest key, `number`."""
        sealed = Col(self.model._meta.db_table, self.field, models.BinaryField())  # the bytes, whatever they mean
        start: Any = Substr(sealed, 1, HEAD, output_field=models.BinaryField())
        filled = self._rows_of(organization_id).filter(**{f"{self.field.name}__isnull": False})
        return filled.alias(start=start).exclude(start=head(number))

    def reseal(self, organization_id: UUID, number: int) -> int:
        """Seal with the newest key what is not; gives how many values."""
        rows = list(self.older(organization_id, number).order_by("pk").values_list("pk", flat=True))
        return sum(
            self._reseal_some(organization_id, number, rows[start:start + AT_ONCE])
            for start in range(0, len(rows), AT_ONCE))

    @transaction.atomic
    def _reseal_some(self, organization_id: UUID, number: int, rows: list[Any]) -> int:
        """Locked: what somebody writes in the meantime is neither lost nor sealed twice."""
        locked = self.model._base_manager.select_for_update().filter(pk__in=rows).order_by("pk")
        found = [(row, _raw(value)) for row, value in locked.values_list("pk", self.field.name) if value is not None]
        return sum(self._reseal_one(organization_id, row, raw) for row, raw in found if raw[:HEAD] != head(number))

    def _reseal_one(self, organization_id: UUID, row: Any, raw: bytes) -> bool:
        """A value that does not open in its place stays as it is, and its key stays for whoever mends it."""
        try:
            plain = unseal(organization_id, self.field.place, row, raw)
        except CannotOpen:
            log.error("a sealed value does not open in its place and was not sealed anew: %s", self.field.place)
            return False
        anew = Sealed(seal(organization_id, self.field.place, row, plain))
        return bool(self.model._base_manager.filter(pk=row).update(**{self.field.name: anew}))

    def _rows_of(self, organization_id: UUID) -> models.QuerySet[Any]:
        every = self.model._base_manager.all()
        if self.field.owner is None:
            return every if organization_id == INSTALLATION else every.none()
        return every.filter(**{self.field.owner: organization_id})


def sealed_columns() -> Iterator[SealedColumn]:
    """Every column that says of itself that it is sealed with the key of an organization or the installation."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedByHand):
                yield SealedColumn(model, field)


def rotate(organization_id: UUID) -> int:
    """Make a newer key for an organization, or for `INSTALLATION`; gives its number."""
    newest = SealingKey.objects.filter(organization_id=organization_id).order_by("-number").first()
    number = make_key(organization_id, newest.number + 1 if newest else 1)
    forget_keys()
    return number


def reseal(now: datetime, elsewhere: Iterable[Elsewhere] = ()) -> int:
    """Go on with every change of a key; gives how many values were sealed anew. For the worker."""
    replaced = SealingKey.objects.values("organization_id").annotate(
        keys=models.Count("pk"), newest=models.Max("number")).filter(keys__gt=1)
    elsewhere, done = tuple(elsewhere), 0
    for one in list(replaced):
        organization_id, number = one["organization_id"], one["newest"]
        forget_keys()  # this process must not go on sealing with the old one either
        moved = sum(column.reseal(organization_id, number) for column in sealed_columns())
        if organization_id == INSTALLATION:
            moved += sum(reseal_there(number) for reseal_there in elsewhere)
        if not moved:
            _destroy_older(organization_id, number, now)
        done += moved
    return done


def destroy_keys(organization_id: UUID) -> None:
    """Destroy every key of an organization that is being removed: what is left anywhere, in backups too, is noise
    as soon as nobody has these rows."""
    SealingKey.objects.filter(organization_id=organization_id).delete()
    transaction.on_commit(forget_keys)


@transaction.atomic
def _destroy_older(organization_id: UUID, number: int, now: datetime) -> None:
    """Destroy the keys before `number`, where it is long in use and nothing is sealed with an older one."""
    keys = SealingKey.objects.select_for_update().filter(organization_id=organization_id)
    if keys.filter(number=number, made_at__gt=now - GRACE).exists():
        return
    if not any(column.older(organization_id, number).exists() for column in sealed_columns()):
        keys.filter(number__lt=number).delete()


def _raw(value: Any) -> bytes:
    return value.raw if isinstance(value, Sealed) else bytes(value)
