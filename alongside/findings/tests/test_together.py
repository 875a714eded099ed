"""Staff and consultants who were promised to be told as one group are told as one, and never apart."""

import csv
import io

import pytest

from alongside.findings.api import profile_of, profile_plain, release_cycle
from alongside.findings.exports import to_csv
from alongside.findings.models import Release
from alongside.findings.payload import as_one_group, recall
from alongside.findings.tally import Asked, only
from alongside.findings.tests.conftest import TODAY
from alongside.findings.tests.factories import answer, close, make_cycle, make_round
from alongside.listening.store import width_of


def say(cycle, voice: str, levels: list[int]) -> None:
    """One person a level, who gives it to every question."""
    round_ = make_round(cycle, voice, together=True)
    answer(round_, [bytes([level]) * width_of(round_) for level in levels])
    close(round_)


@pytest.fixture
def few(ana, house):
    """Nine staff and three consultants, told together; twelve clients."""
    cycle = make_cycle(house, together=True)
    say(cycle, "staff", [4, 4, 3, 3, 4, 5, 3, 4, 2])
    say(cycle, "consultants", [1, 2, 1])
    say(cycle, "clients", [2, 3] * 6)
    release_cycle(ana, cycle, today=TODAY)
    return cycle


def cards(ana, cycle):
    return {card.voice: card for card in profile_of(ana, cycle).domains[0].figures}


@pytest.mark.store
def test_mean_is_of_all_twelve(ana, few):
    card = cards(ana, few)["staff"]
    assert (card.label, card.mean, card.people) == ("Staff and partners together", "3.0", "10–14")


@pytest.mark.store
def test_consultants_stand_in_no_figure_of_their_own(ana, few):
    card = cards(ana, few)["consultants"]
    assert (card.state, card.short) == ("not_asked", "with staff")
    memory = recall(Release.objects.first().memory)
    assert {key.voice for key in memory} == {"staff", "clients"}


@pytest.mark.store
def test_every_figure_of_the_group_stands_for_both(ana, few):
    """A practice of staff alone beside one of both would be a figure of the others."""
    memory = recall(Release.objects.first().memory)
    assert {people for key, people in memory.items() if key.voice == "staff"} == {12}


@pytest.mark.store
def test_sentences_speak_of_both(ana, few):
    words = " ".join(profile_of(ana, few).words)
    assert "staff and partners" in words
    assert "partners were" not in words.replace("staff and partners", "")


@pytest.mark.store
def test_files_say_whose_figures_they_are(ana, few):
    voices = {row["voice"] for row in profile_plain(ana, few)["figures"] if row["state"] == "shown"}
    assert voices == {"staff_and_consultants", "clients"}
    rows = csv.DictReader(io.StringIO(to_csv([profile_of(ana, few)]).decode("utf-8-sig")))
    assert {row["voice"] for row in rows if row["state"] == "shown"} == voices


@pytest.mark.store
@pytest.mark.parametrize("path", ["profile", "profile/M"])
def test_page_says_that_they_are_told_together(as_, ana, few, path):
    assert "Staff and partners together" in as_(ana).get(f"/cycles/{few.pk}/{path}").content.decode()


def test_only_some_practices_of_a_round_are_counted():
    asked = Asked("staff", None, (("M", "M1"), ("M", "M2"), ("N", "N1")), 2, bytes([1, 2, 3, 4, 5, 1]))
    assert only(asked, {"M1", "N1"}) == Asked("staff", None, (("M", "M1"), ("N", "N1")), 2, bytes([1, 3, 4, 1]))


def test_words_are_the_same_where_both_groups_words_are():
    asked = {"staff": {"M1": "a", "M2": "b"}, "consultants": {"M1": "c", "M3": "d"}, "clients": {"M1": "e"}}
    assert as_one_group(asked) == {"staff": {"M1": "a+c"}, "clients": {"M1": "e"}}
