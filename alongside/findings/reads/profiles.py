"""The profile as cards or plain data, for the pages of this and other rooms."""

from typing import Any

from django.utils.translation import get_language, get_language_bidi

from alongside.access.api import Actor, Permission
from alongside.findings import exports
from alongside.findings.cards import ProfileCard
from alongside.findings.models import Release
from alongside.findings.payload import ReleasedProfile
from alongside.findings.profile import profile_card
from alongside.listening.api import Cycle

from .releases import audience_of, profile_for_system, profile_in


class NotReleasedYet(LookupError):
    """The cycle's results were not released, so there is no profile."""


def profile_of(actor: Actor, cycle: Cycle, *, unit: str = "", audience: str = "") -> ProfileCard | None:
    """The profile this actor may see, in the language of the screen.

    `unit` is a unit's id ("" for the whole organization), `audience` "inside" or "outside" ("" for what the
    actor sees by their role). None before the release, where the actor may not see it, and for a unit that
    was not asked.
    """
    found = profile_in(actor, cycle, audience or audience_of(actor))
    return _card(found, unit) if found else None


def all_units(found: ReleasedProfile) -> list[ProfileCard]:
    """The whole organization's profile, then each unit's, in the language of the screen."""
    return [card for unit in ("", *(id for id, _ in found.content.units)) if (card := _card(found, unit))]


def profile_plain(actor: Actor | None, cycle: Cycle, audience: str = Release.INSIDE) -> dict[str, Any]:
    """The profile of all units as JSON-ready data; `exports.KEYS` says what each key means.

    `actor` None is the command line: somebody who keeps the server's files anyway. Raises `NotReleasedYet`,
    also for an actor who may not see that audience.
    """
    if actor is not None and not actor.may(Permission.PROFILE_SEE):
        actor.must(Permission.PROFILE_OUTSIDE, cycle)
    found = profile_in(actor, cycle, audience) if actor else profile_for_system(cycle, audience)
    if found is None:
        raise NotReleasedYet("the results of this cycle were not released to this audience")
    return exports.to_plain(all_units(found))


def _card(found: ReleasedProfile, unit: str) -> ProfileCard | None:
    return profile_card(found, get_language() or "en", unit=unit, rtl=get_language_bidi())
