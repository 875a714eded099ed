"""The pages of people who answer. No session, no cookie, no account, no log of who came."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.utils.translation.trans_real import parse_accept_lang_header

from alongside.access.api import open_to_all
from alongside.ui.api import send_quiet_page

from . import pages, shared, submission, walk
from .example import example
from .sheets import NoSuchRound, Sheet, sheet_at
from .submission import NotTaken

BECAUSE = "people answer without an account, and nothing about them is kept"
STATUS_OF = {"closed": 410, "wrong": 422, "spent": 409, "wait": 429, "empty": 422, "trouble": 503}


def _for_a_round(view: Callable) -> Callable:
    """Give the view its sheet; say kindly what is wrong where there is none or too much came in."""

    @open_to_all(because=BECAUSE)
    @wraps(view)
    def checked(request: HttpRequest, address: str) -> HttpResponse:
        try:
            return view(request, address)
        except NoSuchRound:
            return send_quiet_page(request, pages.plain_page("unknown", None, _wished(request, ["en", "es"])), 404)
        except (RequestDataTooBig, TooManyFieldsSent):
            language = _wished(request, sheet_at(address).languages)
            # What came in was too much to be read, so whose device it is can't be known either.
            return send_quiet_page(request, pages.plain_page("too_much", sheet_at(address), language), 413)

    return checked


@_for_a_round
def form(request: HttpRequest, address: str) -> HttpResponse:
    """GET: the promise. POST: the next page, with the answers that came along."""
    if request.method == "POST":
        return _step(request, address)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "POST"])
    sheet = sheet_at(address)
    language = _wished(request, sheet.languages)
    if not sheet.is_open:
        return _page(request, sheet, pages.plain_page("closed", sheet, language), 410)
    code = "" if sheet.needs_code else submission.new_mark()
    return _page(request, sheet, pages.promise_page(sheet, language, code=code))


@_for_a_round
def who_sees_what(request: HttpRequest, address: str) -> HttpResponse:
    """What becomes of an answer, and who sees what of it; with an example of a figure that is kept back."""
    sheet = sheet_at(address)
    language = _wished(request, sheet.languages)
    return _page(request, sheet, pages.plain_page("who", sheet, language, **example(sheet.promise["k_scores"])))


@open_to_all(because=BECAUSE)
def start(request: HttpRequest) -> HttpResponse:
    """For somebody who typed the address up to here: a place for the rest of it."""
    typed = request.GET.get("a", "").strip().lower()
    if typed.isalnum() and typed.isascii() and len(typed) <= 16:
        return HttpResponseRedirect(f"/q/{typed}")
    return send_quiet_page(request, pages.plain_page("start", None, _wished(request, ["en", "es"]), typed=typed))


def _step(request: HttpRequest, address: str) -> HttpResponse:
    sheet = sheet_at(address)
    here = walk.read(request.POST, sheet.page_sizes, sheet.languages)
    go = request.POST.get("go", "")
    if here.too_long and go != "discard":
        return _page(request, sheet, pages.question_page(sheet, here.at(here.too_long)), 422)
    if go == "discard":
        return _page(request, sheet, pages.plain_page("discarded", sheet, here.language))
    if go == "send":
        return _send(request, sheet, here)
    if here.page == 0:
        return _enter(request, sheet, here)
    return _show(request, sheet, here.at(walk.target(here, go, len(sheet.pages))))


def _enter(request: HttpRequest, sheet: Sheet, here: walk.Walk) -> HttpResponse:
    """From the promise to the first page: says at once, not at the end, where a code is wrong or spent."""
    try:
        submission.check_code(sheet, here.code)
    except NotTaken as refused:
        if refused.why == "closed":
            return _page(request, sheet, pages.plain_page("closed", sheet, here.language), 410)
        page = pages.promise_page(sheet, here.language, code=here.code, problem=refused, walk=here)
        return _page(request, sheet, page, STATUS_OF[refused.why])
    return _show(request, sheet, here.at(1))


def _show(request: HttpRequest, sheet: Sheet, here: walk.Walk) -> HttpResponse:
    if here.page == 0:
        return _page(request, sheet, pages.promise_page(sheet, here.language, code=here.code, walk=here))
    if here.page > len(sheet.pages):
        return _page(request, sheet, pages.look_over_page(sheet, here))
    return _page(request, sheet, pages.question_page(sheet, here))


def _send(request: HttpRequest, sheet: Sheet, here: walk.Walk) -> HttpResponse:
    """Keep the answers and say thanks, without an address of its own: the history of somebody who answered must
    be that of somebody who only looked. Reloading says that they arrived, once."""
    try:
        submission.send(sheet, here)
    except NotTaken as refused:
        page = pages.look_over_page(sheet, here.at(len(sheet.pages) + 1), refused)
        return _page(request, sheet, page, STATUS_OF[refused.why])
    return _page(request, sheet, pages.plain_page("end", sheet, here.language))


def _page(request: HttpRequest, sheet: Sheet, html: str, status: int = 200) -> HttpResponse:
    if shared.is_shared(request):
        return shared.send_shared(request, html, sheet.address, status)
    return send_quiet_page(request, html, status)


def _wished(request: HttpRequest, languages: list[str]) -> str:
    """The language chosen by link, else the browser's first one that we have, else the organization's first."""
    chosen = request.GET.get("l", "")
    if chosen in languages:
        return chosen
    for wished, _quality in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")):
        for language in languages:
            if wished == language or wished.startswith(f"{language}-"):
                return language
    return languages[0]
