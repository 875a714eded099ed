"""A device that is handed around: `?m=t` at the form's address, carried on from page to page.

The finished page gets a second script (`ui/static/ui/shared.js`): pages take each other's place in the browser, so
that Back leads to nobody's answers, and a page that nobody touches starts again. Without a script a page starts
again ten minutes after it was opened. Pages on people's own devices are not touched by any of this.
"""

import re
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import override

from alongside.ui.api import SHARED_CSP, send_quiet_page

MARK, SHARED = "m", "t"
HIDDEN = f'<input type="hidden" name="{MARK}" value="{SHARED}">'
LANGUAGE = re.compile(r'<html lang="([^"]+)"')
HEAD, END = '<meta charset="utf-8">', "</body>"


def is_shared(request: HttpRequest) -> bool:
    """Whether this request comes from a device that is handed around."""
    return (request.POST if request.method == "POST" else request.GET).get(MARK) == SHARED


def shared_path(address: str) -> str:
    """Where such a device starts, and starts again."""
    return f"/q/{address}?{MARK}={SHARED}"


def send_shared(request: HttpRequest, html: str, address: str, status: int = 200) -> HttpResponse:
    """A page of people who answer, `html`, made fit for a device that is handed around."""
    for own in (f'href="/q/{address}?', 'href="?'):
        html = html.replace(own, f"{own}{MARK}={SHARED}&amp;")
    html = html.replace(f'<form method="post" action="/q/{address}" autocomplete="off">',
                        f'<form method="post" action="/q/{address}" autocomplete="off">{HIDDEN}')
    head, end = _parts(address, LANGUAGE.search(html)[1])
    start, _, rest = html.replace(HEAD, HEAD + head, 1).rpartition(END)  # the last one: a script holds another
    return send_quiet_page(request, start + end + END + rest, status, csp=SHARED_CSP)


@lru_cache(maxsize=200)
def _parts(address: str, language: str) -> tuple[str, str]:
    with override(language):
        context = {"start": shared_path(address)}
        return tuple(render_to_string(f"listening/answering/_shared_{part}.html", context) for part in ("head", "end"))
