"""Sending a respondent's page: small, compressed, never cached.

Compressing is safe here although the page holds a code and reflects input: a page of ours only ever holds what
the same request brought along (no cookie, no session), so somebody else's forged request brings no secret to
measure. See docs/decisions/.
"""

import zlib

import brotli
from django.http import HttpRequest, HttpResponse

from .headers import ANSWER_CSP

SMALLEST_WORTH_COMPRESSING = 600


def send_quiet_page(request: HttpRequest, html: str, status: int = 200, *, csp: str = ANSWER_CSP) -> HttpResponse:
    """`html` as a response to somebody who answers: brotli or gzip where the browser takes it."""
    body, encoding = _compressed(html.encode(), request.META.get("HTTP_ACCEPT_ENCODING", ""))
    response = HttpResponse(body, status=status, content_type="text/html; charset=utf-8")
    if encoding:
        response.headers["Content-Encoding"] = encoding
    response.headers["Content-Length"] = str(len(body))
    response.headers["Content-Security-Policy"] = csp
    return response


def _compressed(body: bytes, accepted: str) -> tuple[bytes, str]:
    if len(body) < SMALLEST_WORTH_COMPRESSING:
        return body, ""
    if "br" in accepted:
        return brotli.compress(body, quality=5, lgwin=16), "br"
    if "gzip" in accepted:
        packer = zlib.compressobj(6, zlib.DEFLATED, 31)
        return packer.compress(body) + packer.flush(), "gzip"
    return body, ""
