"""The reply as everybody reads it. No session, no cookie, no account, no log of who came."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.translation.trans_real import parse_accept_lang_header

from alongside.access.api import open_to_all
from alongside.ui.api import send_quiet_page

from ..reads.replying import PublicReply, pick, published_at
from .drawing import nothing_yet_page, reply_page

IN_ANY_CASE = ("en", "es")


@open_to_all(because="everyone who was asked reads the reply, and nobody may know who came")
def reply(request: HttpRequest, address: str) -> HttpResponse:
    """What people said and what becomes of it; or when to come back."""
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET"])
    wanted = _wanted(request)
    found = published_at(address, wanted)
    if isinstance(found, PublicReply):
        return send_quiet_page(request, reply_page(found))
    language = pick(wanted, found.languages if found else IN_ANY_CASE)
    return send_quiet_page(request, nothing_yet_page(found, language, timezone.localdate()), 404)


def _wanted(request: HttpRequest) -> list[str]:
    """The language chosen by link, then the browser's, in order. No cookie is looked at."""
    accepted = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    return [request.GET.get("l", ""), *(language for language, _quality in accepted)]
