"""Keeping lists, planning messages to everyone, and taking batches from the queue."""

import secrets
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission
from alongside.audit.api import record, record_reading, thing_of
from alongside.changes.api import is_published
from alongside.listening.api import Round
from alongside.organizations.api import ensure_not_held
from alongside.privacy.api import seal, unseal

from . import rules
from .messages import Message
from .models import AddressList, Mailing, MailingState
from .reads import lists_of, sent_before

LIST = "mail_addresslist.sealed"
QUEUE = "mail_mailing.sealed_queue"


@transaction.atomic
def keep_list(actor: Actor, round_: Round, typed: str) -> AddressList:
    """Keep the addresses of everyone asked in a round, in place of those before. Raises `ListNotReadable`."""
    actor.must(Permission.MAIL_SEND, round_)
    addresses = rules.read_addresses(typed)
    kept = lists_of(actor).filter(round=round_).first()
    kept = kept or AddressList(organization_id=actor.organization_id, round=round_)
    kept.sealed = seal(kept.organization_id, LIST, kept.pk, "\n".join(addresses).encode())
    kept.people = len(addresses)
    kept.save()
    record(actor, "addresses.kept", kept)
    return kept


@transaction.atomic
def open_list(actor: Actor, round_: Round) -> tuple[str, ...]:
    """The addresses of everyone asked in a round; none where there is no list. Opening them is recorded."""
    actor.must(Permission.MAIL_SEND, round_)
    kept = lists_of(actor).filter(round=round_).first()
    if kept is None:
        return ()
    record_reading(actor, "addresses.opened", kept)
    return _addresses(kept)


@transaction.atomic
def remove_list(actor: Actor, round_: Round) -> None:
    """Delete the addresses of a round, now. Raises `UnderHold`."""
    actor.must(Permission.MAIL_SEND, round_)
    ensure_not_held(round_.organization_id, round_.cycle_id)
    kept = lists_of(actor).filter(round=round_).first()
    if kept is not None:
        gone = thing_of(kept)
        kept.delete()
        record(actor, "addresses.removed", gone)


@transaction.atomic
def send_to_all(actor: Actor, round_: Round, kind: str, words: Message, *, today: date) -> Mailing:
    """Plan a message to everyone on the list of a round; the worker sends it. Raises a `MailRefused`."""
    mailing, kept = _planned(actor, round_, kind, words, today)
    addresses = list(_addresses(kept))
    secrets.SystemRandom().shuffle(addresses)
    mailing.sealed_queue = seal(mailing.organization_id, QUEUE, mailing.pk, "\n".join(addresses).encode())
    mailing.save()
    record(actor, "mailing.planned", mailing)
    return mailing


@transaction.atomic
def sent_by_hand(actor: Actor, round_: Round, kind: str, words: Message, *, today: date) -> Mailing:
    """Somebody copied the message and the addresses and sent it to all of them. Raises a `MailRefused`."""
    mailing, _kept = _planned(actor, round_, kind, words, today)
    mailing.by_hand, mailing.state, mailing.sent_on = True, MailingState.SENT, today
    mailing.taken = mailing.people
    mailing.save()
    record(actor, "mailing.sent_by_hand", mailing)
    return mailing


@transaction.atomic
def take_batch(mailing_id: UUID, today: date) -> tuple[Mailing, tuple[str, ...]] | None:
    """The next addresses of a queue. They count as taken, and as unsure, before anything is sent: where the
    process dies now, nobody gets the message twice, and the page says how many may have none. The queue is
    wiped with its last batch; None where everything was taken."""
    mailing = Mailing.objects.select_for_update().filter(pk=mailing_id).first()
    if mailing is None or mailing.state == MailingState.SENT:
        return None
    queue = unseal(mailing.organization_id, QUEUE, mailing.pk, mailing.sealed_queue).decode().split("\n")
    batch = tuple(queue[mailing.taken:mailing.taken + rules.BATCH])
    mailing.taken += len(batch)
    mailing.unsure += len(batch)
    mailing.state = MailingState.SENDING
    if mailing.taken >= len(queue):
        mailing.state, mailing.sealed_queue, mailing.sent_on = MailingState.SENT, None, today
    mailing.save(update_fields=["taken", "unsure", "state", "sealed_queue", "sent_on"])
    if mailing.state == MailingState.SENT:
        record(Actor(organization_id=mailing.organization_id), "mailing.sent", mailing)
    return mailing, batch


def settle(mailing: Mailing, sent: int) -> None:
    """So many of the batch that was taken last went out for sure."""
    Mailing.objects.filter(pk=mailing.pk).update(unsure=F("unsure") - sent)


@transaction.atomic
def forget_list(kept: AddressList) -> None:
    """The list has served. For the worker alone."""
    gone = thing_of(kept)
    kept.delete()
    record(Actor(organization_id=kept.organization_id), "addresses.forgotten", gone)


def _planned(
    actor: Actor, round_: Round, kind: str, words: Message, today: date,
) -> tuple[Mailing, AddressList]:
    """A message that may be sent, not saved yet, and the list it goes to."""
    actor.must(Permission.MAIL_SEND, round_)
    kept = lists_of(actor).filter(round=round_).select_for_update().first()
    if kept is None:
        raise rules.NobodyListed(_("There is no list of addresses for this round."))
    rules.ensure_time(kind, round_.state, is_published(round_.cycle))
    rules.ensure_not_too_much(kind, sent_before(actor, round_), today)
    mailing = Mailing(
        organization_id=actor.organization_id, round=round_, kind=kind, subject=words.subject,
        body=words.body, people=kept.people, planned_on=today,
    )
    return mailing, kept


def _addresses(kept: AddressList) -> tuple[str, ...]:
    return tuple(unseal(kept.organization_id, LIST, kept.pk, kept.sealed).decode().split("\n"))
