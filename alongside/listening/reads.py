"""Looking at cycles and rounds. Nothing here counts an answer, a spent code or a comment."""

from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import Min, Prefetch, Q, QuerySet

from alongside.access.api import Actor
from alongside.frameworks.api import Framework, FrameworkRefused, FrameworkUnknown, Instrument, available
from alongside.frameworks.api import framework as framework_at
from alongside.frameworks.api import instrument as instrument_of
from alongside.organizations.api import Organization

from .models import Code, Cycle, Entry, Round, RoundState, Voice

VOICE_ORDER = {voice: place for place, voice in enumerate(Voice.values)}


def extra_frameworks() -> Path:
    """Where an installation keeps frameworks of its own."""
    return Path(settings.DATA_DIR) / "frameworks"


def frameworks() -> tuple[Framework, ...]:
    """The frameworks that a cycle can use."""
    return available(extra_frameworks())


def cycles_of(actor: Actor) -> QuerySet[Cycle]:
    """Every cycle of this actor's organization, newest first, with its rounds and `asked_on` (date or None).
    """
    rounds = Round.objects.select_related("unit")
    return (
        Cycle.objects.filter(organization_id=actor.organization_id)
        .annotate(asked_on=Min("rounds__opened_on")).prefetch_related(Prefetch("rounds", rounds))
        .order_by("-opens_on", "id")  # said again: grouping drops the order of the model
    )


def rounds_of(actor: Actor) -> QuerySet[Round]:
    """Every round of this actor's organization."""
    return Round.objects.filter(organization_id=actor.organization_id).select_related("cycle", "unit")


def rounds_in(actor: Actor, cycle: Cycle) -> list[Round]:
    """The rounds of a cycle: by unit (the whole organization first), then staff, consultants, clients."""
    return in_order(rounds_of(actor).filter(cycle=cycle))


def in_order(rounds) -> list[Round]:
    """Rounds by unit (the whole organization first), then in the order of the voices."""
    return sorted(rounds, key=lambda one: (one.unit.name if one.unit else "", VOICE_ORDER[one.voice]))


def earlier_without_reply(actor: Actor, *, than: Cycle | None = None) -> list[Cycle]:
    """Cycles that asked people and have not answered them; the longest wait first.

    With `than`, those that asked before it did; where it has asked nobody yet, all of the others.
    """
    waiting = cycles_of(actor).filter(finished_on__isnull=True, asked_on__isnull=False)
    if than is not None:
        asked_on = _asked_on(than)
        waiting = waiting.filter(asked_on__lt=asked_on) if asked_on else waiting.exclude(pk=than.pk)
    return list(waiting.order_by("asked_on"))


def days_since_asked(cycle: Cycle, today: date) -> int | None:
    """Days since the first round of `cycle` opened; None where nobody was asked or the reply is out."""
    if cycle.finished_on is not None:
        return None
    asked_on = _asked_on(cycle)
    return (today - asked_on).days if asked_on else None


def _asked_on(cycle: Cycle) -> date | None:
    if hasattr(cycle, "asked_on"):
        return cycle.asked_on
    return Round.objects.filter(cycle=cycle).aggregate(first=Min("opened_on"))["first"]


def instrument_for(cycle: Cycle, voice: str, organization: Organization) -> Instrument:
    """What a voice would be asked if its round opened now. Raises `FrameworkUnknown` or `FrameworkRefused`.
    """
    found = framework_at(cycle.framework_key, extra_frameworks())
    return instrument_of(found, voice, cycle.form, organization.words)


def instrument_in(round_: Round, organization: Organization) -> Instrument:
    """What a round asks: as it was frozen at opening, or as it would be frozen now."""
    if round_.frozen:
        return Instrument.from_plain(round_.frozen["instrument"])
    return instrument_for(round_.cycle, round_.voice, organization)


def minutes_by_voice(cycle: Cycle, organization: Organization) -> dict[str, int]:
    """Minutes that the questions take each voice; empty where the framework is gone."""
    try:
        return {voice: instrument_for(cycle, voice, organization).minutes for voice in Voice.values}
    except (FrameworkUnknown, FrameworkRefused):
        return {}


def has_codes(round_: Round) -> bool:
    """Whether slips were made for a round by codes. Stays as it is when codes are spent: it tells nothing."""
    return round_.entry == Entry.CODES and Code.objects.filter(round=round_).exists()


def rounds_with_codes(cycle: Cycle) -> set[UUID]:
    """Ids of the rounds of a cycle for which slips were made."""
    made = Code.objects.filter(round__cycle=cycle, round__entry=Entry.CODES)
    return set(made.values_list("round_id", flat=True).distinct())


def due_rounds(today: date) -> QuerySet[Round]:
    """Open rounds, of every organization, whose promised last day is over. For the worker alone."""
    return Round.objects.filter(state=RoundState.OPEN, cycle__closes_on__lt=today).select_related("cycle")


def cycles_to_repeat() -> QuerySet[Cycle]:
    """Cycles, of every organization, that asked people, repeat, and have no successor yet. For the worker
    alone.
    """
    asked = Cycle.objects.filter(every_months__isnull=False).annotate(asked_on=Min("rounds__opened_on"))
    repeated = Cycle.objects.filter(follows__isnull=False).values("follows")
    return asked.filter(~Q(pk__in=repeated), asked_on__isnull=False).prefetch_related("rounds")
