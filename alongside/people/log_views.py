"""The log of acts: who did what, and whether anything in it was changed."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs
from alongside.audit.api import Verdict, check_log, entries_of, state_of, words_for_break

from . import heads, reads
from .cards import act_card, log_card
from .log_forms import HeadAddressForm, HeadForm

ACTS_ON_A_PAGE = 50


@needs(Permission.AUDIT_SEE)
def acts(request: HttpRequest) -> HttpResponse:
    """Who of the staff did what, newest first, without what was written."""
    return _page(request, HeadForm(), HeadAddressForm())


@require_POST
@needs(Permission.AUDIT_SEE)
def check_acts(request: HttpRequest) -> HttpResponse:
    """Check the whole log against a head that somebody kept outside."""
    form = HeadForm(request.POST)
    if not form.is_valid():
        return _page(request, form, HeadAddressForm(), status=422)
    verdict = check_log(request.actor.organization_id, form.cleaned_data["head"])
    return _page(request, form, HeadAddressForm(), verdict=verdict)


@require_POST
@needs(Permission.AUDIT_SEE, again=True)
def keep_head_address(request: HttpRequest) -> HttpResponse:
    """Send the head of each week to somebody outside."""
    form = HeadAddressForm(request.POST)
    if not form.is_valid():
        return _page(request, HeadForm(), form, status=422)
    heads.keep_address(request.actor, form.cleaned_data["address"])
    messages.success(request, _("The number of each week is sent there from now on, where a mail server is set."))
    return redirect("acts")


@require_POST
@needs(Permission.AUDIT_SEE, again=True)
def forget_head_address(request: HttpRequest) -> HttpResponse:
    """Send it to nobody."""
    heads.forget_address(request.actor)
    messages.success(request, _("The address is deleted. Write the number down by hand."))
    return redirect("acts")


def _page(request: HttpRequest, form: HeadForm, address: HeadAddressForm, *, verdict: Verdict | None = None,
          status: int = 200) -> HttpResponse:
    page = Paginator(entries_of(request.actor), ACTS_ON_A_PAGE).get_page(request.GET.get("page"))
    names = reads.account_names(request.actor)
    return render(request, "people/acts.html", {
        "acts": [act_card(entry, names) for entry in page], "page": page, "form": form, "address": address,
        "log": log_card(state_of(request.actor), heads.keeper_of(request.actor)),
        "verdict": verdict, "found": words_for_break(verdict.broken) if verdict and verdict.broken else "",
    }, status=status)
