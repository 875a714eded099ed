from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.audit.api import entries_of
from alongside.listening.models import Cycle
from alongside.listening.tests.factories import make_cycle
from alongside.organizations.api import holds_of, put_hold

pytestmark = pytest.mark.django_db
EVERYTHING = {"kind": "court", "ordered_by": "the county court", "about": "", "covers": "everything"}
PROOF = {"again-password": "correct horse battery"}
WORDS = "A legal duty stops us from deleting"


@pytest.fixture
def finished(house):
    return make_cycle(house, name="Spring", released_on=date(2027, 3, 1), finished_on=date(2027, 4, 1))


def put(actor, cycle=None):
    return put_hold(actor, kind="court", ordered_by="the county court", about="file 7",
                    cycle_id=cycle.pk if cycle else None, today=timezone.localdate())


@pytest.mark.parametrize("who", ["ana", "dee", "fay", "fin", "ben", "sol"])
def test_what_we_hold_is_for_all_staff(as_, request, who):
    assert as_(request.getfixturevalue(who)).get("/what-we-hold/").status_code == 200


def test_what_we_hold_is_not_for_strangers(client):
    assert client.get("/what-we-hold/").status_code == 302


def test_page_says_how_long_backups_live(as_, fin, settings):
    settings.BACKUP_DAYS = 23
    assert "deleted when they are 23 days old" in as_(fin).get("/what-we-hold/").content.decode()


def test_page_shows_a_hold_to_everybody_and_its_words_to_none_but_two_roles(as_, dee, fay):
    put(dee)
    page = as_(fay).get("/what-we-hold/").content.decode()
    assert ("A legal hold stops deleting" in page, "county court" in page, "file 7" in page) == (True, False, False)


@pytest.mark.parametrize(("who", "status"), [("ana", 302), ("dee", 302), ("fay", 403), ("fin", 403), ("sol", 403)])
def test_putting_a_hold_is_for_two_roles(as_, request, who, status):
    actor = request.getfixturevalue(who)
    assert as_(actor).post("/what-we-hold/holds/new", EVERYTHING | PROOF).status_code == status


@pytest.mark.parametrize("act", ["new", "lift", "remove"])
def test_risky_act_asks_first_who_it_is(as_, ana, finished, act):
    hold = put(ana)
    path, typed = {
        "new": (reverse("hold_new"), EVERYTHING), "lift": (reverse("hold_lift", args=[hold.pk]), {}),
        "remove": (reverse("finished_cycle_remove", args=[finished.pk]), {"name": "Spring"})}[act]
    as_(ana).post(path, typed)
    assert (holds_of(ana).count(), holds_of(ana).get().lifted_on, Cycle.objects.count()) == (1, None, 1)


def test_hold_on_one_cycle_covers_that_cycle(as_, dee, finished):
    as_(dee).post("/what-we-hold/holds/new", EVERYTHING | PROOF | {"covers": str(finished.pk)})
    assert holds_of(dee).get().cycle_id == finished.pk


def test_cycle_of_another_organization_can_not_be_covered(as_, dee, other_house):
    theirs = make_cycle(other_house)
    as_(dee).post("/what-we-hold/holds/new", EVERYTHING | PROOF | {"covers": str(theirs.pk)})
    assert holds_of(dee).count() == 0


def test_what_was_typed_is_kept_where_something_lacks(as_, dee):
    page = as_(dee).post("/what-we-hold/holds/new", EVERYTHING | PROOF | {"covers": "", "about": "file 7"})
    assert (page.status_code, "file 7" in page.content.decode()) == (200, True)


def test_hold_of_another_organization_is_not_there(as_, dee, cleo):
    hold = put(cleo)
    paths = [reverse(name, args=[hold.pk]) for name in ("hold", "hold_told", "hold_lift")]
    signed = as_(dee)
    answers = [signed.get(paths[0]), *(signed.post(path, PROOF) for path in paths[1:])]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


def test_lifting_twice_is_told(as_, dee):
    hold, signed = put(dee), as_(dee)
    path = reverse("hold_lift", args=[hold.pk])
    signed.post(path, PROOF)
    assert "was lifted already" in signed.post(path, PROOF, follow=True).content.decode()


def test_every_step_of_a_hold_is_in_the_log(as_, dee):
    signed = as_(dee)
    signed.post("/what-we-hold/holds/new", EVERYTHING | PROOF)
    for name in ("hold_told", "hold_lift"):
        signed.post(reverse(name, args=[holds_of(dee).get().pk]), PROOF)
    assert [one.act for one in entries_of(dee)][:3] == ["hold.lifted", "hold.told", "hold.put"]


# -- telling people ----------------------------------------------------------------------------------------------

@pytest.mark.parametrize("covered", ["everything", "this cycle", "another cycle"])
def test_reply_page_tells_of_a_hold_once_people_were_told(client, as_, dee, house, finished, covered):
    hold = put(dee, {"this cycle": finished, "another cycle": make_cycle(house, name="Other")}.get(covered))
    address = f"/r/{finished.reply_address}"
    before = WORDS in client.get(address).content.decode()
    as_(dee).post(reverse("hold_told", args=[hold.pk]))
    after = WORDS in client.get(address).content.decode()
    as_(dee).post(reverse("hold_lift", args=[hold.pk]), PROOF)
    lifted = WORDS in client.get(address).content.decode()
    assert (before, after, lifted) == (False, covered != "another cycle", False)


# -- removing a finished cycle -----------------------------------------------------------------------------------

@pytest.mark.parametrize(("typed", "left"), [("Spring", 0), (" spring ", 0), ("Autumn", 1), ("", 1)])
def test_cycle_goes_only_when_its_name_is_typed(as_, ana, finished, typed, left):
    as_(ana).post(reverse("finished_cycle_remove", args=[finished.pk]), PROOF | {"name": typed})
    assert Cycle.objects.count() == left


@pytest.mark.parametrize(("who", "status"), [("ana", 200), ("dee", 403), ("fay", 403)])
def test_removing_a_cycle_is_for_the_coordinator(as_, request, finished, who, status):
    path = reverse("finished_cycle_remove", args=[finished.pk])
    assert as_(request.getfixturevalue(who)).get(path).status_code == status


def test_cycle_that_people_wait_for_stays(as_, ana, house):
    cycle = make_cycle(house, name="Spring", released_on=date(2027, 3, 1))
    page = as_(ana).post(reverse("finished_cycle_remove", args=[cycle.pk]), PROOF | {"name": "Spring"})
    assert (Cycle.objects.count(), "wait for an answer" in page.content.decode()) == (1, True)


@pytest.mark.parametrize("everything", [True, False])
def test_cycle_under_a_hold_stays(as_, ana, finished, everything):
    put(ana, None if everything else finished)
    page = as_(ana).post(reverse("finished_cycle_remove", args=[finished.pk]), PROOF | {"name": "Spring"})
    assert (Cycle.objects.count(), "A legal hold stops deleting" in page.content.decode()) == (1, True)
