"""Comments: one reviewer reads them one at a time; the others read what became of them."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs
from alongside.audit.api import record_reading
from alongside.findings import reads, writes
from alongside.findings.forms import WordsForm
from alongside.findings.models import ReviewedComment
from alongside.findings.refusals import NotAllRead, NotWaiting, TooCloseToTheWords
from alongside.listening.api import Cycle, cycles_of, raw_comment, voice_label


@dataclass(frozen=True)
class RawCard:
    """A comment as it was written, for its reviewer alone."""

    id: int
    label: str
    area: str
    original: str


@needs(Permission.COMMENTS_SEE, Permission.COMMENTS_REVIEW)
def comments(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """What was released; before that, the next one to read for the reviewer, an explanation for others."""
    cycle = get_object_or_404(cycles_of(request.actor), pk=cycle_id)
    shown = reads.comments_page(request.actor, cycle)
    if shown.state == "released":
        record_reading(request.actor, "comments.seen", cycle)
    if shown.state != "reading" or not request.actor.may(Permission.COMMENTS_REVIEW):
        may_open = request.actor.may(Permission.COMMENTS_REVIEW)
        return render(request, "findings/comments.html", _facts(cycle) | {"shown": shown, "may_open": may_open})
    waiting = reads.waiting_comments(request.actor, cycle)
    return _review_page(request, cycle, reads.any_of(waiting), WordsForm())


@require_POST
@needs(Permission.COMMENTS_REVIEW)
def review_comment(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Put one comment in other words, or withhold it."""
    cycle = get_object_or_404(cycles_of(request.actor), pk=cycle_id)
    form = WordsForm(request.POST)
    mine = reads.comments_of(request.actor).filter(cycle=cycle)
    comment = get_object_or_404(mine, pk=_number(request.POST.get("comment")))
    withhold = "withhold" in request.POST
    if not withhold and not form.is_valid():
        return _review_page(request, cycle, comment, form, status=422)
    try:
        writes.review(request.actor, comment, None if withhold else form.cleaned_data["words"])
    except TooCloseToTheWords as refused:
        form.add_error("words", str(refused))
        return _review_page(request, cycle, comment, form, status=422)
    except NotWaiting as refused:
        messages.info(request, str(refused))
        return redirect("comments", cycle.pk)
    messages.success(request, _("Kept to yourself. Nobody else will read it.") if withhold else _(
        "Your words are kept, sealed, until all comments were read."))
    return redirect("comments", cycle.pk)


@require_POST
@needs(Permission.COMMENTS_REVIEW)
def release_comments(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Let people read the comments, in other words and in a new order."""
    cycle = get_object_or_404(cycles_of(request.actor), pk=cycle_id)
    try:
        writes.release_comments(request.actor, cycle)
    except NotAllRead as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The comments are released, in your words and in a new order."))
    return redirect("comments", cycle.pk)


def _review_page(request: HttpRequest, cycle: Cycle, comment: ReviewedComment | None, form: WordsForm,
                 status: int = 200) -> HttpResponse:
    card = _raw_card(cycle, comment) if comment else None
    if card:
        record_reading(request.actor, "comments.read", cycle)
    progress = reads.progress_of(request.actor, cycle)
    facts = _facts(cycle) | {"comment": card, "form": form, "progress": progress}
    return render(request, "findings/review.html", facts, status=status)


def _raw_card(cycle: Cycle, comment: ReviewedComment) -> RawCard | None:
    original = raw_comment(comment.comment_id) if comment.comment_id else None
    if original is None:
        return None
    area = reads.area_titles(cycle).get(comment.domain, "")
    return RawCard(comment.pk, voice_label(comment.voice), area, original)


def _facts(cycle: Cycle) -> dict:
    return {"name": cycle.name, "cycle_id": cycle.pk}


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 20 else 0
