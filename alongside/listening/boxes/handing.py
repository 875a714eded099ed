"""Handing out the keys of a new box: one keeper after the other sees, writes down and proves one key.

The keys that are still to be handed out travel in the page, sealed. A page of an earlier keeper shows nothing any
more: the box remembers how many keys were handed over, and nothing else about them.
"""

import secrets
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs
from alongside.privacy.api import TooLate, carried, carry

from ..models import BoxState, CommentBox
from ..refusals import ListeningRefused
from . import reads, writes
from .cards import KeyOnPaper, key_on_paper
from .forms import CheckForm
from .printing import key_page

CHECKED_WORDS = 3
FIRST_CHECKED = 5  # the words before it are alike, or nearly, in all keys of a box


@dataclass(frozen=True)
class Handing:
    """Keys still to be handed out: the words of each, the present keeper's first. `places` are asked for."""

    row: CommentBox
    words: tuple[str, ...]
    places: tuple[int, ...] = ()

    @property
    def number(self) -> int:
        return self.row.promise["keys"] - len(self.words) + 1

    @property
    def is_handed(self) -> bool:
        return self.number <= self.row.handed

    @property
    def key(self) -> KeyOnPaper:
        return key_on_paper(self.row.promise, self.number, self.words[0])


@require_POST
@needs(Permission.ORGANIZATION_EDIT)
def hand_keys(request: HttpRequest) -> HttpResponse:
    """One step: the words again, the page to print, the question for a few words, or the check of those."""
    row = reads.box_in(request.actor, BoxState.MAKING)
    handing = _carried(request, row) if row else None
    if handing is None:
        return _gone(request, _("This page is too old, or another box was begun. Here is how things stand."))
    if "check" in request.POST:
        return _check(request, handing)
    if handing.is_handed:
        return _gone(request, _("This key was handed over. Its words are not shown again."))
    if "ask" in request.POST:
        return _ask(request, handing)
    if "paper" in request.POST:
        return HttpResponse(key_page(handing.key))
    return show_key(request, handing)


def show_key(request: HttpRequest, handing: Handing) -> HttpResponse:
    """The words of one key, for its keeper alone."""
    return _page(request, "key", handing, {})


def _ask(request: HttpRequest, handing: Handing) -> HttpResponse:
    places = secrets.SystemRandom().sample(range(FIRST_CHECKED, len(handing.key.words) + 1), CHECKED_WORDS)
    asking = Handing(handing.row, handing.words, tuple(sorted(places)))
    return _page(request, "check", asking, {"form": CheckForm(places=asking.places, words=asking.key.words)})


def _check(request: HttpRequest, handing: Handing) -> HttpResponse:
    if not handing.places:
        return _ask(request, handing)
    form = CheckForm(request.POST, places=handing.places, words=handing.key.words)
    if not form.is_valid():
        return _page(request, "check", handing, {"form": form}, status=400)
    try:
        writes.hand_key(request.actor, handing.row, handing.number)
    except ListeningRefused as refused:
        return _gone(request, str(refused))
    following = Handing(handing.row, handing.words[1:])
    if not following.words:
        messages.success(request, _("Every key was written down and checked. Nobody can show them again."))
        return redirect("box")
    if following.is_handed:
        return _gone(request, _("This key was handed over. Its words are not shown again."))
    return show_key(request, following)


def _page(request: HttpRequest, name: str, handing: Handing, facts: dict, status: int = 200) -> HttpResponse:
    plain = {"words": handing.words, "places": handing.places}
    field = carry(handing.row.organization_id, _purpose(request, handing.row), plain)
    return render(request, f"listening/box/{name}.html", {"key": handing.key, "field": field} | facts, status=status)


def _carried(request: HttpRequest, row: CommentBox) -> Handing | None:
    try:
        facts = carried(row.organization_id, _purpose(request, row), request.POST.get("keys", ""))
    except TooLate:
        return None
    return Handing(row, tuple(facts["words"]), tuple(facts["places"]))


def _purpose(request: HttpRequest, row: CommentBox) -> str:
    return f"keys|{request.actor.account_id}|{row.pk}"


def _gone(request: HttpRequest, why: str) -> HttpResponse:
    messages.error(request, why)
    return redirect("box")
