"""One round: opening it, its slips and poster, closing it."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from alongside.access.api import Permission, needs
from alongside.organizations.api import contacts_of, languages_of, organization_of
from alongside.ui.api import PdfNotPossible, ensure_pdf_possible, make_pdf

from .. import cards, codes, printing, reads, rules, words, writes
from ..answering.shared import shared_path
from ..boxes.reads import promised_box
from ..forms import PosterForm, RoundForm, SlipsForm
from ..models import Entry, Round, RoundState
from ..refusals import CodesRefused, ListeningRefused, NoSupportContact, RoundNotOpen


@needs(Permission.CYCLES_SEE)
def round_page(request: HttpRequest, cycle_id: UUID, round_id: UUID) -> HttpResponse:
    """One round and all that can be done with it now; POST changes a planned one."""
    round_ = _round(request, cycle_id, round_id)
    if request.method != "POST":
        return _page(request, round_)
    form = RoundForm(request.POST)
    if not form.is_valid():
        return _page(request, round_, change=form)
    try:
        writes.change_round(request.actor, round_, **form.cleaned_data)
    except ListeningRefused as refused:
        form.add_error(None, str(refused))
        return _page(request, _round(request, cycle_id, round_id), change=form)
    messages.success(request, _("The round was changed."))
    return redirect("round", cycle_id, round_id)


@require_POST
@needs(Permission.CYCLES_PLAN)
def open_round(request: HttpRequest, cycle_id: UUID, round_id: UUID) -> HttpResponse:
    """Open a round for answers: its promise stands from now on."""
    round_ = _round(request, cycle_id, round_id)
    try:
        writes.open_round(request.actor, round_)
    except ListeningRefused as refused:
        contacts = isinstance(refused, NoSupportContact)
        return _page(request, _round(request, cycle_id, round_id), refused=str(refused), to_contacts=contacts)
    messages.success(request, _("The round is open. What people are promised can no longer change."))
    return redirect("round", cycle_id, round_id)


@needs(Permission.CYCLES_PLAN)
def close_round(request: HttpRequest, cycle_id: UUID, round_id: UUID) -> HttpResponse:
    """Say what closing means, and close."""
    round_ = _round(request, cycle_id, round_id)
    early = not rules.is_over(round_.cycle.closes_on, timezone.localdate())
    if request.method != "POST":
        return render(request, "listening/close.html", _facts(request, round_) | {"early": early})
    if early and "sure" not in request.POST:
        return render(
            request,
            "listening/close.html",
            _facts(request, round_) | {"early": early, "unsure": True},
            status=400,
        )
    try:
        writes.close_round(request.actor, round_)
    except RoundNotOpen as refused:
        messages.error(request, str(refused))
        return redirect("round", cycle_id, round_id)
    messages.success(request, _("The round is closed. Its answers were mixed and wait to be released."))
    return redirect("cycle", cycle_id)


@require_POST
@needs(Permission.CYCLES_PLAN)
def make_slips(request: HttpRequest, cycle_id: UUID, round_id: UUID) -> HttpResponse:
    """Make codes and give them out at once, as a PDF or as a page to print: nobody can see them a second
    time.
    """
    round_ = _round(request, cycle_id, round_id)
    form = SlipsForm(request.POST)
    as_pdf = request.POST.get("as") != "page"
    if not form.is_valid():
        return _page(request, round_, slips=form)
    try:
        if as_pdf:
            ensure_pdf_possible()  # before any code is made, so that none is lost
        made = writes.make_codes(request.actor, round_, form.cleaned_data["how_many"])
    except PdfNotPossible as why:
        return _page(request, round_, slips=form, no_pdf=str(why), status=503)
    except (CodesRefused, RoundNotOpen) as refused:
        form.add_error("how_many", str(refused))
        return _page(request, round_, slips=form)
    html = printing.slips_page(round_, made, base=base_address(request), paper=form.cleaned_data["paper"])
    return _pdf(html, "slips.pdf") if as_pdf else HttpResponse(html)


@require_GET
@needs(Permission.CYCLES_SEE)
def poster(request: HttpRequest, cycle_id: UUID, round_id: UUID) -> HttpResponse:
    """The poster of an open round, as a PDF or as a page to print."""
    round_ = _round(request, cycle_id, round_id)
    if round_.state != RoundState.OPEN:
        messages.error(request, _("A poster can be printed while the round is open."))
        return redirect("round", cycle_id, round_id)
    html = printing.poster_page(
        round_, contacts_of(request.actor), base=base_address(request), paper=request.GET.get("paper", ""),
    )
    if request.GET.get("as") == "page":
        return HttpResponse(html)
    try:
        return _pdf(html, "poster.pdf")
    except PdfNotPossible as why:
        return _page(request, round_, no_pdf=str(why), status=503)


def base_address(request: HttpRequest) -> str:
    """The address that people type, without a slash at its end: as set, or as this request came."""
    return settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host()}"


def _round(request: HttpRequest, cycle_id: UUID, round_id: UUID) -> Round:
    return get_object_or_404(reads.rounds_of(request.actor), pk=round_id, cycle_id=cycle_id)


def _pdf(html: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(make_pdf(html), content_type="application/pdf", headers=headers)


def _facts(request: HttpRequest, round_: Round) -> dict:
    return {
        "round": cards.one_round_card(request.actor, round_), "cycle_name": round_.cycle.name,
        "closes_on": round_.cycle.closes_on, "reply_due": round_.cycle.reply_due,
    }


def _page(request: HttpRequest, round_: Round, *, status: int = 0, **shown) -> HttpResponse:
    """The page of a round, with what was typed and refused."""
    organization = organization_of(request.actor)
    promise = round_.frozen["promise"] if round_.frozen else {
        "k_scores": organization.k_scores, "k_comments": organization.k_comments,
        "languages": languages_of(organization),
        "kept_days": rules.answers_kept_days(may_wait=round_.cycle.other_people),
        "comments_kept_days": rules.COMMENTS_KEPT_DAYS,
    } | promised_box(organization.pk)
    wrong = shown.get("refused") or any(getattr(one, "errors", None) for one in shown.values())
    return render(
        request,
        "listening/round.html",
        _facts(request, round_)
        | {
            "promise": promise,
            "languages": [words.language_label(one) for one in promise["languages"]],
            "address": printing.address_of(round_, base_address(request)),
            "shared_address": base_address(request) + shared_path(round_.address),
            "may_plan": request.actor.may(Permission.CYCLES_PLAN),
            "may_import": request.actor.may(Permission.ANSWERS_IMPORT),
            "contacts": list(_contacts(request)),
            "change": RoundForm(initial={"people": round_.people, "entry": round_.entry}),
            "slips": SlipsForm(
                initial={"how_many": codes.suggested_number(round_.people), "paper": "letter"}
            ),
            "poster": PosterForm(initial={"paper": "letter"}, auto_id="poster_%s"),
            "by_codes": round_.entry == Entry.CODES,
        }
        | shown,
        status=status or (400 if wrong else 200),
    )


def _contacts(request: HttpRequest):
    return [contact.name for contact in contacts_of(request.actor)]
