"""Findings of a cycle and the decisions on them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Actor, Permission, needs
from alongside.listening.api import Cycle, cycles_of

from ..forms.deciding import DecisionForm, FindingForm
from ..models import Choice, Finding
from ..reads import deciding as reads
from ..reads.outline import in_own_words, outline_of
from ..rules.deciding import FEWEST_SUGGESTED, MOST_SUGGESTED
from ..rules.refusals import ChangesRefused
from ..writes import deciding as writes


def cycle_or_404(actor: Actor, cycle_id: UUID) -> Cycle:
    """The cycle, where it belongs to the actor's organization."""
    return get_object_or_404(cycles_of(actor).select_related("organization"), pk=cycle_id)


@needs(Permission.CHANGES_EDIT)
def findings(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """What this cycle showed, what was decided, what is promised."""
    cycle = cycle_or_404(request.actor, cycle_id)
    cards = reads.finding_cards(request.actor, cycle, get_language(), timezone.localdate())
    return render(request, "changes/findings.html", {
        "cycle": cycle, "findings": cards, "whose_part": in_own_words(request.actor, _("Part of {survivors}")),
        "may_change": cycle.released_on and not cycle.finished_on,
        "few": len(cards) < FEWEST_SUGGESTED, "many": len(cards) > MOST_SUGGESTED,
        "decided": bool(cards) and all(card.choice for card in cards),
    })


@needs(Permission.CHANGES_EDIT)
def add_finding(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Write one down; a profile page may hand in where it belongs (?domain=G&practice=G4)."""
    cycle = cycle_or_404(request.actor, cycle_id)
    wished = {"domain_id": request.GET.get("domain", ""), "practice_id": request.GET.get("practice", "")}
    form = FindingForm(request.POST or None, initial=wished, outline=outline_of(cycle, get_language()))
    if request.method == "POST" and form.is_valid():
        try:
            writes.add_finding(request.actor, cycle, **form.cleaned_data)
        except ChangesRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The finding is written down."))
            return redirect("findings", cycle.pk)
    return render(request, "changes/finding_form.html", {"cycle": cycle, "form": form})


@needs(Permission.CHANGES_EDIT)
def change_finding(request: HttpRequest, cycle_id: UUID, finding_id: UUID) -> HttpResponse:
    """Say it in other words."""
    cycle, finding = _finding_or_404(request, cycle_id, finding_id)
    now = {"domain_id": finding.domain_id, "practice_id": finding.practice_id, "says": finding.says}
    form = FindingForm(request.POST or None, initial=now, outline=outline_of(cycle, get_language()))
    if request.method == "POST" and form.is_valid():
        try:
            writes.change_finding(request.actor, finding, **form.cleaned_data)
        except ChangesRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The finding is changed."))
            return redirect("findings", cycle.pk)
    return render(request, "changes/finding_form.html", {"cycle": cycle, "form": form, "finding": finding})


@needs(Permission.CHANGES_EDIT)
def remove_finding(request: HttpRequest, cycle_id: UUID, finding_id: UUID) -> HttpResponse:
    """Asks once more, since the decision and the actions go with it."""
    cycle, finding = _finding_or_404(request, cycle_id, finding_id)
    if request.method == "POST":
        try:
            writes.remove_finding(request.actor, finding)
        except ChangesRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The finding is removed."))
        return redirect("findings", cycle.pk)
    return render(request, "changes/finding_remove.html", {"cycle": cycle, "says": finding.says})


@require_POST
@needs(Permission.CHANGES_EDIT)
def move_finding(request: HttpRequest, cycle_id: UUID, finding_id: UUID) -> HttpResponse:
    """One place up or down."""
    cycle, finding = _finding_or_404(request, cycle_id, finding_id)
    try:
        writes.move_finding(request.actor, finding, up=request.POST.get("to") == "up")
    except ChangesRefused as refused:
        messages.error(request, str(refused))
    return redirect("findings", cycle.pk)


@needs(Permission.CHANGES_EDIT)
def decide(request: HttpRequest, cycle_id: UUID, finding_id: UUID) -> HttpResponse:
    """Do, later, or won't; and why."""
    cycle, finding = _finding_or_404(request, cycle_id, finding_id)
    decision = reads.decision_of(finding)
    now = {"choice": decision.choice, "reason": decision.reason} if decision else {}
    form = DecisionForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        try:
            decision = writes.decide(request.actor, finding, today=timezone.localdate(), **form.cleaned_data)
        except ChangesRefused as refused:
            form.add_error(None, str(refused))
        else:
            return _after_decision(request, cycle, finding, decision.choice)
    return render(request, "changes/decide.html", {"cycle": cycle, "form": form, "says": finding.says})


def _after_decision(request: HttpRequest, cycle: Cycle, finding: Finding, choice: str) -> HttpResponse:
    if choice == Choice.DO and not finding.decision.actions.exists():
        messages.success(request, _("It is decided. Now write down one thing that will change."))
        return redirect("action_add", cycle.pk, finding.pk)
    messages.success(request, _("It is decided."))
    return redirect("findings", cycle.pk)


def _finding_or_404(request: HttpRequest, cycle_id: UUID, finding_id: UUID) -> tuple[Cycle, Finding]:
    cycle = cycle_or_404(request.actor, cycle_id)
    return cycle, get_object_or_404(reads.findings_of(request.actor, cycle), pk=finding_id)
