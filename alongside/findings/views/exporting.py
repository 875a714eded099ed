"""Asking to take the outside profile out of the organization, and deciding about somebody else's request."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs
from alongside.findings import reads, writes
from alongside.findings.forms import ExportForm, RefusalForm
from alongside.findings.models import OutsideExport, Release
from alongside.findings.refusals import AlreadyDecided, NotYours
from alongside.findings.rules import exporting as rules
from alongside.listening.api import Cycle, cycles_of


@needs(Permission.PROFILE_SEE, Permission.PROFILE_OUTSIDE, again=True)
def ask(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Say for whom and why; later, where the request stands, and the files."""
    cycle = _released(request, cycle_id)
    alone = not request.others_may(Permission.EXPORTS_APPROVE)
    form = ExportForm(request.POST or None)
    if alone or not form.is_valid():
        return _ask_page(request, cycle, form, alone)
    writes.ask_export(request.actor, cycle, **form.cleaned_data, today=timezone.localdate())
    messages.success(request, _("Your request waits for somebody else who may approve it. They see it on their start "
                                "page; tell them, since we send no mail about it."))
    return redirect("export", cycle.pk)


@needs(Permission.EXPORTS_APPROVE, again=True)
def decide(request: HttpRequest, cycle_id: UUID, export_id: UUID) -> HttpResponse:
    """Somebody else's request; sending the form approves it."""
    export = _export(request, cycle_id, export_id)
    if request.method != "POST":
        return _decide_page(request, export, RefusalForm())
    try:
        writes.approve_export(request.actor, export, today=timezone.localdate())
    except (NotYours, AlreadyDecided) as refused:
        return _not_now(request, str(refused))
    messages.success(request, _("Approved. Whoever asked can fetch the files for seven days."))
    return redirect("home")


@require_POST
@needs(Permission.EXPORTS_APPROVE)
def refuse(request: HttpRequest, cycle_id: UUID, export_id: UUID) -> HttpResponse:
    """Keep the figures here, with a reason."""
    export, form = _export(request, cycle_id, export_id), RefusalForm(request.POST)
    if not form.is_valid():
        return _decide_page(request, export, form)
    try:
        writes.refuse_export(request.actor, export, **form.cleaned_data, today=timezone.localdate())
    except (NotYours, AlreadyDecided) as refused:
        return _not_now(request, str(refused))
    messages.success(request, _("Refused. Whoever asked sees your reason."))
    return redirect("home")


def _released(request: HttpRequest, cycle_id: UUID) -> Cycle:
    cycle = get_object_or_404(cycles_of(request.actor), pk=cycle_id)
    if not reads.releases_of(request.actor).filter(cycle=cycle, audience=Release.OUTSIDE).exists():
        raise Http404
    return cycle


def _export(request: HttpRequest, cycle_id: UUID, export_id: UUID) -> OutsideExport:
    return get_object_or_404(reads.exports_of(request.actor), pk=export_id, cycle_id=cycle_id)


def _ask_page(request: HttpRequest, cycle: Cycle, form: ExportForm, alone: bool) -> HttpResponse:
    today, own = timezone.localdate(), reads.own_export(request.actor, cycle)
    alive = own is not None and rules.is_alive(own.state, own.asked_on, own.decided_on, today)
    is_refused = own is not None and own.state == OutsideExport.REFUSED
    return render(request, "findings/export.html", {
        "cycle_id": cycle.pk, "name": cycle.name, "form": form, "alone": alone, "alive": alive,
        "own": reads.export_card(own) if own is not None and (alive or is_refused) else None,
        "may_invite": request.actor.may(Permission.PEOPLE_INVITE),
        "may_fetch": reads.may_fetch(request.actor, cycle, today), "waits": rules.WAITS, "fetched": rules.FETCHED,
    })


def _decide_page(request: HttpRequest, export: OutsideExport, form: RefusalForm) -> HttpResponse:
    is_own = not rules.may_decide(export.asked_by, request.actor.account_id)
    waits = rules.is_open(export.state, export.asked_on, timezone.localdate())
    return render(request, "findings/export_decide.html", {
        "export": reads.export_card(export), "form": form, "is_own": is_own, "waits": waits,
        "fetched": rules.FETCHED})


def _not_now(request: HttpRequest, reason: str) -> HttpResponse:
    messages.error(request, reason)
    return redirect("home")
