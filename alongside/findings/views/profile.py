"""The profile of a cycle, and one domain of it. Made of the stored release alone."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi

from alongside.access.api import Permission, needs
from alongside.findings import reads
from alongside.findings.models import Release
from alongside.findings.payload import ReleasedProfile
from alongside.findings.profile import profile_card
from alongside.findings.trends import trends_of
from alongside.listening.api import Cycle, cycles_of


def asked_audience(request: HttpRequest) -> str:
    """Whom the figures are for: those who may see the inside can also look at what others are shown."""
    return Release.OUTSIDE if request.GET.get("for") == Release.OUTSIDE else reads.audience_of(request.actor)


@needs(Permission.PROFILE_SEE, Permission.PROFILE_OUTSIDE)
def profile(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """All domains as the three voices see them; before the release, why there is nothing yet."""
    cycle = get_object_or_404(cycles_of(request.actor), pk=cycle_id)
    found = reads.profile_in(request.actor, cycle, asked_audience(request))
    if found is None:
        return render(request, "findings/not_yet.html", {
            "name": cycle.name, "cycle_id": cycle.pk, "may_close": request.actor.may(Permission.CYCLES_PLAN)})
    return render(request, "findings/profile.html", _context(request, cycle, found))


@needs(Permission.PROFILE_SEE, Permission.PROFILE_OUTSIDE)
def domain(request: HttpRequest, cycle_id: UUID, domain_id: str) -> HttpResponse:
    """The practices of one domain, with what came before."""
    cycle = get_object_or_404(cycles_of(request.actor), pk=cycle_id)
    found = reads.profile_in(request.actor, cycle, asked_audience(request))
    if found is None:
        raise Http404
    context = _context(request, cycle, found)
    shown = context["profile"].domain(domain_id)
    if shown is None:
        raise Http404
    trends = trends_of(
        [*reads.earlier_profiles(request.actor, cycle, found), found], domain_id, get_language() or "en",
        unit=context["profile"].unit, rtl=get_language_bidi(),
    )
    return render(request, "findings/domain.html", context | {"domain": shown, "trends": trends})


def _context(request: HttpRequest, cycle: Cycle, found: ReleasedProfile) -> dict:
    unit = request.GET.get("unit", "")
    card = profile_card(found, get_language() or "en", unit=unit, rtl=get_language_bidi())
    if card is None:
        raise Http404
    may = request.actor.may
    asked = ([f"unit={card.unit}"] if card.unit else []) + (
        ["for=outside"] if found.audience == Release.OUTSIDE and may(Permission.PROFILE_SEE) else [])
    return {
        "profile": card, "cycle_id": cycle.pk, "query": "?" + "&".join(asked) if asked else "",
        "is_finished": cycle.finished_on is not None,
        "may_fetch": found.audience == Release.INSIDE or reads.may_fetch(
            request.actor, cycle, timezone.localdate()),
        "sees_inside": may(Permission.PROFILE_SEE), "may_edit": may(Permission.CHANGES_EDIT),
        "may_see_comments": may(Permission.COMMENTS_SEE), "may_see_cycle": may(Permission.CYCLES_SEE),
    }
