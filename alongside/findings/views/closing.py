"""Closing a cycle: what it does, and doing it."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.access.api import Permission, needs
from alongside.findings import writes
from alongside.findings.refusals import FindingsRefused
from alongside.listening.api import (
    Cycle,
    ListeningRefused,
    Round,
    RoundState,
    cycles_of,
    rounds_in,
    voice_label,
)


@dataclass(frozen=True)
class ClosingRound:
    """A round as the closing page lists it: who is asked, and its state. No count of anything."""

    voice: str
    label: str
    unit: str
    state: str


@needs(Permission.CYCLES_PLAN)
def close_cycle(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Say what closing does; on POST close all open rounds and release the results."""
    cycle = get_object_or_404(cycles_of(request.actor), pk=cycle_id)
    rounds = rounds_in(request.actor, cycle)
    early = cycle.closes_on >= timezone.localdate() and any(one.state == RoundState.OPEN for one in rounds)
    unsure = request.method == "POST" and early and "sure" not in request.POST
    if request.method != "POST" or unsure:
        return _page(request, cycle, rounds, {"early": early, "unsure": unsure})
    try:
        writes.close_cycle(request.actor, cycle)
    except (FindingsRefused, ListeningRefused) as refused:
        return _page(request, cycle, rounds, {"early": early, "problem": str(refused)})
    messages.success(request, _("The cycle is closed. Its results are here, released once and for good."))
    return redirect("profile", cycle.pk)


def _page(request: HttpRequest, cycle: Cycle, rounds: list[Round], facts: dict) -> HttpResponse:
    return render(request, "findings/close.html", {
        "cycle_id": cycle.pk, "name": cycle.name,
        "released_on": cycle.released_on, "closes_on": cycle.closes_on, "may_wait": cycle.other_people,
        "rounds": [_card(round_) for round_ in rounds],
        "nobody_asked": all(one.state == RoundState.PLANNED for one in rounds),
        "some_unopened": any(one.state == RoundState.PLANNED for one in rounds),
        **facts,
    }, status=409 if facts.get("problem") else 200)


def _card(round_: Round) -> ClosingRound:
    unit = round_.unit.name if round_.unit else ""
    return ClosingRound(round_.voice, voice_label(round_.voice), unit, round_.state)
