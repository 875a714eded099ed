"""Pages about the box: what it is, making one, practicing, putting it to use, giving it up."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs
from alongside.privacy.api import TooLate

from ..models import BoxState, CommentBox
from ..refusals import ListeningRefused
from . import gathering, reads, writes
from .cards import box_card, gathering_card
from .forms import BoxForm, KeyForm
from .gathering import Gathering
from .handing import Handing, show_key


@needs(Permission.CYCLES_SEE)
def box_page(request: HttpRequest) -> HttpResponse:
    """What a box is, and how things stand with the organization's."""
    needed = reads.boxes_still_needed(request.actor, timezone.localdate())
    cards = [box_card(row, needed) for row in reads.boxes_of(request.actor)]
    return render(request, "listening/box/box.html", {
        "in_use": next((one for one in cards if one.state == BoxState.IN_USE), None),
        "making": next((one for one in cards if one.state == BoxState.MAKING), None),
        "retired": [one for one in cards if one.state == BoxState.RETIRED],
        "may_make": request.actor.may(Permission.ORGANIZATION_EDIT),
    })


@needs(Permission.ORGANIZATION_EDIT)
def make_box(request: HttpRequest) -> HttpResponse:
    """Choose who keeps keys; on POST the first key stands on the answer to this form, and nowhere else."""
    form = BoxForm(request.POST) if request.method == "POST" else BoxForm()
    if not form.is_valid():
        return render(request, "listening/box/new.html", {"form": form}, status=400 if form.is_bound else 200)
    typed = form.cleaned_data
    row, keys = writes.make_box(
        request.actor, form.keepers, needed=typed["needed"], partner=typed["partner"], today=timezone.localdate())
    return show_key(request, Handing(row, tuple(key.words for key in keys)))


@needs(Permission.ORGANIZATION_EDIT)
def practice(request: HttpRequest) -> HttpResponse:
    """Let keepers open an invented comment, so that they know that their papers are right."""
    row = _box_to_practice(request)
    if request.method != "POST":
        return _gather(request, gathering.begin(request.actor, "practice", row.promise), KeyForm())
    try:
        so_far = gathering.go_on(request.actor, "practice", row.promise, request.POST.get("keys", ""))
    except TooLate:
        messages.error(request, _("This page is too old, or another box was begun. Please begin again."))
        return redirect("box_practice")
    form = KeyForm(request.POST)
    so_far = form.add_to(so_far)
    if form.errors or so_far.still_needed:
        return _gather(request, so_far, form if form.errors else KeyForm())
    opened = writes.practice(
        request.actor, row, so_far, _("The door is loud at night. (Invented: nobody wrote this.)"),
        today=timezone.localdate())
    return render(request, "listening/box/practiced.html", {"opened": opened, "in_use": row.state == BoxState.IN_USE})


@require_POST
@needs(Permission.ORGANIZATION_EDIT, again=True)
def use_box(request: HttpRequest) -> HttpResponse:
    """Put the box to use whose keys were all handed over."""
    return _change(request, writes.use_box, _("The box is in use. Each round that opens from now on is promised it."))


@require_POST
@needs(Permission.ORGANIZATION_EDIT, again=True)
def retire_box(request: HttpRequest) -> HttpResponse:
    """Open later rounds without a box."""
    return _change(request, writes.retire_box, _("Rounds that open from now on have no box. Keep the papers."))


def _change(request: HttpRequest, write: Callable, done: str) -> HttpResponse:
    row = get_object_or_404(reads.boxes_of(request.actor), pk=_uuid(request.POST.get("box", "")))
    try:
        write(request.actor, row)
    except ListeningRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("box")


def _box_to_practice(request: HttpRequest) -> CommentBox:
    """The new box, once all its keys were handed over; else the one in use."""
    making = reads.box_in(request.actor, BoxState.MAKING)
    if making and making.handed == making.promise["keys"]:
        return making
    in_use = reads.box_in(request.actor, BoxState.IN_USE)
    if in_use is None:
        raise Http404
    return in_use


def _gather(request: HttpRequest, so_far: Gathering, form: KeyForm) -> HttpResponse:
    facts = {"gathering": gathering_card(so_far), "form": form}
    return render(request, "listening/box/practice.html", facts, status=400 if form.errors else 200)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
