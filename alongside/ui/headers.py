"""The headers that keep a page out of caches and frames, and away from every other host."""

from django.http import HttpResponseBase

from .assets import ANSWER_CSS_HASH, ANSWER_JS_HASH, SHARED_JS_HASH

STAFF_CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# A respondent's page holds its style and script, each allowed by its hash alone. Its form may only come back here.
ANSWER_CSP = (
    f"default-src 'none';style-src {ANSWER_CSS_HASH};script-src {ANSWER_JS_HASH};img-src data:;"
    "form-action 'self';base-uri 'none';frame-ancestors 'none'"
)
# On a device that is handed around, a second script sends the form itself.
SHARED_CSP = ANSWER_CSP.replace(ANSWER_JS_HASH, f"{ANSWER_JS_HASH} {SHARED_JS_HASH}") + ";connect-src 'self'"


def secure_headers(response: HttpResponseBase) -> None:
    """Add what is not there yet. `Cache-Control: no-store` keeps a page out of the Back button's memory."""
    response.headers.setdefault("Content-Security-Policy", STAFF_CSP)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
