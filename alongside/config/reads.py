"""What keeping a server looks at: whether the database is ready, and things by the name that people type."""

from contextlib import suppress
from functools import cache
from uuid import UUID

from django.core.exceptions import MultipleObjectsReturned
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q

from alongside.audit.api import logs
from alongside.listening.api import Cycle, Round
from alongside.organizations.api import Organization

from .commands.outcome import CannotDo
from .removing import organization_called


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
    called = [cycle.pk for cycle in Cycle.objects.only("name", "organization_id") if cycle.name == text]
    return _only(Cycle, Q(pk__in=called), text, "cycle")


def logs_of(name: str | None) -> list[tuple[UUID | None, str]]:
    """(organization id, name) of every log of acts, that of the installation (None) last; or that of one
    organization. An organization without a single entry is in it, too: every one began with an act. Raises
    `CannotDo`."""
    if name is not None:
        found = organization_called(name)
        return [(found.pk, found.name)]
    named = {one.pk: one.name for one in sorted(Organization.objects.all(), key=lambda one: (one.name, str(one.pk)))}
    gone = {one: f"organization {one}" for one in logs() if one is not None and one not in named}
    return [*(named | gone).items(), (None, "the installation itself")]


def _only(model, by_name: Q, text: str, word: str):
    with suppress(ValueError):
        by_name |= Q(pk=UUID(text))
    try:
        return model.objects.get(by_name)
    except model.DoesNotExist:
        raise CannotDo(f"There is no {word} {text!r}.") from None
    except MultipleObjectsReturned:
        raise CannotDo(f"More than one {word} is called {text!r}. Use its id.") from None
