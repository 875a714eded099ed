"""The attacker of the privacy room, let loose on what was really released: on all a reader could see, and no more."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from alongside.access.api import Actor
from alongside.findings.models import Release
from alongside.findings.payload import Content
from alongside.frameworks.api import VOICES
from alongside.listening.api import Cycle, RoundState, rounds_in, told_as
from alongside.privacy.api import attacker

from .releases import read_release

LANGUAGE = "en"


@dataclass(frozen=True)
class GivenAway:
    """Somebody who could be singled out: where, never by which number. `unit` and `practice` may be empty.

    `how`: see `alongside.privacy.attacker.attack.Found`.
    """

    organization: str
    cycle: str
    audience: str
    voice: str
    unit: str
    area: str
    practice: str
    how: str


def released_cycles(organization_id: UUID | None = None) -> list[Cycle]:
    """Every cycle with a release: of one organization, or of all. For the command line alone."""
    found = Release.objects.filter(audience=Release.INSIDE).select_related("cycle__organization")
    if organization_id is not None:
        found = found.filter(organization_id=organization_id)
    return [one.cycle for one in found.order_by("organization_id", "released_on", "pk")]


def given_away_in(cycle: Cycle, tell: Callable[[str], None]) -> Iterator[GivenAway]:
    """Who can be singled out by what was released of this cycle: by readers inside, and outside.

    `tell` is told the audience before each attack. Raises `NotFromTheGate` where stored figures were changed.
    """
    releases = {one.audience: read_release(one).content
                for one in Release.objects.filter(cycle=cycle).select_related("cycle")}
    inside, outside = (releases[audience] for audience in (Release.INSIDE, Release.OUTSIDE))
    known = attacker.Known(placed=_by_units_alone(cycle))
    for audience, seen in ((Release.INSIDE, (inside, outside)), (Release.OUTSIDE, (outside,))):
        tell(audience)
        tried = attacker.attack_cycle(attacker.Cycle(tuple(one.figures for one in seen), known))
        for found in tried.found:
            yield _named(cycle, audience, inside, found)


def _by_units_alone(cycle: Cycle) -> frozenset[str]:
    """The voices who were asked by unit and in no other way: the units are then known to add up to the whole."""
    rounds = rounds_in(Actor(organization_id=cycle.organization_id), cycle)
    closed = [one for one in rounds if one.state == RoundState.CLOSED]
    return frozenset(VOICES) - {told_as(one.voice, together=cycle.together) for one in closed if one.unit_id is None}


def _named(cycle: Cycle, audience: str, content: Content, found: attacker.Found) -> GivenAway:
    area = next(one for one in content.domains if one.id == found.key.domain)
    practice = next((one for one in area.practices if one.id == found.key.practice), None)
    return GivenAway(
        organization=cycle.organization.name, cycle=cycle.name, audience=audience, voice=found.key.voice,
        unit=dict(content.units).get(found.key.unit or "", ""), area=area.title.in_(LANGUAGE),
        practice=practice.title.in_(LANGUAGE) if practice else "", how=found.how,
    )
