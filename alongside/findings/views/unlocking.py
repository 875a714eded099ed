"""The ceremony: keepers put in their keys, one after the other, on the reviewer's screen.

Beginning it asks who is there once more. From then on the page carries the keys that are in, sealed, and nothing else
does; so the steps after it need no second proof, however long each keeper takes to type.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs
from alongside.findings import writes
from alongside.findings.refusals import BoxStaysShut
from alongside.listening.api import (
    Cycle,
    Gathering,
    KeyForm,
    NothingLocked,
    cycles_of,
    gathering,
    gathering_card,
)
from alongside.privacy.api import TooLate


@needs(Permission.COMMENTS_REVIEW)
def box(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """What will happen, and who must be there; or why the box stays shut."""
    cycle = _cycle(request, cycle_id)
    try:
        promise = writes.ensure_can_open(cycle)
    except BoxStaysShut as refused:
        return _shut(request, cycle, refused)
    card = gathering_card(_begun(request, cycle, promise))
    return render(request, "findings/box.html", _facts(cycle) | {"gathering": card})


@require_POST
@needs(Permission.COMMENTS_REVIEW, again=True)
def begin(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """The first keeper sits down."""
    cycle = _cycle(request, cycle_id)
    try:
        promise = writes.ensure_can_open(cycle)
    except BoxStaysShut as refused:
        return _shut(request, cycle, refused)
    return _next_key(request, cycle, _begun(request, cycle, promise), KeyForm())


@require_POST
@needs(Permission.COMMENTS_REVIEW)
def put_in_key(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """One key more. The last one opens the box."""
    cycle, form = _cycle(request, cycle_id), KeyForm(request.POST)
    try:
        promise = writes.ensure_can_open(cycle)
        so_far = gathering.go_on(request.actor, _act(cycle), promise, request.POST.get("keys", ""))
    except BoxStaysShut as refused:
        return _shut(request, cycle, refused)
    except TooLate:
        messages.error(request, _("This page is too old, or began elsewhere. Please begin again."))
        return redirect("comments_box", cycle.pk)
    so_far = form.add_to(so_far)
    if form.errors or so_far.still_needed:
        return _next_key(request, cycle, so_far, form if form.errors else KeyForm())
    try:
        writes.open_box(request.actor, cycle, so_far)
    except NothingLocked as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("The box is open. What was in it can be read now, one comment at a time. "
                                    "The keys were forgotten: put the papers back where they are safe."))
    return redirect("comments", cycle.pk)


def _cycle(request: HttpRequest, cycle_id: UUID) -> Cycle:
    return get_object_or_404(cycles_of(request.actor), pk=cycle_id)


def _act(cycle: Cycle) -> str:
    return f"open|{cycle.pk}"


def _begun(request: HttpRequest, cycle: Cycle, promise: dict) -> Gathering:
    return gathering.begin(request.actor, _act(cycle), promise)


def _next_key(request: HttpRequest, cycle: Cycle, so_far: Gathering, form: KeyForm) -> HttpResponse:
    facts = _facts(cycle) | {"gathering": gathering_card(so_far), "form": form}
    return render(request, "findings/box_key.html", facts, status=400 if form.errors else 200)


def _shut(request: HttpRequest, cycle: Cycle, refused: BoxStaysShut) -> HttpResponse:
    facts = _facts(cycle) | {"refused": str(refused)}
    return render(request, "findings/box.html", facts, status=200 if request.method == "GET" else 409)


def _facts(cycle: Cycle) -> dict:
    return {"name": cycle.name, "cycle_id": cycle.pk}
