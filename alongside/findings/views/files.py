"""The profile as files. Each one is recorded: who took it, of which cycle; never what is in it."""

import json
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi

from alongside.access.api import Permission, needs
from alongside.audit.api import record
from alongside.findings import exports, reads
from alongside.findings.payload import ReleasedProfile
from alongside.findings.profile import profile_card
from alongside.listening.api import Cycle, cycles_of
from alongside.ui.api import PdfNotPossible, make_pdf

from .profile import asked_audience


@needs(Permission.PROFILE_SEE, Permission.PROFILE_OUTSIDE)
def profile_csv(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Every figure of the profile, of the whole organization and of each unit."""
    cycle, found = _found(request, cycle_id)
    return _file(request, cycle, exports.to_csv(reads.all_units(found)), "csv", "text/csv; charset=utf-8")


@needs(Permission.PROFILE_SEE, Permission.PROFILE_OUTSIDE)
def profile_json(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """The same for programs, with what each key means."""
    cycle, found = _found(request, cycle_id)
    text = json.dumps(exports.to_plain(reads.all_units(found)), ensure_ascii=False, indent=1)
    return _file(request, cycle, text.encode(), "json", "application/json")


@needs(Permission.PROFILE_SEE, Permission.PROFILE_OUTSIDE)
def profile_pdf(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """All domains and practices on paper."""
    cycle, found = _found(request, cycle_id)
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


def _found(request: HttpRequest, cycle_id: UUID) -> tuple[Cycle, ReleasedProfile]:
    cycle = get_object_or_404(cycles_of(request.actor), pk=cycle_id)
    found = reads.profile_in(request.actor, cycle, asked_audience(request))
    if found is None:
        raise Http404
    return cycle, found


def _file(request: HttpRequest, cycle: Cycle, content: bytes, kind: str, content_type: str) -> HttpResponse:
    record(request.actor, f"profile.exported.{asked_audience(request)}", cycle)
    return HttpResponse(content, content_type=content_type, headers={
        "Content-Disposition": f'attachment; filename="profile.{kind}"'})
