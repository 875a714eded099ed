"""Looking at where the loop stands: the home page."""

from dataclasses import dataclass
from datetime import date

from alongside.access.api import Actor, Permission
from alongside.listening.api import Cycle, RoundState, cycles_of
from alongside.organizations.api import contacts_of, needs_checking

from ..models import ActionState, Reply
from ..rules.loop import (
    PLACE_OF,
    LoopState,
    Place,
    Step,
    days_waiting,
    is_due_soon,
    is_overdue,
    may_close,
    next_step,
    waits_too_long,
)
from ..rules.replying import gaps
from .deciding import actions_of, findings_of
from .replying import draft_of, reply_of


@dataclass(frozen=True)
class Facts:
    """Dates and short facts under the places of the loop; None or 0 where there is nothing to say yet."""

    opens_on: date | None = None
    asked_on: date | None = None
    closes_on: date | None = None
    closed_on: date | None = None
    released_on: date | None = None
    findings: int = 0
    decided: int = 0
    reply_due: date | None = None
    published_on: date | None = None
    finished_on: date | None = None


@dataclass(frozen=True)
class PlaceCard:
    """One place on the drawn path. `x` is its middle, where the path is 1000 wide and has five columns."""

    key: Place
    x: int
    here: bool
    done: bool


@dataclass(frozen=True)
class Tiles:
    """The quiet tiles. None means that this tile is not for this person."""

    waiting_days: int | None
    waiting_too_long: bool
    actions_due: int | None = None
    actions_overdue: int | None = None
    contacts: int | None = None
    contacts_to_check: int | None = None


@dataclass(frozen=True)
class LoopCard:
    """The home page of people who see cycles."""

    cycle_id: object
    cycle_name: str
    step: Step
    places: tuple[PlaceCard, ...]
    facts: Facts
    tiles: Tiles
    waiting: tuple[str, ...]
    missing_languages: tuple[str, ...]

    @property
    def undecided(self) -> int:
        return self.facts.findings - self.facts.decided


@dataclass(frozen=True)
class ReleasedCycle:
    """One cycle whose figures were released, for people who only read."""

    id: object
    name: str
    released_on: date


def loop_of(actor: Actor, today: date) -> LoopCard:
    """The loop of the cycle that needs somebody most, with its one next step."""
    cycle = _current(actor)
    if cycle is None:
        step = next_step(LoopState())
        return LoopCard(None, "", step, _places(step), Facts(), _tiles(actor, None, Facts(), today), (), ())
    facts, waiting = _facts(actor, cycle)
    missing = _missing_languages(actor, cycle) if _is_decided(facts) else ()
    rounds = list(cycle.rounds.all())
    step = next_step(LoopState(
        has_cycle=True, opened=any(r.state != RoundState.PLANNED for r in rounds),
        may_close=may_close(
            closes_on=cycle.closes_on, today=today,
            open_rounds=sum(r.state == RoundState.OPEN for r in rounds),
            closed_rounds=sum(r.state == RoundState.CLOSED for r in rounds),
        ),
        released=cycle.released_on is not None, findings=facts.findings, decided=facts.decided,
        languages_missing=len(missing), published=facts.published_on is not None,
        finished=cycle.finished_on is not None,
    ))
    return LoopCard(
        cycle.pk, cycle.name, step, _places(step), facts, _tiles(actor, cycle, facts, today), waiting,
        missing,
    )


def released_of(actor: Actor) -> tuple[ReleasedCycle, ...]:
    """The released cycles of this actor's organization, newest first."""
    released = cycles_of(actor).filter(released_on__isnull=False)
    return tuple(ReleasedCycle(cycle.pk, cycle.name, cycle.released_on) for cycle in released)


def _current(actor: Actor) -> Cycle | None:
    """The oldest cycle that is not finished: whoever waits longest comes first. Else the newest one."""
    cycles = cycles_of(actor).select_related("organization")
    oldest = cycles.filter(finished_on__isnull=True).order_by("opens_on", "id").first()
    return oldest or cycles.first()


def _facts(actor: Actor, cycle: Cycle) -> tuple[Facts, tuple[str, ...]]:
    """The facts, and what the undecided findings say. Pages show both to people who may see changes."""
    rounds = list(cycle.rounds.all())
    closed = [r.closed_on for r in rounds if r.closed_on]
    everything_closed = bool(closed) and not any(r.state == RoundState.OPEN for r in rounds)
    found = list(findings_of(actor, cycle))
    undecided = tuple(finding.says for finding in found if not hasattr(finding, "decision"))
    reply: Reply | None = reply_of(actor, cycle)
    return Facts(
        opens_on=cycle.opens_on, asked_on=cycle.asked_on, closes_on=cycle.closes_on,
        closed_on=max(closed) if everything_closed else None, released_on=cycle.released_on,
        findings=len(found), decided=len(found) - len(undecided), reply_due=cycle.reply_due,
        published_on=reply.published_on if reply else None, finished_on=cycle.finished_on,
    ), undecided


def _is_decided(facts: Facts) -> bool:
    return facts.findings > 0 and facts.findings == facts.decided and facts.published_on is None


def _missing_languages(actor: Actor, cycle: Cycle) -> tuple[str, ...]:
    return tuple(gap.language for gap in gaps(draft_of(actor, cycle)))


def _places(step: Step) -> tuple[PlaceCard, ...]:
    order, here = list(Place), PLACE_OF[step]
    all_done = step is Step.AGAIN
    return tuple(
        PlaceCard(place, 100 + 200 * number, place is here, all_done or number < order.index(here))
        for number, place in enumerate(order))


def _tiles(actor: Actor, cycle: Cycle | None, facts: Facts, today: date) -> Tiles:
    days = days_waiting(facts.asked_on, facts.published_on, today)
    too_long = cycle is not None and waits_too_long(days, cycle.reply_due, today)
    return Tiles(days, too_long, **_action_tiles(actor, today), **_contact_tiles(actor, today))


def _action_tiles(actor: Actor, today: date) -> dict[str, int]:
    if not actor.may(Permission.CHANGES_SEE):
        return {}
    dues = list(actions_of(actor).filter(state=ActionState.PROMISED).values_list("due", flat=True))
    return {"actions_due": sum(is_due_soon(due, today) for due in dues),
            "actions_overdue": sum(is_overdue(due, today) for due in dues)}


def _contact_tiles(actor: Actor, today: date) -> dict[str, int]:
    if not actor.may(Permission.ORGANIZATION_EDIT):
        return {}
    checked = list(contacts_of(actor).values_list("last_checked", flat=True))
    return {"contacts": len(checked), "contacts_to_check": sum(needs_checking(d, today) for d in checked)}
