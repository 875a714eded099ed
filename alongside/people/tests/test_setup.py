import os
import stat

import pytest
from django.test import Client
from django.urls import reverse

from alongside.access.api import Role
from alongside.audit.models import Entry
from alongside.organizations.models import Organization, SupportContact
from alongside.people import founding, setup_code, setup_views
from alongside.people.api import setup_address
from alongside.people.models import Account, Membership

from .factories import setup_facts

pytestmark = pytest.mark.django_db
BASE = "http://localhost:8000"


def start() -> str:
    return setup_address(BASE).removeprefix(BASE)


def test_the_setup_address_is_the_same_until_it_is_used():
    assert setup_address(BASE) == setup_address(BASE + "/")


def test_the_setup_code_can_be_read_by_its_owner_alone(settings):
    start()
    assert stat.S_IMODE(os.stat(settings.DATA_DIR / "secrets" / "setup-code").st_mode) == 0o600


def test_there_is_no_setup_address_once_an_organization_exists(house):
    assert setup_address(BASE) is None


def test_an_invented_sample_does_not_count_as_an_organization(house):
    Organization.objects.update(is_invented=True)
    assert setup_address(BASE) is not None


@pytest.mark.parametrize("code", ["", "a", "é"])
def test_without_a_code_file_no_code_fits(code):
    assert not setup_code.fits(code)


def test_a_wrong_code_says_where_the_right_one_stands():
    start()
    page = Client().get("/start/wrong")
    assert (page.status_code, "secrets/setup-code" in page.content.decode()) == (404, True)


def test_wrong_codes_are_limited():
    right, browser = start(), Client()
    assert [browser.get("/start/wrong").status_code for _ in range(61)] == [404] * 60 + [429]
    assert browser.get(right).status_code == 200


def test_founding_makes_the_organization_its_contacts_and_its_first_account():
    Client().post(start(), setup_facts())
    member = Membership.objects.select_related("account", "organization").get()
    assert (member.organization.name, member.account.email, member.roles) == (
        "Lantern House", "ana@example.org", ["coordinator", "server_admin"])
    assert SupportContact.objects.get().name == "Rosa"
    assert set(Entry.objects.values_list("act", flat=True)) == {"organization.founded", "contact.added"}


def test_the_code_is_gone_once_the_organization_is_founded(settings):
    Client().post(start(), setup_facts())
    assert not (settings.DATA_DIR / "secrets" / "setup-code").exists()


def test_the_founder_goes_on_to_the_second_step_and_then_to_the_welcome_page():
    browser = Client()
    answer = browser.post(start(), setup_facts())
    assert (answer.url, browser.session["onward"]) == ("/account/second-step/", "/welcome")


def test_a_page_sent_twice_founds_one_organization():
    address = start()
    pages = [setup_facts(**{"me-email": f"{number}@example.org"}) for number in range(2)]
    answers = [Client().post(address, page).status_code for page in pages]
    assert (answers, Organization.objects.count(), Account.objects.count()) == ([302, 404], 1, 1)


def test_who_comes_second_writes_nothing(monkeypatch):
    """Both read the code before either founded: the one who does not get to delete it is undone."""
    facts = {"organization": {"name": "A", "words": {}, "languages": ["en"]}, "contacts": [], "name": "Ana",
             "email": "ana@example.org", "password": "x" * 12}
    start()
    monkeypatch.setattr(founding, "any_organization_exists", lambda: False)
    founding.found(**facts)
    with pytest.raises(founding.AlreadyFounded):
        founding.found(**facts | {"email": "b@example.org"})
    assert (Organization.objects.count(), Account.objects.count()) == (1, 1)


def test_of_two_browsers_at_once_the_slower_gets_a_kind_page(monkeypatch):
    """The faster browser founds while the slower one's page is checked already and not yet written."""
    address, statuses = start(), []

    def overtaken(**facts):
        monkeypatch.setattr(setup_views, "found", founding.found)
        statuses.append(Client().post(address, setup_facts(**{"me-email": "faster@example.org"})).status_code)
        return founding.found(**facts)

    monkeypatch.setattr(setup_views, "found", overtaken)
    page = Client().post(address, setup_facts())
    assert (statuses, page.status_code, "already" in page.content.decode()) == ([302], 409, True)
    assert [account.email for account in Account.objects.all()] == ["faster@example.org"]


def test_errors_keep_what_was_typed_and_found_nothing():
    page = Client().post(start(), setup_facts(**{"me-password": "short", "contact-0-reach": ""}))
    where = [problem.where for problem in page.context["page"].problems]
    assert where == ["id_contact-0-reach", "id_me-password"]
    assert (b'value="Lantern House"' in page.content, Organization.objects.count()) == (True, 0)


def test_another_row_is_added_without_a_word_about_what_is_missing():
    page = Client().post(start(), {"rows": "3", "contact-0-name": "Rosa", "add_row": "1"}).context["page"]
    assert (len(page.rows), page.problems, page.rows[0]["name"].value()) == (4, [], "Rosa")


def test_rows_end_at_twelve():
    page = Client().post(start(), {"rows": "999", "add_row": "1"}).context["page"]
    assert (len(page.rows), page.has_room) == (12, False)


def make_sample(actor) -> Organization:
    return Organization.objects.create(name="Sample", words={}, languages=["en"], is_invented=True)


def test_the_sample_is_made_once_and_gone_to(as_, ana, settings):
    settings.SAMPLE_MAKER = f"{__name__}.make_sample"
    browser = as_(ana)
    for _ in range(2):
        browser.post(reverse("welcome_sample"))
    sample = Organization.objects.get(is_invented=True)
    assert Membership.objects.get(organization=sample).roles == [str(Role.COORDINATOR)]
    assert browser.session["organization"] == str(sample.pk)


def test_only_those_who_invite_are_welcomed_with_a_sample(as_, ana, dee, fay, fin, ben, sol):
    statuses = [as_(actor).get(reverse("welcome")).status_code for actor in (ana, dee, fay, fin, ben, sol)]
    assert statuses == [200, 200, 403, 403, 403, 403]
