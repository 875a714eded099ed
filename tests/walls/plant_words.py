"""Run as a process of its own: writes known words everywhere the product keeps words, into a real database file.

`python -m tests.walls.plant_words DATA_DIR` says "planted" when all of them are in, and goes at once, without
closing anything, as a machine does whose disk is taken out.
"""

import os
import sys
from datetime import date

HELD, COMMENT, REVIEWED = "the held red kettle", "the raw green ladder", "the reviewed blue window"
ADDRESS, QUEUED, UPLOAD = "listed@example.org", "queued@example.org", "the uploaded gray bridge"
SECRET = "KBUWG4TFOQQGC3TEEBZWK3DGEBSW4ZBB"
SEALED = {"held response": HELD, "comment": COMMENT, "reviewed words": REVIEWED, "address list": ADDRESS,
          "queue of a mailing": QUEUED, "uploaded file": UPLOAD, "secret of the second step": SECRET}
IN_CLEAR = "House with clear name (invented)"  # the search must find this one, or it finds nothing at all


def plant() -> None:
    from allauth.mfa.totp.internal.auth import TOTP
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from alongside.access.api import Role
    from alongside.organizations.api import found_organization
    from alongside.people.api import Account
    from tests.personas import make_member

    house = found_organization(name=IN_CLEAR, words={}, languages=["en"])
    ana = make_member(house, "ana", Role.COORDINATOR)
    TOTP.activate(Account.objects.get(pk=ana.account_id), SECRET)
    _plant_answers(house)
    _plant_reviewed(house)
    _plant_mail(ana, house)


def _plant_answers(house) -> None:
    from alongside.listening import store, uploads
    from alongside.listening.tests.factories import make_cycle, make_open_round

    cycle = make_cycle(house, name="Answers")
    closed, opened = make_open_round(cycle), make_open_round(cycle, voice="staff")
    store.hold(closed, "-" * store.width_of(closed), {"M": COMMENT})
    store.mix(closed)
    store.hold(opened, "-" * store.width_of(opened), {"M": HELD})
    uploads.keep_upload(opened, UPLOAD.encode())


def _plant_reviewed(house) -> None:
    from alongside.findings.models import ReviewedComment
    from alongside.findings.writes.comments import _sealed
    from alongside.listening.models import Cycle

    row = ReviewedComment(organization_id=house.pk, cycle=Cycle.objects.get(), voice="clients")
    row.sealed_words = _sealed(row, REVIEWED)
    row.save()


def _plant_mail(ana, house) -> None:
    from alongside.listening.tests.factories import make_cycle, make_open_round
    from alongside.outside.mail.messages import Message
    from alongside.outside.mail.writes import keep_list, send_to_all

    cycle = make_cycle(house, name="Mail")
    keep_list(ana, make_open_round(cycle), ADDRESS)
    queue = make_open_round(cycle, voice="staff")
    keep_list(ana, queue, QUEUED)
    send_to_all(ana, queue, "invitation", Message("A few questions", "Hello"), today=date(2027, 1, 15))


if __name__ == "__main__":
    os.environ.update(DATA_DIR=sys.argv[1], DJANGO_SETTINGS_MODULE="alongside.config.settings")
    import django

    django.setup()
    plant()
    print("planted", flush=True)
    os._exit(0)  # without closing the database: its log stays beside it
