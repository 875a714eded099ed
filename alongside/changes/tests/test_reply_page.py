"""The reply as everybody reads it: nothing is asked of them, nothing is kept of them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.audit.api import entries_of
from alongside.changes.api import Text, publish_reply, reply_address, write_reply
from alongside.listening.tests.factories import make_cycle
from alongside.organizations.api import add_contact

from .factories import TODAY, make_decided, make_published, make_released, texts


@pytest.fixture
def cycle(ana, house):
    """A cycle whose reply is published."""
    cycle = make_released(house)
    make_published(ana, cycle)
    return cycle


def _read(client, cycle, query="", **headers):
    return client.get(reply_address(cycle) + query, headers=headers)


def test_reply_page_sets_no_cookie(client, cycle):
    page = _read(client, cycle)
    assert (page.status_code, page.has_header("Set-Cookie"), dict(page.cookies)) == (200, False, {})


def test_reply_page_looks_at_no_session_and_no_account(as_, ana, cycle):
    signed = as_(ana)
    with CaptureQueriesContext(connection) as asked:
        _read(signed, cycle)
    tables = {name for one in asked for name in re.findall(r'(?:FROM|JOIN|INTO|UPDATE) "(\w+)"', one["sql"])}
    assert tables == {
        "listening_cycle", "organizations_organization", "organizations_legalhold", "organizations_supportcontact",
        "changes_reply"}


def test_reply_page_costs_four_queries(client, cycle, django_assert_num_queries):
    with django_assert_num_queries(4):
        _read(client, cycle)


def test_reply_page_writes_nothing_down(client, ana, cycle):
    before = entries_of(ana).count()
    _read(client, cycle)
    assert entries_of(ana).count() == before


@pytest.mark.parametrize("path", [None, "/r/zzzzzzzz"])
def test_reply_page_has_a_neutral_title(client, cycle, path):
    page = client.get(path or reply_address(cycle)).content.decode()
    assert re.search("<title>(.*?)</title>", page)[1] == "Reply"


def test_reply_page_names_neither_organization_nor_topic(client, cycle, house):
    page = _read(client, cycle).content.decode().lower()
    words = (house.name.lower(), "lantern", "alongside", "trafficking", "survivor")
    assert [word for word in words if word in page] == []


def test_reply_page_is_kept_by_no_browser_and_asks_no_other_host(client, cycle):
    page = _read(client, cycle)
    named = re.findall(r'(?:href|src|action)="([^"]+)"', page.content.decode())
    elsewhere = [one for one in named if "//" in one]
    assert (page["Cache-Control"], page["Referrer-Policy"], elsewhere) == ("no-store", "no-referrer", [])


def test_reply_page_has_the_way_out(client, cycle):
    assert 'href="/leave"' in _read(client, cycle).content.decode()


def test_reply_page_shows_people_who_help(client, ana, cycle):
    add_contact(ana, name="Marisol", reach="555-0100")
    assert "555-0100" in _read(client, cycle).content.decode()


@pytest.mark.parametrize(("query", "browser", "opening"), [
    ("", "", "Thank you en"), ("?l=es", "", "Thank you es"), ("", "es-MX,en;q=0.5", "Thank you es"),
    ("?l=en", "es", "Thank you en"), ("?l=xx", "fr", "Thank you en"),
])
def test_reply_page_speaks_the_language_that_is_asked_for(client, cycle, query, browser, opening):
    page = _read(client, cycle, query, **{"accept-language": browser}).content.decode()
    assert re.findall("Thank you e[ns]", page) == [opening]


def test_reply_page_dates_what_was_changed(client, ana, cycle):
    write_reply(ana, cycle, [Text("en", "Thank you all", "See you")])
    publish_reply(ana, cycle, today=TODAY.replace(day=20))
    page = _read(client, cycle).content.decode()
    assert ("Written February 10, 2027." in page, "Changed February 20, 2027." in page) == (True, True)


def test_a_draft_is_not_on_the_page(client, ana, cycle):
    write_reply(ana, cycle, [texts(answer="half-written")[0]])
    assert "half-written" not in _read(client, cycle).content.decode()


def test_an_unpublished_reply_says_when_to_come_back(client, ana, house):
    cycle = make_released(house, reply_due=TODAY.replace(year=2097))
    write_reply(ana, cycle, texts(make_decided(ana, cycle), answer="not yet public"))
    page = client.get(reply_address(cycle))
    shown = page.content.decode()
    assert (page.status_code, "February 10, 2097" in shown, "not yet public" in shown) == (404, True, False)


def test_a_late_reply_says_sorry(client, house):
    cycle = make_released(house, opens_on=TODAY.replace(year=2020), closes_on=TODAY.replace(year=2020),
                          reply_due=TODAY.replace(year=2020))
    assert "We are sorry" in client.get(reply_address(cycle)).content.decode()


def test_an_unknown_address_is_answered_kindly(client, db):
    page = client.get("/r/zzzzzzzz")
    assert (page.status_code, "come back in a few weeks" in page.content.decode()) == (404, True)


def test_the_reply_takes_nothing(client, cycle):
    assert client.post(reply_address(cycle)).status_code == 405


def test_the_address_is_known_before_anybody_is_asked(house):
    assert re.fullmatch(r"/r/[a-z0-9]{8}", reply_address(make_cycle(house)))
