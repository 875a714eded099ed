"""Looking at lists and messages. Addresses themselves are opened in `writes`, since that is recorded."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from alongside.access.api import Actor
from alongside.changes.api import is_published, reply_address
from alongside.listening.api import Cycle, Entry, Round, Voice, rounds_in, voice_label
from alongside.organizations.api import languages_of

from . import rules
from .messages import Asked, Message, message
from .models import AddressList, Kind, Mailing, MailingState


@dataclass(frozen=True)
class MailingCard:
    """One message to everyone asked in a round, as it is shown."""

    kind: str
    state: str
    by_hand: bool
    people: int
    taken: int
    unsure: int
    planned_on: date
    sent_on: date | None


@dataclass(frozen=True)
class RoundCard:
    """One round: how many addresses its list has (None without a list) and what was sent to all of them."""

    id: UUID
    voice: str
    label: str
    unit: str
    state: str
    clients: bool
    people: int | None
    mailings: tuple[MailingCard, ...]
    may_send: tuple[str, ...]


def lists_of(actor: Actor) -> QuerySet[AddressList]:
    """Every list of this actor's organization."""
    return AddressList.objects.filter(organization_id=actor.organization_id)


def mailings_of(actor: Actor) -> QuerySet[Mailing]:
    """Every message of this actor's organization."""
    return Mailing.objects.filter(organization_id=actor.organization_id)


def round_cards(actor: Actor, cycle: Cycle, today: date) -> tuple[RoundCard, ...]:
    """The rounds of a cycle with their lists and messages. Four queries, however many rounds there are."""
    rounds = rounds_in(actor, cycle)
    people = dict(lists_of(actor).filter(round__in=rounds).values_list("round_id", "people"))
    mailings: dict[UUID, list[Mailing]] = {one.pk: [] for one in rounds}
    for mailing in mailings_of(actor).filter(round__in=rounds).defer("sealed_queue", "body"):
        mailings[mailing.round_id].append(mailing)
    published = is_published(cycle)
    return tuple(
        _round_card(one, people.get(one.pk), mailings[one.pk], published, today) for one in rounds)


def sent_before(actor: Actor, round_: Round) -> list[rules.Sent]:
    """What everyone asked in a round was sent, oldest first."""
    return [_sent(one) for one in mailings_of(actor).filter(round=round_).defer("sealed_queue", "body")]


def message_for(round_: Round, kind: str, base: str) -> Message:
    """The exact words for everyone asked in a round. `base` is the installation's address without a slash."""
    path = reply_address(round_.cycle) if kind == Kind.ANSWER else f"/q/{round_.address}"
    minutes = round_.frozen["instrument"]["minutes"] if round_.frozen else 0
    asked = Asked(base + path, minutes, round_.entry == Entry.CODES, round_.cycle.closes_on)
    return message(kind, asked, languages_of(round_.organization))


def under_way() -> list[UUID]:
    """Ids of the messages, of every organization, that wait for the server. For the worker alone."""
    return list(Mailing.objects.exclude(state=MailingState.SENT).values_list("pk", flat=True))


def lists_that_may_go() -> QuerySet[AddressList]:
    """Every list, of every organization, with `answer_sent`. For the worker alone."""
    answers = Mailing.objects.filter(round=OuterRef("round"), kind=Kind.ANSWER, state=MailingState.SENT)
    return AddressList.objects.annotate(answer_sent=Exists(answers)).select_related("round__cycle")


def _round_card(
    one: Round, people: int | None, mailings: list[Mailing], published: bool, today: date,
) -> RoundCard:
    before = [_sent(mailing) for mailing in mailings]
    return RoundCard(
        id=one.pk, voice=one.voice, label=voice_label(one.voice), unit=one.unit.name if one.unit else "",
        state=one.state, clients=one.voice == Voice.CLIENTS, people=people,
        mailings=tuple(_mailing_card(mailing) for mailing in mailings),
        may_send=tuple(kind for kind in Kind.values if people and _fits(kind, one, published, before, today)),
    )


def _fits(kind: str, one: Round, published: bool, before: list[rules.Sent], today: date) -> bool:
    try:
        rules.ensure_time(kind, one.state, published)
        rules.ensure_not_too_much(kind, before, today)
    except rules.MailRefused:
        return False
    return True


def _sent(mailing: Mailing) -> rules.Sent:
    return rules.Sent(mailing.kind, mailing.sent_on)


def _mailing_card(mailing: Mailing) -> MailingCard:
    return MailingCard(
        mailing.kind, mailing.state, mailing.by_hand, mailing.people, mailing.taken, mailing.unsure,
        mailing.planned_on, mailing.sent_on,
    )
