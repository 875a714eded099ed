"""Releasing the results of a cycle: once, whole, through the gate."""

import logging
from collections import Counter
from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission
from alongside.audit.api import record
from alongside.findings import payload, reads
from alongside.findings.models import Release
from alongside.findings.refusals import CannotRelease, FindingsRefused
from alongside.findings.rules import releasing as rules
from alongside.findings.tally import Asked, only, tally
from alongside.frameworks.api import VOICES, Framework, Instrument
from alongside.listening.api import (
    Cycle,
    ListeningRefused,
    Round,
    RoundState,
    close_round,
    closed_cycles,
    lock_for_release,
    mark_released,
    raw_answers,
    told_as,
)
from alongside.organizations.api import Organization
from alongside.privacy.api import CellKey, Policy, RawCell, Released, people_behind, release

from .opening import open_comments_for_review

log = logging.getLogger(__name__)


@transaction.atomic
def release_cycle(actor: Actor, cycle: Cycle, *, today: date | None = None) -> None:
    """Release the results of a cycle whose rounds are all closed.

    Raises `CannotRelease` while a round could still be answered or opened, `AlreadyReleased` the second time.
    """
    actor.must(Permission.CYCLES_PLAN, cycle)
    _release(actor, cycle, today or timezone.localdate())


@transaction.atomic
def close_cycle(actor: Actor, cycle: Cycle, *, today: date | None = None) -> None:
    """Close every open round of a cycle, leave out those that were never opened, and release the results.

    Raises `CannotRelease` where nobody was asked, and `AlreadyReleased`.
    """
    actor.must(Permission.CYCLES_PLAN, cycle)
    today = today or timezone.localdate()
    for round_ in lock_for_release(cycle):
        if round_.state == RoundState.OPEN:
            close_round(actor, round_, today=today)
    _release(actor, cycle, today, leave_out_planned=True)


def release_ready_cycles(today: date) -> int:
    """Release every cycle whose rounds are all closed; gives how many. For the worker alone."""
    released = 0
    for cycle in list(closed_cycles()):
        try:
            with transaction.atomic():
                _release(Actor(organization_id=cycle.organization_id), cycle, today)
            released += 1
        except (FindingsRefused, ListeningRefused):  # a round still to open, or released by hand a moment ago
            continue
        except Exception:  # one organization's trouble must not keep back the others' results
            log.exception("a cycle that is ready could not be released")
    return released


def _release(actor: Actor, cycle: Cycle, today: date, *, leave_out_planned: bool = False) -> None:
    # One release of an organization at a time: each must know what the one before it told.
    Organization.objects.select_for_update().get(pk=cycle.organization_id)
    rounds = lock_for_release(cycle)
    is_over = leave_out_planned or cycle.closes_on < today
    if not rules.may_release([round_.state for round_ in rounds], is_over=is_over):
        raise CannotRelease(_(
            "People can still answer in this cycle, or nobody was asked. Close its rounds first."))
    closed = [round_ for round_ in rounds if round_.state == RoundState.CLOSED]
    k = _threshold(cycle.organization, closed)
    behind = reads.rounds_behind(cycle, closed, k)
    commented = _release_figures(cycle, rounds, behind, k, today)
    open_comments_for_review(cycle, closed, commented)
    mark_released(cycle, today, reads.done_with(cycle, closed, behind))
    record(actor, "cycle.released", cycle)


def _release_figures(cycle: Cycle, rounds: list[Round], behind: reads.Behind, k: int, today: date) -> Counter:
    """Store what the gate lets out for each audience. Gives how many people of each voice commented."""
    organization, framework = cycle.organization, _framework(cycle)
    closed = [round_ for round_ in rounds if round_.state == RoundState.CLOSED]
    told = [*closed, *(round_ for rounds in behind.values() for round_ in rounds if round_.cycle_id != cycle.pk)]
    instruments = {round_.pk: Instrument.from_plain(round_.frozen["instrument"]) for round_ in told}
    commented: Counter = Counter()
    cells = tally(_asked(cycle, told, instruments, commented))
    asked = payload.prints_of([(round_.voice, instruments[round_.pk]) for round_ in closed])
    units = {str(round_.unit_id): round_.unit.name for round_ in rounds if round_.unit_id}
    holes = _every_key(framework, units) - {cell.key for cell in cells}
    facts = payload.texts_of(framework, organization.words) | {
        "framework_key": framework.key, "form": cycle.form,
        "units": sorted(([id, name] for id, name in units.items()), key=lambda unit: unit[1]),
        "asked": payload.as_one_group(asked) if cycle.together else asked, "together": cycle.together,
        "behind": {voice: payload.waves_of(rounds) for voice, rounds in behind.items()},
        "waiting": [voice for voice, rounds in behind.items() if not rounds and cycle.other_people],
    }
    for audience, figures in _pass_the_gate(cycle, cells, holes, k).items():
        about = payload.about(cycle.organization_id, cycle.pk, audience)
        Release.objects.create(
            organization_id=cycle.organization_id, cycle=cycle, audience=audience, released_on=today,
            payload=payload.write(figures, about, facts), memory=payload.remember(people_behind(cells)),
        )
    return commented


def _pass_the_gate(cycle: Cycle, cells: list[RawCell], holes: set[CellKey], k: int) -> dict[str, Released]:
    """What each audience is shown: beside all that it was shown before, and the outside within the inside."""
    inside = release(
        cells, holes, Policy(k_scores=k), earlier=reads.figures_before(cycle, Release.INSIDE))
    outside = release(
        cells, holes, Policy(k_scores=rules.outside_threshold(k)), within=inside,
        earlier=reads.figures_before(cycle, Release.OUTSIDE))
    return {Release.INSIDE: inside, Release.OUTSIDE: outside}


def _framework(cycle: Cycle) -> Framework:
    found = reads.framework_of(cycle)
    if found is None:
        raise CannotRelease(_("The framework of this cycle is not here any more. Put it back, then release."))
    return found


def _threshold(organization: Organization, closed: list[Round]) -> int:
    promised = [round_.frozen["promise"]["k_scores"] for round_ in closed]
    return rules.inside_threshold(organization.k_scores, promised)


def _asked(cycle: Cycle, told: list[Round], instruments: dict, commented: Counter) -> Iterator[Asked]:
    """The answers of each round, one in memory at a time; adds up who commented in this cycle by voice on the way."""
    as_one = [instruments[round_.pk] for round_ in told if told_as(round_.voice, together=cycle.together) == "staff"]
    shared = set.intersection(*({item.id for item in one.items} for one in as_one)) if as_one else set()
    for round_ in told:
        answers = raw_answers(round_)
        voice = told_as(round_.voice, together=cycle.together)
        if round_.cycle_id == cycle.pk:
            commented[round_.voice] += answers.commented
        pages = instruments[round_.pk].pages
        items = tuple((page.domain_id, item.id) for page in pages for item in page.items)
        unit = str(round_.unit_id) if round_.unit_id else None
        asked = Asked(voice, unit, items, answers.people, answers.block)
        yield only(asked, shared) if cycle.together and voice == "staff" else asked


def _every_key(framework: Framework, units: dict[str, str]) -> set[CellKey]:
    """All that could have been asked: what was not is a hole."""
    places = [(domain.id, practice) for domain in framework.domains
              for practice in (None, *(one.id for one in domain.practices))]
    return {CellKey(voice, unit, domain, practice)
            for voice in VOICES for unit in (None, *units) for domain, practice in places}
