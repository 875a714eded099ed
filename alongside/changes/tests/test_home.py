"""Each role finds a home that fits."""

import pytest
from django.utils.html import strip_tags

from alongside.listening.tests.factories import OPENED, make_cycle, make_open_round

from .factories import make_action, make_decided, make_finding, make_published, make_released


def _home(as_, actor):
    return as_(actor).get("/").content.decode()


def test_home_opens_to_every_role(request, as_):
    people = dict.fromkeys(("ana", "dee", "fay", "fin", "ben", "sol", "cleo"), 200)
    assert {who: as_(request.getfixturevalue(who)).get("/").status_code for who in people} == people


def test_home_of_a_fresh_organization_offers_a_plan_and_a_sample(as_, ana):
    page = _home(as_, ana)
    assert ('href="/cycles/new"' in page, 'action="/welcome/sample"' in page) == (True, True)


def test_home_has_one_strong_button(as_, ana, house):
    make_finding(ana, make_released(house))
    page = _home(as_, ana)
    assert page.count('class="button"') == 1


def test_home_of_a_director_leaves_closing_to_the_coordinator(as_, dee, house):
    make_open_round(make_cycle(house), state="closed", closed_on=OPENED)
    page = _home(as_, dee)
    assert ("The person who coordinates does this step." in page, "/close" in page) == (True, False)


def test_home_of_a_facilitator_tells_nothing_of_findings(as_, ana, fay, house):
    make_finding(ana, make_released(house), "Kept inside")
    page = _home(as_, fay)
    assert ("Kept inside" in page, "findings/" in page, "0 of 1" in page) == (False, False, False)


def test_home_of_a_reader_links_released_profiles_only(as_, ben, house):
    released, planned = make_released(house), make_cycle(house, name="Planned")
    page = _home(as_, ben)
    assert (f"/cycles/{released.pk}/profile" in page, str(planned.pk) in page) == (True, False)


@pytest.mark.parametrize("who", ["fin", "sol"])
def test_home_of_finance_and_server_tells_nothing_of_cycles(request, as_, house, who):
    make_released(house, name="Winter")
    assert "Winter" not in _home(as_, request.getfixturevalue(who))


def test_home_never_counts_answers(as_, ana, house):
    make_open_round(make_cycle(house), people=77)
    assert "77" not in strip_tags(_home(as_, ana))


def test_home_finishes_by_a_form_not_by_a_link(as_, ana, house):
    cycle = make_released(house)
    make_published(ana, cycle)
    assert f'method="post" action="/cycles/{cycle.pk}/finish"' in _home(as_, ana)


@pytest.mark.parametrize("rows", [1, 3])
def test_home_costs_the_same_for_many(as_, ana, house, rows, django_assert_num_queries):
    for row in range(rows):
        cycle = make_released(house, name=f"Cycle {row}")
        make_action(ana, cycle)
        make_decided(ana, cycle, "later")
    signed = as_(ana)
    with django_assert_num_queries(14):
        signed.get("/")
