"""Looking at what was released, from the store alone."""

from collections.abc import Sequence

from django.db.models import QuerySet

from alongside.access.api import Actor, Permission
from alongside.findings import payload
from alongside.findings.models import Release
from alongside.findings.payload import ReleasedProfile
from alongside.frameworks.api import Framework, FrameworkRefused, FrameworkUnknown
from alongside.frameworks.api import framework as framework_at
from alongside.listening.api import Cycle, extra_frameworks
from alongside.privacy.api import Earlier

EARLIER_SHOWN = 4


def framework_of(cycle: Cycle) -> Framework | None:
    """The framework of a cycle; None where its files are gone or broken."""
    try:
        return framework_at(cycle.framework_key, extra_frameworks())
    except (FrameworkUnknown, FrameworkRefused):
        return None


def audience_of(actor: Actor) -> str:
    """What this actor is shown: readers get what was released for outside, and never the inside."""
    return Release.INSIDE if actor.may(Permission.PROFILE_SEE) else Release.OUTSIDE


def releases_of(actor: Actor) -> QuerySet[Release]:
    """The releases of this actor's organization that the actor may see."""
    mine = Release.objects.filter(organization_id=actor.organization_id).select_related("cycle")
    if actor.may(Permission.PROFILE_SEE):
        return mine
    return mine.filter(audience=Release.OUTSIDE) if actor.may(Permission.PROFILE_OUTSIDE) else mine.none()


def profile_in(actor: Actor, cycle: Cycle, audience: str) -> ReleasedProfile | None:
    """What was released of a cycle to an audience; None before, and where the actor may not see it."""
    found = releases_of(actor).filter(cycle=cycle, audience=audience).first()
    return read_release(found) if found else None


def profile_for_system(cycle: Cycle, audience: str) -> ReleasedProfile | None:
    """The same for the command line, where somebody keeps the server's files anyway."""
    found = Release.objects.filter(cycle=cycle, audience=audience).select_related("cycle").first()
    return read_release(found) if found else None


def earlier_profiles(actor: Actor, cycle: Cycle, now: ReleasedProfile) -> Sequence[ReleasedProfile]:
    """The last releases before this one to the same audience and of the same framework, oldest first."""
    framework = now.content.framework_id
    before = releases_of(actor).filter(
        audience=now.audience, cycle__opens_on__lt=cycle.opens_on,
        cycle__framework_key__startswith=f"{framework}/")
    newest_first = before.order_by("-cycle__opens_on", "-released_on")[:EARLIER_SHOWN]
    return [read_release(one) for one in reversed(newest_first)]


def figures_before(cycle: Cycle, audience: str) -> tuple[Earlier, ...]:
    """All that was shown before of the same framework, oldest first, to `audience` and inside. For the gate alone.

    Each comes with the number of people behind its figures, which nobody is shown.
    """
    framework = cycle.framework_key.rpartition("/")[0]
    before = Release.objects.select_related("cycle").exclude(cycle=cycle).filter(
        organization_id=cycle.organization_id, audience__in={audience, Release.INSIDE},
        cycle__framework_key__startswith=f"{framework}/")
    return tuple(
        Earlier(read_release(one).content.figures, payload.recall(one.memory), same_readers=one.audience == audience)
        for one in before.order_by("released_on", "cycle__opens_on", "pk"))


def read_release(release: Release) -> ReleasedProfile:
    """A stored release as cards can be made of it. Raises `NotFromTheGate` where its figures were changed."""
    about = payload.about(release.organization_id, release.cycle_id, release.audience)
    return ReleasedProfile(
        cycle_name=release.cycle.name, audience=release.audience, released_on=release.released_on,
        content=payload.read(release.payload, about),
    )
