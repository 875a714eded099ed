"""Looking at the log, and checking that it is whole."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, QuerySet

from alongside.access.api import Actor

from . import rules
from .key import log_key
from .models import INSTALLATION, Chain, Entry

AT_ONCE = 2000  # entries
Tell = Callable[[int, int], None]
"""Takes how many entries were checked, and how many there are."""


@dataclass(frozen=True)
class Verdict:
    """What a check found: how many entries there are, where the log ends now, and its first break or None.

    `is_too_old`: the head names an entry that was purged on schedule, so nothing can be said about it.
    """

    entries: int
    head: rules.Head | None
    broken: rules.Break | None
    is_too_old: bool = False


@dataclass(frozen=True)
class State:
    """What is known of a log without checking it: the head of the week, and what the last check found."""

    head: rules.Head | None
    head_on: date | None
    checked_on: date | None
    broken: rules.Break | None


def entries_of(actor: Actor) -> QuerySet[Entry]:
    """Every recorded act in this actor's organization, newest first."""
    return Entry.objects.filter(organization_id=actor.organization_id)


def state_of(actor: Actor) -> State:
    """The head of the week and the last check of the log of this actor's organization."""
    chain = Chain.objects.filter(organization_id=chain_id(actor.organization_id)).first() or Chain()
    head = rules.head_of(chain.head_number, chain.head_mac) if chain.head_number else None
    broken = None if chain.broken_at is None else rules.Break(chain.broken_at, rules.How(chain.broken_how))
    return State(head, chain.head_on, chain.checked_on, broken)


def check_log(organization_id: UUID | None, head: rules.Head | None = None, tell: Tell | None = None) -> Verdict:
    """Check the whole log of an organization (None: of the installation), and that it holds the entry `head`.

    Reads without a lock: nobody waits for it. What comes or goes meanwhile can look like a break, so where one is
    found the log is read again; a real one is still there.
    """
    verdict = _check(organization_id, head, tell)
    return verdict if verdict.broken is None else _check(organization_id, head, tell)


def logs() -> list[UUID | None]:
    """Whose logs there are: organizations, and None for the installation's own. For the keeper of the server."""
    known = set(Chain.objects.values_list("organization_id", flat=True))
    known |= {chain_id(one) for one in Entry.objects.order_by().values_list("organization_id", flat=True).distinct()}
    return [None if one == INSTALLATION else one for one in sorted(known)]


def broken_logs() -> int:
    """How many logs the last check found broken. For the keeper of the server."""
    return Chain.objects.filter(broken_at__isnull=False).count()


def chain_id(organization_id: UUID | None) -> UUID:
    """The key of the row that holds the two ends of this log."""
    return INSTALLATION if organization_id is None else organization_id


def ends_of(chain: Chain) -> rules.Ends:
    """The two ends of a log, as facts."""
    return rules.Ends(
        chain.organization_id, chain.purged_number, chain.purged_mac, chain.last_number, chain.last_mac, chain.mac)


def links_of(entries: QuerySet[Entry]) -> Iterator[rules.Link]:
    """Entries by number, a few thousand in memory at once."""
    for entry in entries.order_by("number").iterator(chunk_size=AT_ONCE):
        yield rules.Link(facts_of(entry), entry.mac)


def facts_of(entry: Entry) -> rules.Facts:
    """What an entry says."""
    return rules.Facts(
        entry.number, entry.organization_id, entry.account_id, entry.act, entry.thing_kind, entry.thing_id, entry.at)


def _check(organization_id: UUID | None, head: rules.Head | None, tell: Tell | None) -> Verdict:
    entries = Entry.objects.filter(organization_id=organization_id)
    chain = Chain.objects.filter(organization_id=chain_id(organization_id)).first()
    if chain is None:
        return Verdict(0, None, _without_ends(entries, head))
    ends = ends_of(chain)
    links = _told(links_of(entries.filter(number__lte=ends.last_number)), ends, tell)
    broken = rules.first_break(log_key(), ends, links, head) or _beyond(chain.pk, entries)
    newest = rules.head_of(ends.last_number, ends.last_mac) if ends.last_number else None
    too_old = head is not None and rules.is_older_than_kept(ends, head)
    return Verdict(ends.last_number - ends.purged_number, newest, broken, too_old)


def _without_ends(entries: QuerySet[Entry], head: rules.Head | None) -> rules.Break | None:
    """A log in which nothing was ever recorded is whole; one that lost its ends, or that a head knows of, is not."""
    if entries.exists():
        return rules.Break(0, rules.How.ENDS)
    return rules.Break(1, rules.How.CUT) if head else None


def _beyond(chain: UUID, entries: QuerySet[Entry]) -> rules.Break | None:
    """An entry past the end. The end is read after the entries, so that an act of this moment is none."""
    newest = entries.aggregate(newest=Max("number"))["newest"] or 0
    end = Chain.objects.values_list("last_number", flat=True).get(organization_id=chain)
    return rules.Break(end + 1, rules.How.ADDED) if newest > end else None


def _told(links: Iterator[rules.Link], ends: rules.Ends, tell: Tell | None) -> Iterator[rules.Link]:
    for done, link in enumerate(links, start=1):
        yield link
        if tell and done % AT_ONCE == 0:
            tell(done, ends.last_number - ends.purged_number)
