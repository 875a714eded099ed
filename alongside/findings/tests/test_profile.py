"""The profile page: who sees which figures, all six domains, holes, units, a constant number of queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.audit.api import entries_of
from alongside.findings.api import close_cycle, profile_of, release_cycle
from alongside.findings.tests.factories import fill, make_cycle, make_round
from alongside.findings.views import files
from alongside.listening.api import Round
from alongside.organizations.api import add_unit
from tests.personas import WALL

pytestmark = pytest.mark.store


def page(client, cycle, rest="profile"):
    return client.get(f"/cycles/{cycle.pk}/{rest}")


@pytest.mark.parametrize(("rest", "allowed"), [
    ("profile", "ana dee ben"), ("profile/G", "ana dee ben"), ("profile.csv", "ana dee ben"),
    ("profile.json", "ana dee ben"), ("profile.pdf", "ana dee ben"), ("export", "ana dee ben"),
    ("comments/", "ana dee"), ("close", "ana"),
])
def test_permissions(request, as_, ben, released, let_out, monkeypatch, rest, allowed):
    monkeypatch.setattr(files, "make_pdf", lambda html: b"%PDF-")
    let_out(ben, released)
    got = {name: page(as_(request.getfixturevalue(name)), released, rest).status_code
           for name in ("ana", "dee", "fay", "fin", "ben", "sol", "cleo")}
    expected = {name: 200 if name in allowed.split() else 403 for name in got}
    assert got == expected | {"cleo": 404}


def test_domain_page_of_another_organization_is_not_there(as_, cleo, released):
    assert page(as_(cleo), released, "profile/G").status_code == 404


def test_profile_before_the_release_explains(as_, ana, cycle):
    make_round(cycle, "staff")
    assert "There is no profile yet" in page(as_(ana), cycle).content.decode()


@pytest.mark.parametrize("rest", ["profile.csv", "profile.json", "profile.pdf", "profile/G"])
def test_files_before_the_release_are_not_there(as_, ana, cycle, rest):
    fill(make_round(cycle, "staff"), 40)
    assert page(as_(ana), cycle, rest).status_code == 404


def test_profile_shows_all_six_domains(ana, released):
    assert [domain.id for domain in profile_of(ana, released).domains] == ["M", "G", "R", "O", "F", "H"]


def test_voice_that_was_not_asked_is_a_hole_everywhere(ana, released):
    states = {domain.figures[1].state for domain in profile_of(ana, released).domains}
    assert states == {"not_asked"}


def test_practice_that_a_voice_can_not_know_says_why_it_was_not_asked(ana, released):
    first = profile_of(ana, released).domain("M").practices[0]
    assert first.figures[2].reason == "Clients cannot see our plans from where they stand."


def test_reader_gets_the_outside_figures_whatever_they_ask_for(as_, ben, released, let_out):
    let_out(ben, released)
    client = as_(ben)
    seen = {client.get(f"/cycles/{released.pk}/profile.json{query}").json()["fewest_people"]
            for query in ("", "?for=inside", "?for=outside")}
    assert seen == {15}


def test_coordinator_can_take_the_outside_figures_for_others(as_, ana, released, let_out):
    let_out(ana, released)
    got = as_(ana).get(f"/cycles/{released.pk}/profile.json?for=outside").json()
    assert (got["audience"], got["fewest_people"]) == ("outside", 15)


def test_reader_is_offered_neither_findings_nor_comments(as_, ben, released):
    html = page(as_(ben), released, "profile/G").content.decode() + page(as_(ben), released).content.decode()
    assert ("/findings/" in html, "/comments/" in html) == (False, False)


def test_export_is_recorded(as_, ana, released):
    page(as_(ana), released, "profile.csv")
    assert entries_of(ana).filter(act="profile.exported.inside", thing_id=str(released.pk)).count() == 1


def test_file_names_are_neutral(as_, ana, released):
    client = as_(ana)
    names = [page(client, released, f"profile.{kind}")["Content-Disposition"] for kind in ("csv", "json")]
    assert names == ['attachment; filename="profile.csv"', 'attachment; filename="profile.json"']


def with_units(ana, cycle, sizes):
    for name, people in sizes.items():
        fill(make_round(cycle, "staff", add_unit(ana, name=name)), people, seed=people)
    release_cycle(ana, cycle)
    return dict((name, id) for id, name in ((link.id, link.name) for link in profile_of(ana, cycle).units))


def test_unit_has_its_own_profile(as_, ana, cycle):
    units = with_units(ana, cycle, {"North": 30, "South": 40})
    card = profile_of(ana, cycle, unit=units["North"])
    assert (card.unit_name, card.domains[0].figures[0].state) == ("North", "shown")


def test_unit_of_three_people_shows_nothing(ana, cycle):
    units = with_units(ana, cycle, {"North": 30, "South": 40, "Tiny": 3})
    card = profile_of(ana, cycle, unit=units["Tiny"])
    states = {one.figures[0].state for domain in card.domains for one in (domain, *domain.practices)}
    assert states - {"not_asked"} == {"withheld"}


def test_unknown_unit_is_not_there(as_, ana, released):
    assert page(as_(ana), released, "profile?unit=0b9f").status_code == 404


def queries_of(client, cycle, rest):
    page(client, cycle, rest)
    with CaptureQueriesContext(connection) as caught:
        page(client, cycle, rest)
    return len(caught)


def test_profile_takes_the_same_queries_with_one_unit_and_with_three(as_, ana, house):
    found = []
    for name, sizes in (("One", {"A": 30}), ("Three", {"B": 30, "C": 30, "D": 30})):
        cycle = make_cycle(house, name=name)
        with_units(ana, cycle, sizes)
        found.append(queries_of(as_(ana), cycle, "profile"))
    assert found == [QUERIES, QUERIES]


def test_domain_page_takes_one_more_query_however_many_cycles_came_before(as_, ana, house):
    found = []
    for year in (2024, 2025, 2026):
        cycle = make_cycle(house, name=str(year), opens_on=f"{year}-01-01", closes_on=f"{year}-01-20",
                           reply_due=f"{year}-02-20")
        cycle.refresh_from_db()
        fill(make_round(cycle, "staff"), 30)
        release_cycle(ana, cycle)
        found.append(queries_of(as_(ana), cycle, "profile/G"))
    assert found == [QUERIES + 1] * 3


QUERIES = 7 + WALL


def test_closing_page_says_nothing_of_how_many_answered(as_, ana, cycle):
    pages = []
    for people in (3, 30):
        Round.objects.filter(cycle=cycle).delete()
        fill(make_round(cycle, "staff"), people)
        html = page(as_(ana), cycle, "close").content.decode()
        pages.append(without_tokens(html))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("wait", [True, False])
def test_closing_page_says_that_answers_go(as_, ana, cycle, wait):
    cycle.other_people = wait
    cycle.save()
    make_round(cycle, "staff")
    html = page(as_(ana), cycle, "close").content.decode()
    assert ("Then the answers are deleted." in html, "wait for others, for a year" in html) == (True, wait)


def test_closing_by_post_releases_and_goes_to_the_profile(as_, ana, cycle):
    make_round(cycle, "staff")
    client = as_(ana)
    response = client.post(f"/cycles/{cycle.pk}/close", {"sure": "on"})
    cycle.refresh_from_db()
    assert (response.url, cycle.released_on is not None) == (f"/cycles/{cycle.pk}/profile", True)


def test_closing_earlier_than_promised_asks_first(as_, ana, cycle):
    make_round(cycle, "staff")
    response = as_(ana).post(f"/cycles/{cycle.pk}/close")
    cycle.refresh_from_db()
    assert ("Tick this first." in response.content.decode(), cycle.released_on) == (True, None)


def test_closing_twice_does_not_release_twice(as_, ana, released):
    response = as_(ana).post(f"/cycles/{released.pk}/close", {"sure": "on"})
    assert response.status_code == 409


def test_empty_cycle_says_that_nothing_can_be_shown(ana, cycle):
    make_round(cycle, "staff")
    close_cycle(ana, cycle)
    assert "About staff nothing can be shown" in profile_of(ana, cycle).words[0]


def without_tokens(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)
