"""Run as a process of its own: people write into rounds with and without a box, in a real data folder.

`python -m tests.walls.plant_box DATA_DIR` prints, as JSON, the secrets that must be nowhere in that folder, and all
that somebody reads who has the folder with every key in it; then it goes at once, without closing anything.
"""

import io
import json
import os
import sys
from datetime import timedelta

SENT, WAITING, IMPORTED = "the sent violet lamp", "the waiting orange stairs", "the imported brown fence"
IN_NO_BOX = "the unboxed silver gate"  # whoever has all keys reads this one, or the search finds nothing at all


def plant() -> dict:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    from alongside.access.api import Role
    from alongside.listening.boxes.tests.factories import box_in_use
    from alongside.listening.writes import close_round
    from alongside.organizations.api import add_contact, found_organization
    from alongside.privacy.api import box
    from tests.personas import make_member

    house = found_organization(name="House (invented)", words={}, languages=["en"])
    ana = make_member(house, "ana", Role.COORDINATOR)
    add_contact(ana, name="Night line", reach="555-0100")
    _answer(_opened(ana, "Before"), IN_NO_BOX)
    row, words = box_in_use(ana)
    _practice(ana, row, words)
    closed = _opened(ana, "With a box")
    _answer(closed, SENT)
    _import(ana, closed)
    close_round(ana, closed)
    _answer(_opened(ana, "Still open"), WAITING)
    private = box.combine(box.Box.from_plain(row.promise), words[:2])
    return {"keys": words, "private": private.hex(), "read": _read_with_every_key()}


def _opened(ana, name: str):
    from django.utils import timezone

    from alongside.listening.models import Round
    from alongside.listening.rules import Ask
    from alongside.listening.tests.factories import make_plan
    from alongside.listening.writes import open_round, plan_cycle

    today = timezone.localdate()
    plan = make_plan(name=name, asks=(Ask("clients", 20, "codes"),), opens_on=today,
                     closes_on=today + timedelta(days=21), reply_due=today + timedelta(days=42))
    round_ = Round.objects.get(cycle=plan_cycle(ana, plan))
    open_round(ana, round_)
    return round_


def _answer(round_, words: str) -> None:
    from alongside.listening.answering.tests.conftest import Remy
    from alongside.listening.tests.factories import make_code

    remy = Remy(round_.address)
    remy.open()
    remy.press("next", c=make_code(round_))
    remy.press("next", t1=words)
    remy.press(str(len(round_.frozen["instrument"]["pages"]) + 1))
    remy.press("send")
    if remy.response.status_code != 200 or "form method" in remy.text:
        raise SystemExit(f"not sent: {words}")


def _import(ana, round_) -> None:
    from alongside.listening.api import import_answers
    from alongside.listening.tests.factories import csv_of

    pages = round_.frozen["instrument"]["pages"]
    items = [item["id"] for page in pages for item in page["items"]]
    file = csv_of(round_, ",".join(["3"] * len(items) + [IMPORTED]),
                  header=[*items, "comment_" + pages[0]["domain_id"]])
    if not import_answers(ana, round_, io.BytesIO(file), dry_run=False).imported:
        raise SystemExit("not imported")


def _practice(ana, row, words: list[str]) -> None:
    """Keys go through a screen, and must leave nothing behind."""
    from django.conf import settings
    from django.test import Client

    from alongside.listening.boxes.tests.factories import Screen
    from alongside.people.api import Account, mark_second_step

    client, account = Client(), Account.objects.get(pk=ana.account_id)
    client.force_login(account, settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    mark_second_step(session, account)
    session.save()
    screen = Screen(client)
    screen.open("/cycles/box/practice")
    screen.press("Put in this key", words=words[0])
    screen.press("Put in this key", words=words[1])
    if "The papers are right" not in screen.text:
        raise SystemExit("not practiced")


def _read_with_every_key() -> list[str]:
    """What comes out where everything is unsealed that the server itself can unseal."""
    from alongside.listening import packing, store
    from alongside.listening.models import Round

    found = []
    for round_ in Round.objects.all():
        found += [words for *_, words in store.raw_comments(round_)]
        waiting = store._waiting(round_, store._keys_of(round_))
        found += [str(packing.unpacked(padded)) for padded in waiting]
    return found


if __name__ == "__main__":
    os.environ.update(DATA_DIR=sys.argv[1], DJANGO_SETTINGS_MODULE="alongside.config.settings",
                      ALONGSIDE_HOSTS="testserver", ALONGSIDE_DEBUG="1")  # styles need not be gathered first
    import django

    django.setup()
    print(json.dumps(plant()), flush=True)
    os._exit(0)  # without closing the database: its log stays beside it
