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
# Sealed by their fields: "table.column" -> words.
FIELDS = {
    "people_account.email": "planted.person@example.org", "people_account.name": "Perpetua Planted",
    "people_invitation.label": "the invited silver spoon", "organizations_unit.name": "the crooked hill house",
    "organizations_supportcontact.name": "Rosalind Helper", "organizations_supportcontact.reach": "555-0177-brass",
    "organizations_supportcontact.hours": "when the owl calls", "organizations_supportcontact.languages": "old tin",
    "organizations_supportcontact.may_be_told": "only the lamp keeper", "listening_cycle.name": "the velvet spring",
    "listening_round.frozen": "the promised copper gate", "findings_release.payload": "the released marble unit",
    "findings_release.memory": "the remembered bone ring", "findings_outsideexport.words": "the asked rope bridge",
    "findings_outsideexport.reason": "the refused tar barrel", "people_headkeeper.address": "keeper@planted.example",
    "organizations_legalhold.ordered_by": "Honoria Judge", "organizations_legalhold.about": "the held-back lead pipe",
    "changes_finding.says": "the found paper moon", "changes_decision.reason": "the reasoned iron shoe",
    "changes_action.what": "the promised glass bell", "changes_action.owner": "Octavia Payee",
    "changes_action.money": "the counted clay coin", "changes_action.survivors_part": "the planned wool coat",
    "changes_action.result": "the resulting oak chair", "changes_replytext.opening": "the opening salt lake",
    "changes_replytext.closing": "the closing chalk wall", "changes_replyline.said": "the said amber comb",
    "changes_replyline.answer": "the answered linen sail", "django_session.session_data": "the remembered pewter cup",
}
SEALED |= FIELDS
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
    _plant_and_delete()
    TOTP.activate(Account.objects.get(pk=ana.account_id), SECRET)
    _plant_answers(house)
    _plant_reviewed(house)
    _plant_mail(ana, house)
    _plant_fields(house)


def _plant_fields(house) -> None:
    """Words in every sealed field, as the models keep them."""
    from alongside.changes.models import Action, Decision, Finding, Reply, ReplyLine, ReplyText
    from alongside.findings.models import OutsideExport, Release
    from alongside.listening.tests.factories import make_cycle, make_open_round
    from alongside.organizations.models import LegalHold, SupportContact, Unit
    from alongside.people.models import Account, HeadKeeper, Invitation
    from alongside.people.sealed_sessions import SessionStore

    def words(table: str) -> dict[str, str]:
        return {name.split(".")[1]: said for name, said in FIELDS.items() if name.startswith(table + ".")}

    day = date(2027, 1, 15)
    mine = {"organization": house}
    Account.objects.create(**words("people_account"))
    Invitation.objects.create(**mine, token_hash="0", expires_on=day, **words("people_invitation"))
    Unit.objects.create(**mine, **words("organizations_unit"))
    SupportContact.objects.create(**mine, **words("organizations_supportcontact"))
    cycle = make_cycle(house, **words("listening_cycle"))
    round_ = make_open_round(cycle)
    round_.frozen = round_.frozen | words("listening_round")
    round_.save(update_fields=["frozen"])
    HeadKeeper.objects.create(**mine, **words("people_headkeeper"))
    LegalHold.objects.create(**mine, kind="all", since=day, tell_by=day, **words("organizations_legalhold"))
    Release.objects.create(**mine, cycle=cycle, audience="inside", released_on=day, **words("findings_release"))
    OutsideExport.objects.create(
        **mine, cycle=cycle, asked_by=house.pk, asked_on=day, **words("findings_outsideexport"))
    finding = Finding.objects.create(**mine, cycle=cycle, domain_id="M", **words("changes_finding"))
    decision = Decision.objects.create(
        **mine, finding=finding, choice="later", decided_on=day, **words("changes_decision"))
    Action.objects.create(**mine, decision=decision, state="done", **words("changes_action"))
    reply = Reply.objects.create(**mine, cycle=cycle)
    ReplyText.objects.create(**mine, reply=reply, language="en", **words("changes_replytext"))
    ReplyLine.objects.create(**mine, reply=reply, finding=finding, language="en", **words("changes_replyline"))
    session = SessionStore()
    session.update(words("django_session"))
    session.create()
    for name, said in FIELDS.items():
        _ensure_kept(said, lambda name=name: _read_again(*name.split(".")))


def _read_again(table: str, column: str) -> str:
    """Everything that the rows of a table say in one column."""
    from django.apps import apps

    from alongside.people.sealed_sessions import opened

    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    rows = model._default_manager.all()
    return str([opened(row) if column == "session_data" else getattr(row, column) for row in rows])


def _plant_and_delete() -> None:
    """Words in clear that are deleted again, and the duty that the worker does each day."""
    from alongside.config.overwriting import overwrite_deleted
    from alongside.organizations.api import found_organization

    found_organization(name=DELETED, words={}, languages=["en"]).delete()
    overwrite_deleted()


def _plant_answers(house) -> None:
    from alongside.listening import store, uploads
    from alongside.listening.models import HeldResponse
    from alongside.listening.packing import unpacked
    from alongside.listening.tests.factories import make_cycle, make_open_round
    from alongside.privacy.api import HoldingKeys

    cycle = make_cycle(house, name="Answers")
    closed, opened = make_open_round(cycle), make_open_round(cycle, voice="staff")
    store.put_imported_comments(closed, [("M", COMMENT)])
    store.hold(opened, "-" * store.width_of(opened), {"M": HELD})
    token = uploads.keep_upload(opened, UPLOAD.encode())
    _ensure_kept(COMMENT, lambda: store.raw_comments(closed)[0][2])
    _ensure_kept(UPLOAD, lambda: uploads.open_upload(opened, token).decode())
    held, keys = HeldResponse.objects.get(), HoldingKeys(house.pk, opened.pk)
    _ensure_kept(HELD, lambda: unpacked(keys.unseal(store.HELD, held.pk, held.sealed))[1]["M"])


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
