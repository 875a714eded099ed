"""Counting tries without keeping an address: the count lies under a keyed hash, for a minute."""

from django.core.cache import cache
from django.http import HttpRequest

from alongside.privacy.api import fingerprint

MINUTE = 60


def tried_too_often(request: HttpRequest, what: str, a_minute: int) -> bool:
    """Count one try of `what` from where this request came; True beyond `a_minute` tries within a minute."""
    key = "tries:" + fingerprint(f"people.tries.{what}", request.META.get("REMOTE_ADDR", ""))
    if cache.add(key, 1, MINUTE):
        return False
    try:
        return cache.incr(key) > a_minute
    except ValueError:  # the minute ended between the two steps
        return False
