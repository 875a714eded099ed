"""What keeping a server changes: purging, sessions, and adding an organization from the command line."""

from datetime import date, timedelta
from uuid import uuid4

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model

# From which day the days of `Held` are counted, as a path of fields from the table. A table that says how
# many days it is kept must stand here. EXPIRES: the column already holds the last day.
COUNTED_FROM = {
    "audit.entry": "at__date",
    "listening.answerstore": "round__cycle__released_on",
    "listening.comment": "round__cycle__released_on",
    "mail.addresslist": "round__cycle__finished_on",
    "people.invitation": "expires_on",
}
EXPIRES = {"people.invitation"}
# Rows come and go here at every answer and sign-in: what is deleted is to be gone from the disk, too.
SHORT_LIVED = ("listening_code", "listening_heldresponse", "django_session")


@transaction.atomic
def purge_expired(today: date) -> int:
    """Delete every row that has been kept as long as its table says; gives how many."""
    return sum(_purge(model, today) for model in purgeable())


def purgeable() -> list[type[Model]]:
    """Every table that is kept for a number of days."""
    return [model for model in apps.get_models() if getattr(getattr(model, "held", None), "days", None)]


def forget_ended_sessions() -> None:
    """Delete sessions that have ended."""
    call_command("clearsessions")


def end_session(key: str) -> None:
    """End one session; nothing happens where there is none."""
    from django.contrib.sessions.backends.db import SessionStore

    SessionStore(key).delete()


def end_every_session() -> None:
    """Sign everybody out, and forget what was counted about sign-ins: after a restore."""
    from django.contrib.sessions.models import Session
    from django.core.cache import cache

    Session.objects.all().delete()
    cache.clear()


def overwrite_deleted() -> None:
    """Make sure that deleted rows are gone from the disk as well.

    SQLite overwrites them at once (secure_delete), but its log keeps a copy until it is emptied. PostgreSQL
    keeps them until a table is written anew; writing it in the order of its random ids also forgets in which
    order rows came.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        tables = [*SHORT_LIVED, *(model._meta.db_table for model in purgeable())]
        for table in tables:
            cursor.execute(f"CLUSTER {connection.ops.quote_name(table)} "
                           f"USING {connection.ops.quote_name(table + '_pkey')}")


def add_organization(name: str) -> str:
    """A further organization; gives the path of a link with which its first coordinator joins."""
    from django.urls import reverse
    from django.utils import timezone

    from alongside.access.api import Actor, Role
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


def _purge(model: type[Model], today: date) -> int:
    label = model._meta.label_lower
    days = 0 if label in EXPIRES else model.held.days
    limit = today - timedelta(days=days)
    return model._default_manager.filter(**{f"{COUNTED_FROM[label]}__lt": limit}).delete()[0]
