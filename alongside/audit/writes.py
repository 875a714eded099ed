"""Recording an act: always in the same transaction as the act itself."""

from typing import Any

from alongside.access.api import Actor

from .models import Entry


def record(actor: Actor, act: str, thing: Any = None) -> None:
    """Record that `actor` did `act` ("round.opened") to `thing` (any model row, or None).

    Nothing that was written, counted or answered goes in here.
    """
    kind = thing._meta.label_lower if thing is not None else ""
    thing_id = str(thing.pk) if thing is not None else ""
    Entry.objects.create(
        organization_id=actor.organization_id, account_id=actor.account_id,
        act=act, thing_kind=kind, thing_id=thing_id,
    )
