"""Recording an act: always in the same transaction as the act itself, and as the last thing in it.

Whoever records locks the row with the two ends of the log until the transaction ends. Were something else locked
after it, two acts could wait for each other (tests/walls/test_audit_last.py).
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alongside.access.api import Actor

from . import rules
from .key import log_key
from .models import Chain, Entry
from .reads import chain_id, check_log, ends_of, entries_of, facts_of, links_of

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Thing:
    """What was acted on, when it is no longer there: its kind and id."""

    kind: str = ""
    id: str = ""


def thing_of(row: Any) -> Thing:
    """Remember a row before it is deleted, to record that afterwards."""
    return Thing(row._meta.label_lower, str(row.pk))


@transaction.atomic
def record(actor: Actor, act: str, thing: Any = None) -> None:
    """Record that `actor` did `act` ("round.opened") to `thing` (any model row, a `Thing`, or None).

    Nothing that was written, counted or answered goes in here.
    """
    what = thing if isinstance(thing, Thing) else Thing() if thing is None else thing_of(thing)
    chain = _locked(actor.organization_id)
    number, mac = _end(chain)
    entry = Entry(
        organization_id=actor.organization_id, number=number + 1, account_id=actor.account_id, act=act,
        thing_kind=what.kind, thing_id=what.id, at=timezone.now(),
    )
    entry.mac = rules.mac_of(log_key(), mac, facts_of(entry))
    entry.save(force_insert=True)
    _move(chain, last_number=entry.number, last_mac=entry.mac)


def record_reading(actor: Actor, act: str, thing: Any, today: date | None = None) -> None:
    """Record that `actor` read sealed words of others: once a day for each thing, so that the log does not tell
    how much anybody reads, or how many words there are."""
    today = today or timezone.localdate()
    mine = entries_of(actor).filter(account_id=actor.account_id, act=act, thing_id=thing_of(thing).id)
    if not mine.filter(at__date=today).exists():
        record(actor, act, thing)


@transaction.atomic
def purge_entries(before: date, held: Collection[UUID] = ()) -> int:
    """Delete the entries of days before `before` from the beginning of each log; gives how many. Logs of the
    organizations in `held` stay whole.

    Number and mac of the newest of them stay, so that the rest can still be checked. Entries that were changed
    go as well, but the log then stays broken: making an entry look old is no way to be rid of it.
    """
    chains = Chain.objects.exclude(pk__in=held).order_by("organization_id").select_for_update()
    return sum(_purge(one, before) for one in chains)


def forget_log(organization_id: UUID) -> None:
    """Delete the log of an organization that is being removed."""
    Entry.objects.filter(organization_id=organization_id).delete()
    Chain.objects.filter(pk=organization_id).delete()


def make_due_heads(today: date) -> int:
    """Check each log once a week and make its head; gives how many were due. A broken log gets no new head."""
    due = Chain.objects.filter(Q(checked_on__isnull=True) | Q(checked_on__lte=today - WEEK)).order_by("pk")
    found = list(due.values_list("pk", flat=True))
    for one in found:
        _check_and_keep(one, today)
    return len(found)


def _check_and_keep(chain: UUID, today: date) -> None:
    verdict = check_log(None if chain == chain_id(None) else chain)
    kept: dict[str, Any] = {"checked_on": today, "broken_at": None, "broken_how": ""}
    if verdict.broken:
        kept |= {"broken_at": verdict.broken.number, "broken_how": verdict.broken.how}
    elif verdict.head:
        kept |= {"head_on": today, "head_number": verdict.head.number, "head_mac": verdict.head.mac}
    Chain.objects.filter(pk=chain).update(**kept)


def _locked(organization_id: UUID | None) -> Chain:
    """The two ends of a log, locked until the transaction ends; made at the first act."""
    chain, is_new = Chain.objects.select_for_update().get_or_create(organization_id=chain_id(organization_id))
    if is_new and not Entry.objects.filter(organization_id=organization_id).exists():
        chain.mac = rules.mac_of_ends(log_key(), ends_of(chain))
    return chain


def _end(chain: Chain) -> tuple[int, str]:
    """Number and mac of the newest entry. Where the ends were tampered with, the table itself is asked: the log
    stays broken, and work goes on."""
    if rules.fits(log_key(), ends_of(chain)):
        return chain.last_number, chain.last_mac
    whose = None if chain.pk == chain_id(None) else chain.pk
    newest = Entry.objects.filter(organization_id=whose).order_by("-number").first()
    return (newest.number, newest.mac) if newest else (0, "")


def _move(chain: Chain, **ends: Any) -> None:
    """Move the ends of a log. Ends that did not fit before still don't afterwards: nothing heals a broken log."""
    fitted = rules.fits(log_key(), ends_of(chain))
    moved = replace(ends_of(chain), **ends)
    mac = rules.mac_of_ends(log_key(), moved) if fitted else ""
    Chain.objects.filter(pk=chain.pk).update(**ends, mac=mac)


def _purge(chain: Chain, before: date) -> int:
    whose = None if chain.pk == chain_id(None) else chain.pk
    entries = Entry.objects.filter(organization_id=whose)
    stays = entries.filter(at__date__gte=before).order_by("number").first()
    old = entries.filter(number__lt=stays.number) if stays else entries
    newest = old.order_by("-number").first()
    if newest is None:
        return 0
    upto = replace(ends_of(chain), last_number=newest.number, last_mac=newest.mac)
    upto = replace(upto, mac=rules.mac_of_ends(log_key(), upto))
    if rules.first_break(log_key(), upto, links_of(old)):
        chain.mac = ""
    _move(chain, purged_number=newest.number, purged_mac=newest.mac)
    return old.delete()[0]
