"""Run as a process of its own: writes known words everywhere the product keeps words, into a real database file.

`python -m tests.walls.plant_words DATA_DIR` says "planted" when all of them are in, and goes at once, without
closing anything, as a machine does whose disk is taken out.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date

HELD, COMMENT, REVIEWED = "the held red kettle", "the raw green ladder", "the reviewed blue window"
ADDRESS, QUEUED, UPLOAD = "listed@example.org", "queued@example.org", "the uploaded gray bridge"
SECRET = "KBUWG4TFOQQGC3TEEBZWK3DGEBSW4ZBB"
SEALED = {"held response": HELD, "comment": COMMENT, "reviewed words": REVIEWED, "address list": ADDRESS,
          "queue of a mailing": QUEUED, "uploaded file": UPLOAD, "secret of the second step": SECRET}
DELETED = "the deleted yellow boat"
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
    _plant_and_delete(ana)
    TOTP.activate(Account.objects.get(pk=ana.account_id), SECRET)
    _plant_answers(house)
    _plant_reviewed(house)
    _plant_mail(ana, house)


def _plant_and_delete(ana) -> None:
    """Words in clear that are deleted again, and the duty that the worker does each day."""
    from alongside.config.writes import overwrite_deleted
    from alongside.organizations.api import add_contact
    from alongside.organizations.writes import remove_contact

    remove_contact(ana, add_contact(ana, name=DELETED, reach="555-0100"))
    overwrite_deleted()


def _plant_answers(house) -> None:
    from alongside.listening import store, uploads
    from alongside.listening.models import HeldResponse
    from alongside.listening.tests.factories import make_cycle, make_open_round
    from alongside.privacy.api import unseal

    cycle = make_cycle(house, name="Answers")
    closed, opened = make_open_round(cycle), make_open_round(cycle, voice="staff")
    store.put_imported_comments(closed, [("M", COMMENT)])
    store.hold(opened, "-" * store.width_of(opened), {"M": HELD})
    token = uploads.keep_upload(opened, UPLOAD.encode())
    _ensure_kept(COMMENT, lambda: store.raw_comments(closed)[0][2])
    _ensure_kept(UPLOAD, lambda: uploads.open_upload(opened, token).decode())
    held = HeldResponse.objects.get()
    _ensure_kept(HELD, lambda: unseal(house.pk, store.HELD, held.pk, held.sealed).decode())


def _plant_reviewed(house) -> None:
    from alongside.findings.models import ReviewedComment
    from alongside.findings.reads import words_of
    from alongside.findings.writes.comments import _sealed
    from alongside.listening.models import Cycle

    row = ReviewedComment(organization_id=house.pk, cycle=Cycle.objects.get(), voice="clients")
    row.sealed_words = _sealed(row, REVIEWED)
    row.save()
    _ensure_kept(REVIEWED, lambda: words_of(row))


def _plant_mail(ana, house) -> None:
    from alongside.listening.tests.factories import make_cycle, make_open_round
    from alongside.outside.mail.messages import Message
    from alongside.outside.mail.writes import keep_list, open_list, send_to_all

    cycle = make_cycle(house, name="Mail")
    listed = make_open_round(cycle)
    keep_list(ana, listed, ADDRESS)
    _ensure_kept(ADDRESS, lambda: open_list(ana, listed)[0])
    queue = make_open_round(cycle, voice="staff")
    keep_list(ana, queue, QUEUED)
    send_to_all(ana, queue, "invitation", Message("A few questions", "Hello"), today=date(2027, 1, 15))


def _ensure_kept(words: str, read: Callable[[], str]) -> None:
    """What was never kept would not be found either. What can't be opened is not sealed: the search will find it."""
    from alongside.listening.api import ImportRefused
    from alongside.privacy.api import CannotOpen

    with suppress(CannotOpen, ImportRefused):
        if words not in read():
            raise SystemExit(f"not kept: {words}")


if __name__ == "__main__":
    os.environ.update(DATA_DIR=sys.argv[1], DJANGO_SETTINGS_MODULE="alongside.config.settings")
    import django

    django.setup()
    plant()
    print("planted", flush=True)
    os._exit(0)  # without closing the database: its log stays beside it
