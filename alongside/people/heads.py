"""Where the weekly head of the log of acts goes: an address of somebody outside, sealed. Its few reads and writes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from alongside.access.api import Actor, Permission
from alongside.audit.api import Head, record, state_of, thing_of
from alongside.organizations.api import languages_of

from .models import HeadKeeper


@dataclass(frozen=True)
class WaitingHead:
    """A head that its keeper was not sent yet."""

    organization_id: UUID
    address: str
    languages: tuple[str, ...]
    head: Head
    made_on: date


def keeper_of(actor: Actor) -> HeadKeeper | None:
    """Who keeps the heads of this actor's organization."""
    return HeadKeeper.objects.filter(organization_id=actor.organization_id).first()


@transaction.atomic
def keep_address(actor: Actor, address: str) -> None:
    """Send the heads to this address from now on, in place of the one before."""
    actor.must(Permission.AUDIT_SEE)
    kept = HeadKeeper.objects.select_for_update().filter(organization_id=actor.organization_id).first()
    kept = kept or HeadKeeper(organization_id=actor.organization_id)
    kept.address, kept.sent_on = address, None
    kept.save()
    record(actor, "head.address_kept", kept)


@transaction.atomic
def forget_address(actor: Actor) -> None:
    """Send the heads to nobody from now on: they are written down by hand."""
    actor.must(Permission.AUDIT_SEE)
    kept = keeper_of(actor)
    if kept is not None:
        gone = thing_of(kept)
        kept.delete()
        record(actor, "head.address_forgotten", gone)


def waiting_heads() -> list[WaitingHead]:
    """Every head that was not sent yet. For the worker, in every organization."""
    waiting = []
    for keeper in HeadKeeper.objects.select_related("organization").order_by("pk"):
        made = state_of(Actor(organization_id=keeper.organization_id))
        if made.head and made.head_on and (keeper.sent_on is None or keeper.sent_on < made.head_on):
            languages = tuple(languages_of(keeper.organization))
            waiting.append(WaitingHead(keeper.organization_id, keeper.address, languages, made.head, made.head_on))
    return waiting


def head_was_sent(waiting: WaitingHead) -> None:
    """Its keeper was sent this head. A second copy harms nobody, so that is noted after the sending."""
    HeadKeeper.objects.filter(organization_id=waiting.organization_id).update(sent_on=waiting.made_on)
