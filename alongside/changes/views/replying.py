"""Writing, previewing, publishing and printing the reply; closing the loop."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs
from alongside.listening.api import Cycle
from alongside.organizations.api import languages_of
from alongside.ui.api import send_quiet_page

from ..forms.replying import ReplyForm
from ..reads import replying as reads
from ..reads.deciding import undecided
from ..rules.refusals import ChangesRefused, LooksLikeAQuote
from ..rules.replying import Text, gaps, quotes
from ..writes import replying as writes
from .deciding import cycle_or_404
from .drawing import draft_page
from .hints import hard_texts


@needs(Permission.CHANGES_EDIT)
def edit(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """The draft in every language; "save" keeps it however unfinished it is."""
    cycle = cycle_or_404(request.actor, cycle_id)
    draft = reads.draft_of(request.actor, cycle)
    form = ReplyForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        try:
            writes.write_reply(request.actor, cycle, form.texts())
        except ChangesRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The draft is saved. Nobody outside sees it before you publish it."))
            return redirect("reply_edit", cycle.pk)
    return _editor(request, cycle, form, draft)


def _editor(request: HttpRequest, cycle: Cycle, form: ReplyForm, draft: tuple[Text, ...]) -> HttpResponse:
    reply = reads.reply_of(request.actor, cycle)
    return render(request, "changes/reply_edit.html", {
        "cycle": cycle, "form": form,
        "gaps": [(reads.language_name(gap.language), gap) for gap in gaps(draft)],
        "quotes": quotes(draft), "hard": hard_texts(draft), "undecided": undecided(request.actor, cycle),
        "reply": reply, "changed": reads.is_changed(reply, draft), "address": reads.reply_address(cycle),
        "languages": [(code, reads.language_name(code)) for code in languages_of(cycle.organization)],
        "may_publish": request.actor.may(Permission.REPLY_PUBLISH),
    })


@needs(Permission.CHANGES_EDIT)
def preview(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """The draft exactly as people will read it."""
    cycle = cycle_or_404(request.actor, cycle_id)
    return send_quiet_page(request, draft_page(request, cycle, reads.draft_of(request.actor, cycle)))


@require_POST
@needs(Permission.REPLY_PUBLISH)
def publish(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Put it on the public page, or say what it lacks."""
    cycle = cycle_or_404(request.actor, cycle_id)
    try:
        writes.publish_reply(
            request.actor, cycle, today=timezone.localdate(), own_words=request.POST.get("own_words") == "on")
    except LooksLikeAQuote as refused:
        messages.warning(request, str(refused))
    except ChangesRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The reply is published. Now tell everyone who was asked where it is."))
    return redirect("reply_edit", cycle.pk)


@require_POST
@needs(Permission.REPLY_PUBLISH)
def finish(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Close the loop, or show what is missing."""
    cycle = cycle_or_404(request.actor, cycle_id)
    try:
        writes.finish(request.actor, cycle, today=timezone.localdate())
    except ChangesRefused as refused:
        draft = reads.draft_of(request.actor, cycle)
        return render(request, "changes/finish_not_yet.html", {
            "cycle": cycle, "reason": str(refused), "undecided": undecided(request.actor, cycle),
            "gaps": [(reads.language_name(gap.language), gap) for gap in gaps(draft)],
        }, status=409)
    messages.success(request, _("The cycle is finished. Everyone who was asked can read what became of it."))
    return redirect("home")
