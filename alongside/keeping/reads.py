"""Looking at what is held. Nothing here counts a row: while a round is open that would be a running tally."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.apps import apps
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission
from alongside.listening.api import Cycle, cycles_of
from alongside.organizations.api import HeldBack, HoldKind, LegalHold, held_back, holds_of

ALWAYS_EMPTY = gettext_noop("always empty")
# Tables that come with Django and its parts say nothing about themselves. What has no title holds nothing of people
# and is left out of their page.
OF_OTHERS = {
    "sessions.session": (
        gettext_noop("Who is signed in"), gettext_noop("staff stay signed in"),
        gettext_noop("ten hours, or until they sign out"), True),
    "account.emailaddress": (
        gettext_noop("Addresses to sign in with"), gettext_noop("says which address an account signs in with"),
        gettext_noop("as long as the account"), True),
    "mfa.authenticator": (
        gettext_noop("Second steps of signing in"), gettext_noop("the second step of signing in"),
        gettext_noop("as long as the account, or until it is removed"), True),
    "account.emailconfirmation": ("", "unused: an invitation proves an address", ALWAYS_EMPTY, False),
    "auth.permission": ("", "unused: roles say what somebody may do", "names of the program's own tables", False),
    "auth.group": ("", "unused: roles say what somebody may do", ALWAYS_EMPTY, False),
    "auth.user": ("", "unused: accounts are in `people`", ALWAYS_EMPTY, False),
    "contenttypes.contenttype": ("", "unused", "names of the program's own tables", False),
}
# What is kept beside the tables of the rooms: label, title, because, at most, whether it can name a person.
BESIDE = (
    ("listening.uploads", gettext_noop("Files that wait to be imported"),
     gettext_noop("what was answered elsewhere is looked over before it comes in"),
     gettext_noop("a day, sealed; then overwritten"), False),
    ("cache", "", "a code of the second step works once", "minutes, deleted within a day", False),
)
# What people would call the rooms, in the order in which they would ask.
GROUPS = (
    (gettext_noop("What people answered"), {"listening"}),
    (gettext_noop("What was found, and what became of it"), {"findings", "changes"}),
    (gettext_noop("Who was asked by e-mail"), {"mail"}),
    (gettext_noop("Staff"), {"people", "account", "mfa", "sessions", "access", "audit"}),
    (gettext_noop("The organization"), {"organizations", "privacy"}),
)
ELSE = gettext_noop("Everything else")


@dataclass(frozen=True)
class HeldTable:
    """What a table says about itself, in English: see `kernel.Held`."""

    label: str
    title: str
    because: str
    at_most: str
    names_a_person: bool

    def translated(self) -> "HeldTable":
        """In the language of the page."""
        words = (gettext(one) if one else "" for one in (self.title, self.because, self.at_most))
        return HeldTable(self.label, *words, self.names_a_person)


@dataclass(frozen=True)
class HeldGroup:
    """Tables that belong together for people."""

    title: str
    tables: tuple[HeldTable, ...]


@dataclass(frozen=True)
class Due:
    """What is deleted on a day. `cycle` is "" for whoever may not see cycles; `stopped`: a legal hold covers it."""

    day: date
    title: str
    cycle: str
    stopped: bool


@dataclass(frozen=True)
class HoldCard:
    """A legal hold. Who ordered it and what it is about are "" for whoever may not set one."""

    id: UUID
    kind: str
    covers: str
    since: date
    tell_by: date
    told_on: date | None
    lifted_on: date | None
    ordered_by: str
    about: str
    late: bool


def tables() -> list[HeldTable]:
    """Every table there is, by name, and what is kept beside them. Raises `KeyError` for one that nobody explains."""
    ours = [_table(model) for model in apps.get_models() if not model._meta.swapped]
    return sorted([*ours, *(HeldTable(*facts) for facts in BESIDE)], key=lambda one: one.label)


def held_groups() -> list[HeldGroup]:
    """What is held, in plain words and in the language of the page, for staff and for anybody else."""
    shown = [one.translated() for one in tables() if one.title]
    named = set().union(*(rooms for _title, rooms in GROUPS))
    groups = [(gettext(title), [one for one in shown if _room(one) in rooms]) for title, rooms in GROUPS]
    groups.append((gettext(ELSE), [one for one in shown if _room(one) not in named]))
    return [HeldGroup(title, tuple(found)) for title, found in groups if found]


def next_purges(actor: Actor, today: date) -> list[Due]:
    """What is deleted when, the next first. From the days of cycles alone, whether or not anything is there: that
    nobody wrote a comment must not show."""
    held = held_back()
    return sorted((due for cycle in cycles_of(actor) for due in _due_in(actor, cycle, held, today)),
                  key=lambda due: (due.day, due.title))


def hold_cards(actor: Actor, today: date) -> list[HoldCard]:
    """The legal holds of the actor's organization, those that stand first."""
    names = {cycle.pk: cycle.name for cycle in cycles_of(actor)} if actor.may(Permission.CYCLES_SEE) else {}
    cards = [_hold_card(hold, names, today, in_full=actor.may(Permission.HOLD_SET)) for hold in holds_of(actor)]
    return sorted(cards, key=lambda card: (card.lifted_on is not None, -card.since.toordinal()))


def _table(model) -> HeldTable:
    held, label = getattr(model, "held", None), model._meta.label_lower
    if held is None:
        return HeldTable(label, *OF_OTHERS[label])
    return HeldTable(label, held.title, held.because, held.at_most, held.names_a_person)


def _room(table: HeldTable) -> str:
    return table.label.split(".")[0]


def _due_in(actor: Actor, cycle: Cycle, held: HeldBack, today: date) -> Iterator[Due]:
    for model in apps.get_models():
        kept = getattr(model, "held", None)
        path, _sep, field = kept.counted_from.rpartition("__") if kept else ("", "", "")
        counted_from = getattr(cycle, field, None) if path.endswith("cycle") else None
        if counted_from is None:
            continue
        stopped = held.covers(cycle.organization_id, cycle.pk)
        day = counted_from + timedelta(days=kept.days + 1)
        if stopped or day >= today:
            yield Due(day, gettext(kept.title), cycle.name if actor.may(Permission.CYCLES_SEE) else "", stopped)


def _hold_card(hold: LegalHold, names: dict[UUID, str], today: date, *, in_full: bool) -> HoldCard:
    covers = _("everything: all cycles, and the log of acts") if hold.cycle_id is None else (
        names.get(hold.cycle_id) or _("one cycle"))
    return HoldCard(
        id=hold.pk, kind=gettext(HoldKind(hold.kind).label), covers=covers, since=hold.since, tell_by=hold.tell_by,
        told_on=hold.told_on, lifted_on=hold.lifted_on, ordered_by=hold.ordered_by if in_full else "",
        about=hold.about if in_full else "",
        late=hold.told_on is None and hold.lifted_on is None and today > hold.tell_by)
