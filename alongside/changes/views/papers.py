"""The published reply on paper and as text to read aloud. File names say nothing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from alongside.access.api import Permission, needs
from alongside.ui.api import PdfNotPossible, make_pdf

from ..reads.replying import PublicReply, published_at
from .deciding import cycle_or_404
from .drawing import full_address, paper, read_aloud


@needs(Permission.CHANGES_EDIT)
def poster(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """One page for a wall."""
    return _pdf(request, cycle_id, "poster")


@needs(Permission.CHANGES_EDIT)
def handout(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Pages to hand out."""
    return _pdf(request, cycle_id, "handout")


@needs(Permission.CHANGES_EDIT)
def aloud(request: HttpRequest, cycle_id: UUID) -> HttpResponse:
    """Plain text to be read aloud."""
    reply, _address = _published(request, cycle_id)
    return _file("read-aloud.txt", read_aloud(reply).encode(), "text/plain; charset=utf-8")


def _pdf(request: HttpRequest, cycle_id: UUID, kind: str) -> HttpResponse:
    reply, address = _published(request, cycle_id)
    try:
        made = make_pdf(paper(kind, reply, address))
    except PdfNotPossible as refused:
        messages.error(request, str(refused))
        return redirect("reply_edit", cycle_id)
    return _file(f"{kind}.pdf", made, "application/pdf")


def _published(request: HttpRequest, cycle_id: UUID) -> tuple[PublicReply, str]:
    """What is public, in the language that ?l= asks for; a draft is never printed."""
    cycle = cycle_or_404(request.actor, cycle_id)
    found = published_at(cycle.reply_address, [request.GET.get("l", "")])
    if not isinstance(found, PublicReply):
        raise Http404
    return found, full_address(request, cycle)


def _file(name: str, content: bytes, kind: str) -> HttpResponse:
    shown = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=shown)
