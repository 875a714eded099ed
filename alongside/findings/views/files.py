"""The profile as files. Each one is recorded: who took it, of which cycle; never what is in it.

What is for outside is handed only to whoever asked for it, after somebody else approved.
"""

import json
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, get_language_bidi

from alongside.access.api import Permission, needs
from alongside.audit.api import record
from alongside.findings import exports, reads
from alongside.findings.models import Release
from alongside.findings.payload import ReleasedProfile
from alongside.findings.profile import profile_card
from alongside.listening.api import Cycle, cycles_of
from alongside.ui.api import PdfNotPossible, make_pdf

from .profile import asked_audience


def _allowed(view: Callable) -> Callable:
    """Hands the view the cycle and its figures; what is for outside needs an approved request first."""

    @wraps(view)
    def handed(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
        cycle = get_object_or_404(cycles_of(request.actor), pk=cycle_id)
        audience = asked_audience(request)
        found = reads.profile_in(request.actor, cycle, audience)
        if found is None:
            raise Http404
        if audience == Release.OUTSIDE and not reads.may_fetch(request.actor, cycle, timezone.localdate()):
            return redirect("export", cycle.pk)
        return view(request, cycle, found)

    return handed


@needs(Permission.PROFILE_SEE, Permission.PROFILE_OUTSIDE)
@_allowed
def profile_csv(request: HttpRequest, cycle: Cycle, found: ReleasedProfile) -> HttpResponse:
    """Every figure of the profile, of the whole organization and of each unit."""
    return _file(request, cycle, exports.to_csv(reads.all_units(found)), "csv", "text/csv; charset=utf-8")


@needs(Permission.PROFILE_SEE, Permission.PROFILE_OUTSIDE)
@_allowed
def profile_json(request: HttpRequest, cycle: Cycle, found: ReleasedProfile) -> HttpResponse:
    """The same for programs, with what each key means."""
    text = json.dumps(exports.to_plain(reads.all_units(found)), ensure_ascii=False, indent=1)
    return _file(request, cycle, text.encode(), "json", "application/json")


@needs(Permission.PROFILE_SEE, Permission.PROFILE_OUTSIDE)
@_allowed
def profile_pdf(request: HttpRequest, cycle: Cycle, found: ReleasedProfile) -> HttpResponse:
    """All domains and practices on paper."""
    language = get_language() or "en"
    card = profile_card(found, language, unit=request.GET.get("unit", ""), rtl=get_language_bidi())
    if card is None:
        raise Http404
    direction = "rtl" if get_language_bidi() else "ltr"
    html = render_to_string(
        "findings/profile_pdf.html", {"profile": card, "language": language, "direction": direction})
    try:
        made = make_pdf(html)
    except PdfNotPossible as problem:
        facts = {"problem": str(problem), "cycle_id": cycle.pk}
        return render(request, "findings/no_pdf.html", facts, status=503)
    return _file(request, cycle, made, "pdf", "application/pdf")


def _file(request: HttpRequest, cycle: Cycle, content: bytes, kind: str, content_type: str) -> HttpResponse:
    record(request.actor, f"profile.exported.{asked_audience(request)}", cycle)
    return HttpResponse(content, content_type=content_type, headers={
        "Content-Disposition": f'attachment; filename="profile.{kind}"'})
