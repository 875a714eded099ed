"""Actions: what is promised, what is overdue, what came of it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs

from ..forms.deciding import ActionForm, EndForm
from ..models import Action, ActionState
from ..reads import deciding as reads
from ..reads.outline import in_own_words
from ..rules.refusals import ChangesRefused
from ..writes import deciding as writes
from .deciding import cycle_or_404

ON_A_PAGE = 50
FILTERS = ("", "overdue", "promised", "done", "dropped")


@needs(Permission.CHANGES_SEE)
def changes(request: HttpRequest) -> HttpResponse:
    """All actions of all cycles, the overdue first."""
    today = timezone.localdate()
    state = request.GET.get("state", "")
    state = state if state in FILTERS else ""
    listed = reads.actions_listed(request.actor, today, state)
    page = Paginator(listed, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "changes/changes.html", {
        "actions": [reads.action_card(request.actor, action, today) for action in page], "page": page,
        "state": state, "whose_part": in_own_words(request.actor, _("Part of {survivors}")),
        "may_edit": request.actor.may(Permission.CHANGES_EDIT),
    })


@needs(Permission.CHANGES_EDIT)
def add_action(request: HttpRequest, cycle_id: UUID, finding_id: UUID) -> HttpResponse:
    """Promise one thing."""
    cycle = cycle_or_404(request.actor, cycle_id)
    finding = get_object_or_404(
        reads.findings_of(request.actor, cycle), pk=finding_id, decision__isnull=False)
    form = _action_form(request)
    if request.method == "POST" and form.is_valid():
        try:
            writes.add_action(request.actor, finding.decision, form.promise())
        except ChangesRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The action is written down."))
            return redirect("findings", cycle.pk)
    return render(request, "changes/action_form.html", {"form": form, "says": finding.says, "cycle": cycle})


@needs(Permission.CHANGES_EDIT)
def change_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """Change what is promised."""
    action = _action_or_404(request, action_id)
    now = {name: getattr(action, name) for name in ActionForm.base_fields}
    form = _action_form(request, now)
    if request.method == "POST" and form.is_valid():
        writes.change_action(request.actor, action, form.promise())
        messages.success(request, _("The action is changed."))
        return redirect("changes")
    finding = action.decision.finding
    return render(request, "changes/action_form.html", {
        "form": form, "says": finding.says, "cycle": finding.cycle, "action": action})


@needs(Permission.CHANGES_EDIT)
def end_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """It was done or dropped, and what came of it; also to change those words later."""
    action = _action_or_404(request, action_id)
    ended = action.state != ActionState.PROMISED
    now = {"state": action.state, "result": action.result} if ended else {}
    form = EndForm(request.POST or None, initial=now)
    if request.method == "POST" and form.is_valid():
        writes.end_action(
            request.actor, action, done=form.cleaned_data["state"] == ActionState.DONE,
            result=form.cleaned_data["result"], today=timezone.localdate())
        messages.success(request, _(
            "It is written down. Publish the reply again, so that people see it too."))
        return redirect("changes")
    return render(request, "changes/action_end.html", {"form": form, "what": action.what, "ended": ended,
                                                         "action_id": action.pk})


@require_POST
@needs(Permission.CHANGES_EDIT)
def reopen_action(request: HttpRequest, action_id: UUID) -> HttpResponse:
    """It was ended by mistake."""
    writes.reopen_action(request.actor, _action_or_404(request, action_id))
    messages.success(request, _("The action is promised again."))
    return redirect("changes")


def _action_or_404(request: HttpRequest, action_id: UUID) -> Action:
    return get_object_or_404(reads.actions_of(request.actor), pk=action_id)


def _action_form(request: HttpRequest, initial: dict | None = None) -> ActionForm:
    asked = _("What part do {survivors} have in it, and how are they paid?")
    return ActionForm(request.POST or None, initial=initial, part_label=in_own_words(request.actor, asked))
