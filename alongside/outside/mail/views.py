"""Pages for writing to everyone who was asked: the lists, the exact words, sending."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs
from alongside.listening.api import Round, cycles_of, rounds_of, voice_label
from alongside.organizations.api import UnderHold

from . import reads, writes
from .backend import mail_server
from .forms import AddressesForm
from .models import Kind
from .rules import ListNotReadable, MailRefused


@needs(Permission.MAIL_SEND)
def mail(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Every round with its list and what was sent."""
    cycle = get_object_or_404(cycles_of(request.actor), pk=cycle_id)
    return render(request, "mail/mail.html", {
        "cycle": cycle, "rounds": reads.round_cards(request.actor, cycle, timezone.localdate()),
        "by_server": mail_server() is not None,
    })


@needs(Permission.MAIL_SEND)
def addresses(request: HttpRequest, cycle_id: UUID, round_id: UUID) -> HttpResponse:
    """The box with the addresses of one round."""
    round_ = _round_or_404(request, cycle_id, round_id)
    if request.method == "POST":
        form, wrong = AddressesForm(request.POST), ()
        if form.is_valid():
            try:
                kept = writes.keep_list(request.actor, round_, form.cleaned_data["addresses"])
            except ListNotReadable as refused:
                form.add_error("addresses", str(refused))
                wrong = refused.lines
            else:
                messages.success(request, _("%(n)d addresses are kept, sealed.") % {"n": kept.people})
                return redirect("mail", cycle_id)
    else:
        kept = "\n".join(writes.open_list(request.actor, round_))
        form, wrong = AddressesForm(initial={"addresses": kept}), ()
    return render(request, "mail/addresses.html", _facts(round_) | {"form": form, "wrong": wrong})


@require_POST
@needs(Permission.MAIL_SEND)
def remove_addresses(request: HttpRequest, cycle_id: UUID, round_id: UUID) -> HttpResponse:
    """Delete the list now."""
    try:
        writes.remove_list(request.actor, _round_or_404(request, cycle_id, round_id))
    except UnderHold as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The addresses are deleted."))
    return redirect("mail", cycle_id)


@needs(Permission.MAIL_SEND)
def compose(request: HttpRequest, cycle_id: UUID, round_id: UUID, kind: str) -> HttpResponse:
    """The exact words; send them to everyone, or copy them and send by hand."""
    if kind not in Kind.values:
        raise Http404
    round_ = _round_or_404(request, cycle_id, round_id)
    words = reads.message_for(round_, kind, _base(request))
    context = _facts(round_) | {"kind": kind, "words": words, "by_server": mail_server() is not None}
    if request.method == "POST":
        if request.POST.get("do") in ("send", "by-hand"):
            return _send(request, round_, kind, words)
        context["bcc"] = ", ".join(writes.open_list(request.actor, round_))
    return render(request, "mail/compose.html", context)


def _send(request: HttpRequest, round_: Round, kind: str, words) -> HttpResponse:
    """Always to everyone on the list; there is no way to choose among them."""
    by_server = request.POST.get("do") == "send" and mail_server() is not None
    act = writes.send_to_all if by_server else writes.sent_by_hand
    try:
        act(request.actor, round_, kind, words, today=timezone.localdate())
    except MailRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It will be sent to everyone on the list in a few minutes.") if by_server
                         else _("It is noted as sent to everyone on the list."))
    return redirect("mail", round_.cycle_id)


def _facts(round_: Round) -> dict:
    return {"cycle": round_.cycle, "round": round_, "label": voice_label(round_.voice),
            "clients": round_.voice == "clients"}


def _base(request: HttpRequest) -> str:
    return settings.PUBLIC_ADDRESS or request.build_absolute_uri("/").rstrip("/")


def _round_or_404(request: HttpRequest, cycle_id: UUID, round_id: UUID) -> Round:
    rounds = rounds_of(request.actor).select_related("organization")
    return get_object_or_404(rounds, pk=round_id, cycle_id=cycle_id)
