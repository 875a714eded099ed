"""A second cycle with one more person tells nothing of that person, on any page and in any file."""

from datetime import date, timedelta

import pytest
from django.db import connection

from alongside.findings import payload, reads
from alongside.findings.api import profile_of, profile_plain, release_cycle
from alongside.findings.models import Release
from alongside.findings.tests.conftest import TODAY
from alongside.findings.tests.factories import answer, close, make_cycle, make_round
from alongside.listening.store import width_of
from alongside.privacy.api import sealed_columns

LATER = TODAY + timedelta(days=200)
pytestmark = pytest.mark.store


def say(cycle, levels: list[int]) -> None:
    """One person a level, who gives it to every question."""
    round_ = make_round(cycle, "staff")
    answer(round_, [bytes([level]) * width_of(round_) for level in levels])
    close(round_)


TWELVE = [1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 5]


def next_cycle(house, name="Fall", year=2027):
    return make_cycle(
        house, name=name, opens_on=date(year, 7, 1), closes_on=date(year, 8, 1), reply_due=date(year, 9, 1))


@pytest.fixture
def twice(ana, house, cycle):
    """Twelve people, and half a year later one more."""
    say(cycle, TWELVE)
    release_cycle(ana, cycle, today=TODAY)
    later = next_cycle(house)
    say(later, [*TWELVE, 5])
    release_cycle(ana, later, today=LATER)
    return later


def first_card(ana, cycle):
    return profile_of(ana, cycle).domains[0].practices[0].figures[0]


def test_second_cycle_with_one_more_person_is_told_roughly(ana, twice):
    card = first_card(ana, twice)
    assert (card.mean, card.between) == ("about 3.0", "2.6 to 3.4")


def test_page_says_why_a_figure_is_rough(as_, ana, twice):
    page = as_(ana).get(f"/cycles/{twice.pk}/profile").content.decode()
    assert "Here “about 3.0” stands for 2.6 to 3.4." in page


def test_cycle_without_an_earlier_one_says_nothing_of_rough_figures(ana, cycle):
    say(cycle, TWELVE)
    release_cycle(ana, cycle, today=TODAY)
    assert profile_of(ana, cycle).rough == ""


def test_files_give_the_step_and_its_ends(ana, twice):
    row = next(row for row in profile_plain(ana, twice)["figures"] if row["state"] == "shown")
    assert [row[key] for key in ("mean", "mean_step", "mean_from", "mean_to")] == [3.0, 0.9, 2.6, 3.4]


def test_trend_says_that_a_figure_is_rough(as_, ana, twice):
    page = as_(ana).get(f"/cycles/{twice.pk}/profile/M").content.decode()
    assert "Fall: about 3.0 (2.6 to 3.4)" in page


def test_what_the_one_more_person_said_changes_no_figure(ana, other_house, cleo, house, cycle):
    told = []
    for actor, place, newcomer in ((ana, house, 1), (cleo, other_house, 5)):
        first = make_cycle(place, name="First")
        say(first, TWELVE)
        release_cycle(actor, first, today=TODAY)
        later = next_cycle(place)
        say(later, [*TWELVE, newcomer])
        release_cycle(actor, later, today=LATER)
        told.append(profile_plain(actor, later)["figures"])
    assert told[0] == told[1]


def test_another_organization_is_no_earlier_release(ana, cleo, other_house, twice):
    here = make_cycle(other_house, name="Ours")
    say(here, [*TWELVE, 5])
    release_cycle(cleo, here, today=LATER)
    assert first_card(cleo, here).between == ""


def test_release_remembers_how_many_answered(twice):
    release = Release.objects.get(cycle=twice, audience="inside")
    people = payload.recall(release.memory)
    assert {number for key, number in people.items() if key.voice == "staff"} == {13}


def test_memory_is_sealed(twice):
    assert (Release, "memory") in [(one.model, one.field.name) for one in sealed_columns()]
    with connection.cursor() as cursor:
        cursor.execute("select memory from findings_release")
        raw = [bytes(row[0]) for row in cursor.fetchall()]
    assert (len(raw), any(b"staff" in one for one in raw)) == (4, False)


def test_figures_before_are_those_of_the_same_readers_oldest_first(twice, cycle, house):
    before = reads.figures_before(next_cycle(house, "Third", 2028), "inside")
    assert [(one.released.k, one.same_readers) for one in before] == [(5, True), (5, True)]
    assert [one.answered for one in before] == [
        payload.recall(Release.objects.get(cycle=one, audience="inside").memory) for one in (cycle, twice)]


def test_figures_before_the_outside_are_those_of_the_inside_as_well(twice, house):
    before = reads.figures_before(next_cycle(house, "Third", 2028), "outside")
    assert sorted((one.released.k, one.same_readers) for one in before) == [(5, False)] * 2 + [(15, True)] * 2


def test_figures_of_another_framework_are_not_before(twice, house):
    other = make_cycle(house, name="Other")
    other.framework_key = "another-framework/1"
    assert reads.figures_before(other, "inside") == ()
