from datetime import timedelta

import pytest
from django.utils import timezone

from alongside.organizations.forms import ContactForm, OrganizationForm, ThresholdsForm
from alongside.organizations.words import suggested


def form(**typed) -> OrganizationForm:
    return OrganizationForm({"name": "House", "word": "survivor", "languages": ["en", "es"]} | typed)


def test_a_chosen_word_brings_its_spanish_counterpart():
    chosen = form(word="thriver")
    assert chosen.is_valid()
    assert chosen.facts()["words"] == suggested()["thriver"]


def test_an_own_word_needs_both_forms_and_spanish():
    own = form(word="own", own_one="member")
    assert not own.is_valid()
    assert set(own.errors) == {"own_many", "es_one", "es_many"}


def test_an_own_word_needs_no_spanish_where_nobody_is_asked_in_spanish():
    own = form(word="own", own_one="member", own_many="members", languages=["en"])
    assert own.is_valid()
    assert own.facts()["words"]["en"] == {"survivor": "member", "survivors": "members"}


def test_a_spanish_word_of_ones_own_wins_over_the_suggestion():
    chosen = form(es_one="sobreviviente", es_many="sobrevivientes")
    assert chosen.is_valid()
    assert chosen.facts()["words"]["es"] == {"survivor": "sobreviviente", "survivors": "sobrevivientes"}


def test_at_least_one_language_is_asked():
    assert "languages" in form(languages=[]).errors


@pytest.mark.django_db
def test_the_spanish_word_follows_when_another_word_is_chosen(house):
    initial = OrganizationForm.filled(house).initial
    assert (initial["word"], initial["es_one"]) == ("survivor", "")


def test_a_contact_was_not_checked_on_a_day_to_come():
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert "last_checked" in ContactForm({"name": "Rosa", "reach": "1", "last_checked": tomorrow}).errors


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "wrong"), [
    ({"k_scores": 4, "k_comments": 10}, {"k_scores"}), ({"k_scores": 5, "k_comments": 9}, {"k_comments"}),
    ({"k_scores": 5, "k_comments": 10}, set()),
])
def test_the_form_itself_takes_no_threshold_below_five_and_ten(house, typed, wrong):
    assert set(ThresholdsForm(typed, organization=house).errors) == wrong
