"""Figures leave the organization only after somebody else has looked."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from alongside.access.api import Refused, Role
from alongside.audit.api import entries_of
from alongside.findings import reads, writes
from alongside.findings.models import OutsideExport
from alongside.findings.refusals import AlreadyDecided, NotYours
from alongside.findings.rules import exporting as rules
from alongside.findings.tests.factories import make_cycle
from alongside.people.models import Account, Membership
from tests.personas import make_member

pytestmark = [pytest.mark.store, pytest.mark.django_db]
WORDS = {"whom": "the county", "why": "the yearly report"}
FILES = ("profile.csv", "profile.json", "profile.pdf")


def today():
    return timezone.localdate()


def asked(actor, cycle) -> OutsideExport:
    return writes.ask_export(actor, cycle, **WORDS, today=today())


def at(cycle, *rest) -> str:
    return "/".join((f"/cycles/{cycle.pk}/export", *map(str, rest)))


@pytest.fixture
def files(monkeypatch, released):
    """`files(browser)`: what comes of asking for each file of the outside profile."""
    from alongside.findings.views import files as views

    monkeypatch.setattr(views, "make_pdf", lambda html: b"%PDF-")
    return lambda browser: [
        browser.get(f"/cycles/{released.pk}/{name}?for=outside").status_code for name in FILES]


def test_no_file_leaves_before_somebody_else_approved(as_, ana, dee, ben, released, files):
    for actor in (ana, dee, ben):
        assert files(as_(actor)) == [302, 302, 302]
        asked(actor, released)
        assert files(as_(actor)) == [302, 302, 302]
    assert [entry.act for entry in entries_of(ana) if "exported" in entry.act] == []


def test_figures_stay_to_be_looked_at_on_the_screen(as_, ben, released):
    assert as_(ben).get(f"/cycles/{released.pk}/profile").status_code == 200


def test_whoever_asked_fetches_what_another_approved(as_, ana, dee, released, files):
    writes.approve_export(dee, asked(ana, released), today=today())
    assert (files(as_(ana)), files(as_(dee))) == ([200, 200, 200], [302, 302, 302])


def test_a_reader_fetches_what_was_approved_for_them(as_, ana, ben, released, files):
    writes.approve_export(ana, asked(ben, released), today=today())
    assert files(as_(ben)) == [200, 200, 200]


def test_an_approval_is_for_one_cycle(ana, dee, released):
    writes.approve_export(dee, asked(ana, released), today=today())
    other = make_cycle(released.organization)
    assert (reads.may_fetch(ana, released, today()), reads.may_fetch(ana, other, today())) == (True, False)


def test_an_approved_file_is_fetched_within_seven_days(ana, dee, released):
    writes.approve_export(dee, asked(ana, released), today=today())
    days = [reads.may_fetch(ana, released, today() + timedelta(days=n)) for n in (0, 7, 8)]
    assert days == [True, True, False]


def test_nobody_approves_their_own_request(ana, released):
    with pytest.raises(NotYours):
        writes.approve_export(ana, asked(ana, released), today=today())


def test_nobody_approves_their_own_request_through_another_role(house, released):
    both = make_member(house, "both", Role.READER, Role.COORDINATOR, Role.DIRECTOR)
    with pytest.raises(NotYours):
        writes.approve_export(both, asked(both, released), today=today())


def test_a_second_session_of_the_same_account_approves_nothing(as_, ana, released, files):
    export, there = asked(ana, released), as_(ana, sure=True)
    there.post(at(released, export.pk))
    export.refresh_from_db()
    assert (export.state, files(as_(ana))) == ("asked", [302, 302, 302])


def test_the_table_itself_refuses_an_approval_of_ones_own(ana, released):
    export = asked(ana, released)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutsideExport.objects.filter(pk=export.pk).update(
            state="approved", decided_by=ana.account_id, decided_on=today())


def test_only_coordinator_and_director_approve(ana, dee, fay, fin, ben, sol, released):
    export = asked(ana, released)
    for actor in (fay, fin, ben, sol):
        with pytest.raises(Refused):
            writes.approve_export(actor, export, today=today())
    writes.approve_export(dee, export, today=today())


def test_another_organization_neither_sees_nor_decides(as_, ana, cleo, released):
    export, stranger = asked(ana, released), as_(cleo, sure=True)
    statuses = [stranger.get(at(released)).status_code, stranger.get(at(released, export.pk)).status_code,
                stranger.post(at(released, export.pk)).status_code,
                stranger.post(at(released, export.pk, "refuse"), {"reason": "no"}).status_code]
    assert (statuses, list(reads.exports_to_decide(cleo, today()))) == ([404] * 4, [])
    with pytest.raises(Refused):
        writes.approve_export(cleo, export, today=today())


def test_asking_and_approving_ask_who_it_is(as_, ana, dee, released):
    pages = [as_(ana).post(at(released), WORDS), as_(dee).post(at(released, asked(ana, released).pk))]
    assert ["people/again.html" in [one.name for one in page.templates] for page in pages] == [True, True]
    assert OutsideExport.objects.get().state == "asked"


def test_the_whole_way_through_the_pages(as_, ana, dee, released, files):
    hers, theirs = as_(ana, sure=True), as_(dee, sure=True)
    hers.post(at(released), WORDS)
    request = theirs.get("/").context["requests"][0]
    assert (request.who, request.whom, request.why) == ("Ana", "the county", "the yearly report")
    theirs.post(at(released, request.id))
    assert files(hers) == [200, 200, 200]
    acts = [entry.act for entry in entries_of(ana)][::-1]
    assert [act for act in acts if "export" in act] == [
        "export.asked", "export.approved", *["profile.exported.outside"] * 3]


def test_a_refusal_needs_a_reason_and_whoever_asked_reads_it(as_, ana, dee, released):
    export, theirs = asked(ana, released), as_(dee)
    theirs.post(at(released, export.pk, "refuse"), {"reason": " "})
    export.refresh_from_db()
    assert export.state == "asked"
    theirs.post(at(released, export.pk, "refuse"), {"reason": "Not before the reply."})
    assert "Not before the reply." in as_(ana).get(at(released)).content.decode()
    assert entries_of(ana)[0].act == "export.refused"


def test_what_was_refused_can_be_asked_anew_and_is_not_fetched(as_, ana, dee, released, files):
    writes.refuse_export(dee, asked(ana, released), reason="no", today=today())
    assert files(as_(ana)) == [302, 302, 302]
    assert asked(ana, released).state == "asked"


def test_asking_twice_is_one_request(ana, released):
    assert asked(ana, released).pk == asked(ana, released).pk


def test_a_request_is_decided_once(ana, dee, house, released):
    export = asked(ana, released)
    writes.refuse_export(dee, export, reason="no", today=today())
    with pytest.raises(AlreadyDecided):
        writes.approve_export(make_member(house, "di", Role.DIRECTOR), export, today=today())


def test_a_request_waits_two_weeks(ana, dee, released):
    export, late = asked(ana, released), today() + timedelta(days=15)
    assert list(reads.exports_to_decide(dee, late)) == []
    with pytest.raises(AlreadyDecided):
        writes.approve_export(dee, export, today=late)


def test_ones_own_request_is_not_on_ones_own_start_page(as_, ana, dee, fay, released):
    asked(ana, released)
    shown = {name: len(as_(actor).get("/").context["requests"]) for name, actor in
             (("ana", ana), ("dee", dee), ("fay", fay))}
    assert shown == {"ana": 0, "dee": 1, "fay": 0}


def test_somebody_who_is_alone_is_told_what_to_do(as_, ana, released):
    browser = as_(ana, sure=True)
    pages = [browser.get(at(released)).content.decode(), browser.post(at(released), WORDS).content.decode()]
    assert [("nobody else who could look" in page, "/people/invite" in page) for page in pages] == [(True, True)] * 2
    assert OutsideExport.objects.count() == 0


def test_one_of_another_organization_does_not_count_as_second_person(as_, ana, cleo, released):
    assert "nobody else who could look" in as_(ana).get(at(released)).content.decode()


def test_words_of_a_request_are_sealed(ana, dee, released):
    writes.refuse_export(dee, asked(ana, released), reason="not before the reply", today=today())
    with connection.cursor() as cursor:
        cursor.execute("select * from findings_outsideexport")
        kept = " ".join(str(bytes(one) if isinstance(one, memoryview | bytes) else one) for one in cursor.fetchone())
    assert [word for word in ("Ana", "county", "yearly", "reply") if word in kept] == []


def test_before_the_release_there_is_nothing_to_ask_for(as_, ana, cycle):
    assert as_(ana, sure=True).post(at(cycle), WORDS).status_code == 404
    with pytest.raises(NotYours):
        asked(ana, cycle)


def test_somebody_who_left_fetches_nothing(as_, ana, dee, released, files):
    writes.approve_export(ana, asked(dee, released), today=today())
    theirs = as_(dee)
    Membership.objects.filter(account_id=dee.account_id).delete()
    assert (files(theirs), Account.objects.filter(pk=dee.account_id).exists()) == ([403] * 3, True)


def test_inside_files_need_no_second_person(as_, ana, released):
    assert as_(ana).get(f"/cycles/{released.pk}/profile.csv").status_code == 200
    assert entries_of(ana)[0].act == "profile.exported.inside"


def test_nobody_decides_without_an_account(ana):
    assert not rules.may_decide(ana.account_id, None)
