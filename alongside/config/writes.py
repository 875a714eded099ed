"""What keeping a server changes: purging, sessions, and adding an organization from the command line."""

from datetime import date, timedelta
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from alongside.access.api import Actor
from alongside.audit.api import logs, purge_entries, record
from alongside.organizations.api import HeldBack, held_back

# The log of acts is a chain: its own room takes the oldest links off, so that the rest can still be checked. It comes
# last, since whoever has locked a log waits for nobody.
BY_ITS_ROOM = {"audit.entry": purge_entries}


@transaction.atomic
def purge_expired(today: date) -> int:
    """Delete every row that has been kept as long as its table says, unless a legal hold covers it; gives how
    many."""
    held = held_back()
    in_order = sorted(purgeable(), key=lambda model: model._meta.label_lower in BY_ITS_ROOM)
    return sum(_purge(model, today, held) for model in in_order)


def purgeable() -> list[type[Model]]:
    """Every table that is kept for a number of days."""
    return [model for model in apps.get_models() if getattr(model, "held", None) and model.held.days is not None]


def cycle_of(model: type[Model]) -> str:
    """The path of fields that leads from a table to its cycle; "" where its days are not those of a cycle. A legal
    hold covers what was said and found in cycles, and the log; never who may sign in."""
    path = model.held.counted_from.rpartition("__")[0]
    return path if path.endswith("cycle") else ""


def forget_ended_sessions() -> None:
    """Delete sessions that have ended, and what the cache holds past its time: it clears itself only when it is
    full."""
    call_command("clearsessions")
    quote, ops = connection.ops.quote_name, connection.ops
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {quote(settings.CACHES['default']['LOCATION'])} WHERE expires < %s",  # noqa: S608
                       [ops.adapt_datetimefield_value(timezone.now())])


def end_session(key: str) -> None:
    """End one session; nothing happens where there is none."""
    from django.contrib.sessions.backends.db import SessionStore

    SessionStore(key).delete()


def end_every_session() -> None:
    """Sign everybody out, and forget what was counted about sign-ins: after a restore."""
    from django.contrib.sessions.models import Session
    from django.core.cache import cache

    from alongside.access.api import forget_all_tries

    Session.objects.all().delete()
    cache.clear()
    forget_all_tries()


def record_restore() -> None:
    """Record in every log that a backup was brought back: what came after it is missing there from now on."""
    for organization_id in logs():
        record(Actor(organization_id=organization_id), "backup.restored")


def add_organization(name: str) -> str:
    """A further organization; gives the path of a link with which its first coordinator joins."""
    from django.urls import reverse

    from alongside.access.api import Role
    from alongside.frameworks.api import DEFAULT_WORDS
    from alongside.organizations.api import found_organization
    from alongside.people.api import invite

    roles = frozenset({Role.COORDINATOR})
    with transaction.atomic():
        words = {language: dict(held) for language, held in DEFAULT_WORDS.items()}
        organization = found_organization(name=name, words=words, languages=list(words))
        keeper = Actor(organization_id=organization.pk, roles=roles)
        token = invite(
            keeper, invitation_id=uuid4(), label=name[:120], roles=roles, today=timezone.localdate())
    return reverse("join", args=[token])


def _purge(model: type[Model], today: date, held: HeldBack) -> int:
    limit = today - timedelta(days=model.held.days)
    if by_its_room := BY_ITS_ROOM.get(model._meta.label_lower):
        return by_its_room(limit, held.organizations)
    due = model._default_manager.filter(**{f"{model.held.counted_from}__lt": limit})
    if cycle := cycle_of(model):
        due = due.exclude(**{f"{cycle}__in": held.cycles}).exclude(
            **{f"{cycle}__organization__in": held.organizations})
    return due.delete()[0]

