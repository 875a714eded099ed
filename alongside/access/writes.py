"""Counting tries of a secret: right over several processes, and without any network address.

Django's cache in the database counts by reading and then writing, so two processes lose tries between them; and
it drops entries once there are three hundred, so whoever tries many names would wipe out every count.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .models import Tries


@transaction.atomic
def may_try(what: str, whom: str, *, most: int, seconds: int) -> bool:
    """Count one try of `what` ("password") for `whom` (an account, a round, or ""). False beyond `most`.

    The stretch of `seconds` begins with the first try; when it is over, the count begins anew. Tries beyond
    `most` don't make it longer. Of any number of processes at once, exactly `most` are told True.
    """
    key, now = _key(what, whom), timezone.now()
    Tries.objects.bulk_create([Tries(key=key, until=now)], ignore_conflicts=True)
    row = Tries.objects.select_for_update().get(pk=key)
    if row.until <= now:
        row.count, row.until = 0, now + timedelta(seconds=seconds)
    row.count += 1
    row.save(update_fields=["count", "until"])
    return bool(row.count <= most)


def forget_tries(what: str, whom: str) -> None:
    """Begin anew: the secret was right."""
    Tries.objects.filter(pk=_key(what, whom)).delete()


def forget_all_tries() -> None:
    """Begin anew for everybody: after a restore."""
    Tries.objects.all().delete()


def _key(what: str, whom: str) -> str:
    return salted_hmac("alongside.access.tries", f"{what}\n{whom}", algorithm="sha256").hexdigest()
