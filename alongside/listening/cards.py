"""What the pages of this room are given: frozen cards, never models. No card holds a count of answers."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission
from alongside.organizations.api import Organization, contacts_of, organization_of

from . import reads, rules, words
from .models import Cycle, Entry, Round, Voice


@dataclass(frozen=True)
class Labeled:
    """Something chosen from a list: its name in code and its label on the screen."""

    key: str
    label: str


@dataclass(frozen=True)
class CycleCard:
    """A cycle in a list and at the head of its page. `waiting` is days since people were asked, or None."""

    id: UUID
    name: str
    state: str
    state_label: str
    opens_on: date
    closes_on: date
    reply_due: date
    voices: tuple[Labeled, ...]
    holes: tuple[str, ...]
    waiting: int | None
    repeats: str


@dataclass(frozen=True)
class RoundCard:
    """A round as staff see it. `people` is the number planned to be asked; nobody counts who answered."""

    id: UUID
    cycle_id: UUID
    voice: str
    voice_label: str
    unit: str
    state: str
    state_label: str
    entry: str
    entry_label: str
    people: int
    minutes: int | None
    all_minutes: int | None
    few: bool
    has_codes: bool
    opened_on: date | None
    closed_on: date | None


@dataclass(frozen=True)
class Step:
    """One thing on the way through a cycle."""

    text: str
    done: bool
    href: str = ""
    link: str = ""


@dataclass(frozen=True)
class Waiting:
    """An earlier cycle whose people have not heard back, and for how many days."""

    id: UUID
    name: str
    days: int


@dataclass(frozen=True)
class Burden:
    """What a voice is asked to give: people, and minutes each and together."""

    voice: str
    voice_label: str
    items: int
    minutes: int
    people: int

    @property
    def all_minutes(self) -> int:
        return self.people * self.minutes


def cycle_card(cycle: Cycle, today: date) -> CycleCard:
    """The card of a cycle that `reads.cycles_of` gave."""
    rounds = list(cycle.rounds.all())
    asked = {one.voice for one in rounds}
    state = rules.cycle_state(
        [one.state for one in rounds], proposed=cycle.follows_id is not None,
        released=cycle.released_on is not None, finished=cycle.finished_on is not None,
    )
    return CycleCard(
        id=cycle.pk,
        name=cycle.name,
        state=state,
        state_label=words.cycle_label(state),
        opens_on=cycle.opens_on,
        closes_on=cycle.closes_on,
        reply_due=cycle.reply_due,
        voices=tuple(Labeled(voice, words.voice_label(voice)) for voice in Voice.values if voice in asked),
        holes=tuple(words.voice_label(voice) for voice in Voice.values if voice not in asked),
        waiting=reads.days_since_asked(cycle, today),
        repeats=repeats_label(cycle.every_months),
    )


def repeats_label(every_months: int | None) -> str:
    """How often a cycle is asked again."""
    return {None: _("Once"), 6: _("Every 6 months"), 12: _("Every 12 months")}.get(every_months, "")


def round_cards(actor: Actor, cycle: Cycle) -> list[RoundCard]:
    """The cards of a cycle's rounds, in order. Five queries, however many rounds there are."""
    organization = organization_of(actor)
    minutes, coded = reads.minutes_by_voice(cycle, organization), reads.rounds_with_codes(cycle)
    return [
        round_card(one, organization, _minutes(one, minutes.get(one.voice)), has_codes=one.pk in coded)
        for one in reads.rounds_in(actor, cycle)
    ]


def round_card(
    round_: Round, organization: Organization, minutes: int | None, *, has_codes: bool
) -> RoundCard:
    """The card of one round."""
    return RoundCard(
        id=round_.pk,
        cycle_id=round_.cycle_id,
        voice=round_.voice,
        voice_label=words.voice_label(round_.voice),
        unit=round_.unit.name if round_.unit else "",
        state=round_.state,
        state_label=words.state_label(round_.state),
        entry=round_.entry,
        entry_label=words.entry_label(round_.entry),
        people=round_.people,
        minutes=minutes,
        all_minutes=None if minutes is None else minutes * round_.people,
        few=0 < round_.people < organization.k_scores,
        has_codes=has_codes,
        opened_on=round_.opened_on,
        closed_on=round_.closed_on,
    )


def one_round_card(actor: Actor, round_: Round) -> RoundCard:
    """The card of a round on its own page."""
    organization = organization_of(actor)
    minutes = reads.minutes_by_voice(round_.cycle, organization).get(round_.voice)
    return round_card(round_, organization, _minutes(round_, minutes), has_codes=reads.has_codes(round_))


def _minutes(round_: Round, planned: int | None) -> int | None:
    return round_.frozen["instrument"]["minutes"] if round_.frozen else planned


def waiting_cards(actor: Actor, today: date, *, than: Cycle | None = None) -> list[Waiting]:
    """Earlier cycles without a reply, the longest wait first. None for a finished cycle: its time to wait is over."""
    if than is not None and than.finished_on is not None:
        return []
    found = reads.earlier_without_reply(actor, than=than)
    return [Waiting(one.pk, one.name, reads.days_since_asked(one, today) or 0) for one in found]


def burdens(plan: rules.Plan, organization: Organization) -> list[Burden]:
    """What a plan asks of each voice, for all its units together."""
    draft = Cycle(framework_key=plan.framework_key, form=plan.form)
    times = max(len(plan.unit_ids), 1)
    found = []
    for ask in plan.asks:
        asked = reads.instrument_for(draft, ask.voice, organization)
        label = words.voice_label(ask.voice)
        found.append(Burden(ask.voice, label, len(asked.items), asked.minutes, ask.people * times))
    return found


def onward(actor: Actor, cycle: CycleCard) -> list[Labeled]:
    """The pages that this actor may go on to once results are released: `key` is the address."""
    if cycle.state not in ("released", "finished"):
        return []
    offered = (
        ("profile", Permission.PROFILE_SEE, _("Read the profile")),
        ("comments/", Permission.COMMENTS_SEE, _("What people wrote")),
        ("findings/", Permission.CHANGES_EDIT, _("Findings and decisions")),
        ("reply/", Permission.CHANGES_EDIT, _("The reply")),
        ("mail/", Permission.MAIL_SEND, _("Send it by e-mail")),
    )
    return [Labeled(f"/cycles/{cycle.id}/{page}", label) for page, needed, label in offered if actor.may(needed)]


def steps(actor: Actor, cycle: CycleCard, rounds: list[RoundCard]) -> list[Step]:
    """What was done in a cycle and what is left to do, in order."""
    return [_contacts_step(actor), *_round_steps(cycle, rounds), *_end_steps(cycle, rounds)]


def _contacts_step(actor: Actor) -> Step:
    done = contacts_of(actor).exists()
    return Step(_("Name who supports people in distress"), done, "" if done else "/organization/",
                _("Add a support contact"))


def _round_steps(cycle: CycleCard, rounds: list[RoundCard]) -> list[Step]:
    base = f"/cycles/{cycle.id}/"
    opened = [one.state != "planned" for one in rounds]
    sheets = [one for one in rounds if one.entry == Entry.CODES and one.state != "closed"]
    found = [
        Step(
            _("Read the questions as each voice will see them"),
            any(opened),
            f"{base}questions/{_first(rounds)}",
            _("Read the questions"),
        ),
        Step(_("Open each round"), all(opened), f"{base}#rounds", _("Go to the rounds")),
    ]
    if sheets:
        done = all(one.has_codes for one in sheets)
        found.append(
            Step(_("Print the slips and put them into a bowl"), done, f"{base}#rounds", _("Go to the rounds"))
        )
    return found


def _end_steps(cycle: CycleCard, rounds: list[RoundCard]) -> list[Step]:
    base = f"/cycles/{cycle.id}/"
    closed = bool(rounds) and all(one.state == "closed" for one in rounds)
    released = cycle.state in ("released", "finished")
    return [
        Step(_("Close each round"), closed, f"{base}#rounds", _("Go to the rounds")),
        Step(
            _("Release the results, once"),
            released,
            f"{base}close" if closed else "",
            _("Release the results"),
        ),
        Step(
            _("Tell everyone who was asked what became of it"),
            cycle.state == "finished",
            f"{base}reply/" if released else "",
            _("Write the reply"),
        ),
    ]


def _first(rounds: list[RoundCard]) -> str:
    return rounds[0].voice if rounds else Voice.STAFF
