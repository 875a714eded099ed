"""What we hold; legal holds; removing a finished cycle."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Actor, Permission, needs
from alongside.listening.api import Cycle, NotFinished, cycles_of, remove_finished_cycle
from alongside.organizations.api import HoldLifted, UnderHold, holds_of, lift_hold, mark_told, put_hold

from . import reads
from .forms import EVERYTHING, HoldForm, RemoveCycleForm


@needs(Permission.HOME)
def what_we_hold(request: HttpRequest) -> HttpResponse:
    """Everything that is held: what, why, how long, and what is deleted next."""
    today = timezone.localdate()
    holds = reads.hold_cards(request.actor, today)
    return render(request, "keeping/what_we_hold.html", {
        "groups": reads.held_groups(), "purges": reads.next_purges(request.actor, today),
        "holds": [one for one in holds if one.lifted_on is None], "today": today,
        "lifted": [one for one in holds if one.lifted_on is not None],
        "may_hold": request.actor.may(Permission.HOLD_SET), "backup_days": settings.BACKUP_DAYS,
        "finished": _finished(request.actor) if request.actor.may(Permission.CYCLES_PLAN) else [],
    })


@needs(Permission.HOLD_SET, again=True)
def new_hold(request: HttpRequest) -> HttpResponse:
    """Stop deleting."""
    cycles = [(cycle.pk, cycle.name) for cycle in cycles_of(request.actor)]
    form = HoldForm(request.POST or None, cycles=cycles)
    if not form.is_valid():
        return render(request, "keeping/hold_new.html", {"form": form})
    facts = form.cleaned_data
    covers = facts.pop("covers")
    hold = put_hold(request.actor, **facts, cycle_id=None if covers == EVERYTHING else UUID(covers),
                    today=timezone.localdate())
    messages.success(request, _("Nothing that this hold covers is deleted from now on. Read below who must be told."))
    return redirect("hold", hold.pk)


@needs(Permission.HOLD_SET)
def hold(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """One hold: what it covers, who must be told, and by when."""
    found = get_object_or_404(holds_of(request.actor), pk=hold_id)
    card = next(one for one in reads.hold_cards(request.actor, timezone.localdate()) if one.id == found.pk)
    covered = cycles_of(request.actor).filter(finished_on__isnull=False) | cycles_of(request.actor).filter(
        released_on__isnull=False)
    covered = covered if found.cycle_id is None else cycles_of(request.actor).filter(pk=found.cycle_id)
    return render(request, "keeping/hold.html", {
        "hold": card, "replies": [(cycle.name, f"/r/{cycle.reply_address}") for cycle in covered],
    })


@require_POST
@needs(Permission.HOLD_SET)
def told(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """People were told."""
    return _changed(request, hold_id, mark_told, _("Noted. The reply pages say it from now on, too."))


@require_POST
@needs(Permission.HOLD_SET, again=True)
def lift(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """The duty is over."""
    said = _("The hold is lifted. What is past its time is deleted within a day.")
    return _changed(request, hold_id, lift_hold, said)


@needs(Permission.CYCLES_PLAN, again=True)
def remove_cycle(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Remove a finished cycle with all that came of it, after its name was typed."""
    cycle = get_object_or_404(cycles_of(request.actor), pk=cycle_id)
    form = RemoveCycleForm(request.POST or None, wanted=cycle.name)
    if form.is_valid() and _removed(request, form, cycle):
        messages.success(request, _("The cycle is removed, and everything that belonged to it."))
        return redirect("what_we_hold")
    return render(request, "keeping/remove_cycle.html", {
        "form": form, "name": cycle.name, "backup_days": settings.BACKUP_DAYS})


def _removed(request: HttpRequest, form: RemoveCycleForm, cycle: Cycle) -> bool:
    try:
        remove_finished_cycle(request.actor, cycle)
    except (NotFinished, UnderHold) as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _changed(request: HttpRequest, hold_id: UUID, change, said: str) -> HttpResponse:
    found = get_object_or_404(holds_of(request.actor), pk=hold_id)
    try:
        change(request.actor, found, today=timezone.localdate())
    except HoldLifted as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("hold", hold_id)


def _finished(actor: Actor) -> list[tuple[UUID, str]]:
    return [(cycle.pk, cycle.name) for cycle in cycles_of(actor).filter(finished_on__isnull=False)]
