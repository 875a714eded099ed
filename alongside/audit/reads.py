"""Looking at the audit."""

from django.db.models import QuerySet

from alongside.access.api import Actor

from .models import Entry


def entries_of(actor: Actor) -> QuerySet[Entry]:
    """Every recorded act in this actor's organization, newest first."""
    return Entry.objects.filter(organization_id=actor.organization_id)
