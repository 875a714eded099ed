"""The page of acts: the state of the log, a head that somebody kept, and where heads are sent."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from alongside.access.api import Refused, Role
from alongside.audit.api import check_log, entries_of, make_due_heads, record
from alongside.people import heads
from alongside.people.models import HeadKeeper, Membership

from .factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.store]
ADDRESS = "keeper@example.org"


@pytest.fixture
def log(dee, house):
    """A log with three acts, checked today."""
    for _ in range(3):
        record(dee, "round.opened", house)
    make_due_heads(timezone.localdate())
    return entries_of(dee)


def shown(page) -> object:
    return page.context["log"]


def test_page_shows_the_head_of_the_week(as_, dee, house, log):
    page = as_(dee).get(reverse("acts"))
    head = str(check_log(house.pk).head)
    assert (shown(page).head, shown(page).broken, head in page.content.decode()) == (head, "", True)


def test_page_says_where_the_weekly_check_found_a_break(as_, dee, log):
    log.filter(number=2).update(act="other")
    make_due_heads(timezone.localdate() + timedelta(days=7))
    assert shown(as_(dee).get(reverse("acts"))).broken.startswith("Entry 2 was changed")


def test_head_that_was_kept_fits(as_, dee, house, log):
    kept = str(check_log(house.pk).head)
    record(dee, "round.closed", house)
    page = as_(dee).post(reverse("acts_check"), {"head": kept})
    assert (page.status_code, page.context["found"], "Nothing was changed." in page.content.decode()) == (200, "", True)


def test_head_of_a_log_that_was_cut_is_told(as_, dee, house, log):
    kept = str(check_log(house.pk).head)
    log.filter(number=3).delete()
    page = as_(dee).post(reverse("acts_check"), {"head": kept})
    assert page.context["found"].startswith("Entry 3 and those after it are missing")


def test_what_is_no_head_is_told_and_kept(as_, dee, log):
    page = as_(dee).post(reverse("acts_check"), {"head": "3:zzzz"})
    assert (page.status_code, "3:zzzz" in page.content.decode(), "This is no number of a log" in
            page.content.decode()) == (422, True, True)


def test_address_is_kept_sealed_and_shown_nowhere(as_, dee, log):
    browser = as_(dee)
    browser.post(reverse("acts_address"), {"address": ADDRESS, "again-password": PASSWORD})
    assert HeadKeeper.objects.get().address == ADDRESS
    with connection.cursor() as cursor:
        cursor.execute("select address from people_headkeeper")
        assert ADDRESS.encode() not in bytes(cursor.fetchone()[0])
    assert ADDRESS not in browser.get(reverse("acts")).content.decode()


def test_address_is_not_set_without_the_password(as_, dee, log):
    as_(dee).post(reverse("acts_address"), {"address": ADDRESS})
    assert not HeadKeeper.objects.exists()


def test_address_that_is_none_is_told_and_kept(as_, dee, log):
    page = as_(dee).post(reverse("acts_address"), {"address": "nobody", "again-password": PASSWORD})
    assert (page.status_code, 'value="nobody"' in page.content.decode()) == (422, True)


def test_address_can_be_deleted(as_, dee, log):
    heads.keep_address(dee, ADDRESS)
    as_(dee).post(reverse("acts_address_forget"), {"again-password": PASSWORD})
    assert not HeadKeeper.objects.exists()


def test_setting_and_deleting_the_address_is_recorded(dee):
    heads.keep_address(dee, ADDRESS)
    heads.forget_address(dee)
    acts = list(entries_of(dee).values_list("act", "thing_kind"))
    assert acts == [("head.address_forgotten", "people.headkeeper"), ("head.address_kept", "people.headkeeper")]


@pytest.mark.parametrize("who", ["ana", "fay", "fin", "ben", "sol"])
def test_address_is_refused_to_everybody_else(request, who):
    actor = request.getfixturevalue(who)
    for act in (lambda: heads.keep_address(actor, ADDRESS), lambda: heads.forget_address(actor)):
        with pytest.raises(Refused):
            act()


def test_page_shows_nothing_of_another_organizations_log(as_, cleo, log):
    Membership.objects.filter(account_id=cleo.account_id).update(roles=[str(Role.DIRECTOR)])
    page = as_(cleo).get(reverse("acts"))
    assert (shown(page).head, page.context["acts"]) == ("", [])
