from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.organizations import reads, writes

pytestmark = pytest.mark.django_db
PAGES = ["organization", "organization_change", "thresholds", "unit_add", "contact_add"]


@pytest.mark.parametrize("page", PAGES)
def test_coordinator_and_director_enter_and_nobody_else(page, as_, ana, dee, fay, fin, ben, sol):
    statuses = [as_(actor).get(reverse(page)).status_code for actor in (ana, dee, fay, fin, ben, sol)]
    assert statuses == [200, 200, 403, 403, 403, 403]


def test_another_organizations_things_are_not_found(as_, ana, cleo):
    unit = writes.add_unit(ana, name="North house")
    contact = writes.add_contact(ana, name="Rosa", reach="1")
    stranger = as_(cleo)
    found = [
        stranger.get(reverse("unit_rename", args=[unit.pk])).status_code,
        stranger.post(reverse("unit_remove", args=[unit.pk])).status_code,
        stranger.get(reverse("contact_change", args=[contact.pk])).status_code,
        stranger.post(reverse("contact_remove", args=[contact.pk])).status_code,
    ]
    assert found == [404, 404, 404, 404]
    assert (reads.units_of(ana).count(), reads.contacts_of(ana).count()) == (1, 1)


def test_words_are_changed_and_shown(as_, ana):
    client = as_(ana)
    typed = {"name": "Lantern House", "word": "thriver", "languages": ["en", "es"]}
    page = client.post(reverse("organization_change"), typed, follow=True)
    assert "thriver, thrivers" in page.content.decode()


def test_a_lower_threshold_is_refused_and_kept_in_the_form(as_, ana, house):
    page = as_(ana, sure=True).post(reverse("thresholds"), {"k_scores": "4", "k_comments": "10"})
    house.refresh_from_db()
    assert (page.status_code, page.context["form"]["k_scores"].value(), house.k_scores) == (200, "4", 5)


def test_a_removed_unit_can_be_put_back(as_, ana):
    client = as_(ana)
    unit = writes.add_unit(ana, name="North house")
    page = client.post(reverse("unit_remove", args=[unit.pk]), follow=True)
    assert page.context["removed_unit"] == {"name": "North house"}
    client.post(reverse("unit_add"), page.context["removed_unit"])
    assert [kept.name for kept in reads.units_of(ana)] == ["North house"]


def test_a_removed_contact_can_be_put_back_word_for_word(as_, ana):
    client = as_(ana)
    facts = {
        "name": "Rosa", "reach": "555 0100", "languages": "es", "hours": "9-5", "may_be_told": "nobody",
        "last_checked": timezone.localdate(),
    }
    contact = writes.add_contact(ana, **facts)
    page = client.post(reverse("contact_remove", args=[contact.pk]), follow=True)
    client.post(reverse("contact_add"), page.context["removed_contact"])
    assert {name: getattr(reads.contacts_of(ana).get(), name) for name in facts} == facts


def test_old_and_unchecked_contacts_ask_to_be_checked(as_, ana):
    today = timezone.localdate()
    for name, day in (("Fresh", today), ("Old", today - timedelta(days=181)), ("Never", None)):
        writes.add_contact(ana, name=name, reach="1", last_checked=day)
    cards = as_(ana).get(reverse("organization")).context["contacts"]
    assert {card.name: card.check_again for card in cards} == {"Fresh": False, "Old": True, "Never": True}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_overview_asks_the_database_the_same_number_of_times(rows, as_, ana, django_assert_num_queries):
    for number in range(rows):
        writes.add_unit(ana, name=f"Unit {number}")
        writes.add_contact(ana, name=f"Contact {number}", reach="1")
    client = as_(ana)
    with django_assert_num_queries(7):
        client.get(reverse("organization"))
