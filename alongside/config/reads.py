"""What keeping a server looks at: whether the database is ready, and things by the name that people type."""

from contextlib import suppress
from functools import cache
from uuid import UUID

from django.core.exceptions import MultipleObjectsReturned
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q

from alongside.listening.api import Cycle, Round

from .commands.outcome import CannotDo


def is_migrated() -> bool:
    """Whether the database answers (else it raises) and every migration of this version was applied."""
    return _wanted_migrations() <= set(MigrationRecorder(connection).applied_migrations())


@cache
def _wanted_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def round_called(text: str) -> Round:
    """The round with this id or short address. Raises `CannotDo`."""
    return _only(Round, Q(address=text), text, "round")


def cycle_called(text: str) -> Cycle:
    """The cycle with this id or name. Raises `CannotDo`; also where two organizations use the same name."""
    return _only(Cycle, Q(name=text), text, "cycle")


def _only(model, by_name: Q, text: str, word: str):
    with suppress(ValueError):
        by_name |= Q(pk=UUID(text))
    try:
        return model.objects.get(by_name)
    except model.DoesNotExist:
        raise CannotDo(f"There is no {word} {text!r}.") from None
    except MultipleObjectsReturned:
        raise CannotDo(f"More than one {word} is called {text!r}. Use its id.") from None
