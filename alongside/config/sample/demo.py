"""The demo: the sample, and a one-time way in for each of its invented people."""

from django.conf import settings
from django.db import transaction

from alongside.listening.models import Cycle, Round
from alongside.organizations.api import Organization
from alongside.people.api import Account, make_demo_door

from .story import make_sample, read_words


class NotTheDemo(Exception):
    """Ways in without a password exist in the demo alone."""


def make_demo() -> Organization:
    """The sample in a demo installation. Raises `NotTheDemo` in any other."""
    _ensure_demo()
    return make_sample()


@transaction.atomic
def new_doors(base: str) -> list[tuple[str, str]]:
    """(role, address) of each way into the demo; those of staff work once."""
    _ensure_demo()
    house = Organization.objects.get(is_invented=True)
    open_round = Round.objects.get(organization=house, state="open", entry="link")
    replied = Cycle.objects.filter(organization=house, finished_on__isnull=False).first()
    doors = [("respondent", f"{base}/q/{open_round.address}"), ("reply", f"{base}/r/{replied.reply_address}")]
    for person in read_words()["people"]:
        account = Account.objects.get(email=person["email"])
        doors.append((person["role"], f"{base}/people/door/{make_demo_door(account)}"))
    return doors


def _ensure_demo() -> None:
    if not settings.DEMO:
        raise NotTheDemo("Invented people sign in by link in the demo alone. Start it with: make demo")
