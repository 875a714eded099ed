"""Pages for writing to everyone asked."""

import pytest

from alongside.changes.tests.factories import make_published, make_released
from alongside.listening.tests.factories import make_cycle, make_open_round
from alongside.outside.mail.models import AddressList, Mailing

from .factories import ENV, addresses, make_asked

PEOPLE = {"ana": 200, "dee": 403, "ben": 403, "fay": 403, "fin": 403, "sol": 403, "cleo": 404}


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch):
    monkeypatch.delenv("EMAIL_URL", raising=False)


@pytest.mark.parametrize("page", ["", "{}/", "{}/invitation/"])
def test_pages_open_to_the_coordinator_alone(request, as_, ana, house, page):
    round_ = make_asked(ana, house)
    path = f"/cycles/{round_.cycle_id}/mail/" + page.format(round_.pk)
    assert {who: as_(request.getfixturevalue(who)).get(path).status_code for who in PEOPLE} == PEOPLE


@pytest.mark.parametrize("page", ["remove", "invitation/"])
def test_acts_are_refused_to_everybody_else(request, as_, ana, house, page):
    round_ = make_asked(ana, house)
    path = f"/cycles/{round_.cycle_id}/mail/{round_.pk}/{page}"
    refused = {who: status for who, status in PEOPLE.items() if who != "ana"}
    found = {who: as_(request.getfixturevalue(who)).post(path, {"do": "send"}).status_code for who in refused}
    assert (found, AddressList.objects.count(), Mailing.objects.count()) == (refused, 1, 0)


def test_a_round_is_not_found_under_another_cycle(as_, ana, house):
    round_ = make_asked(ana, house)
    other = make_cycle(house, name="Other")
    assert as_(ana).get(f"/cycles/{other.pk}/mail/{round_.pk}/").status_code == 404


def test_an_unknown_kind_is_not_found(as_, ana, house):
    round_ = make_asked(ana, house)
    assert as_(ana).get(f"/cycles/{round_.cycle_id}/mail/{round_.pk}/nagging/").status_code == 404


def test_addresses_with_a_wrong_line_stay_in_the_box(as_, ana, house):
    round_ = make_open_round(make_cycle(house))
    path = f"/cycles/{round_.cycle_id}/mail/{round_.pk}/"
    page = as_(ana).post(path, {"addresses": "a@example.org\nnobody"})
    kept = (AddressList.objects.count(), "a@example.org" in page.content.decode())
    assert (kept, page.context["wrong"]) == ((0, True), ((2, "nobody"),))


def test_addresses_are_kept(as_, ana, house):
    round_ = make_open_round(make_cycle(house))
    as_(ana).post(f"/cycles/{round_.cycle_id}/mail/{round_.pk}/", {"addresses": addresses(4)})
    assert AddressList.objects.get().people == 4


@pytest.mark.parametrize(("voice", "warned"), [("clients", True), ("staff", False)])
def test_mail_to_clients_comes_with_a_warning(as_, ana, house, voice, warned):
    round_ = make_asked(ana, house, voice=voice)
    shown = [as_(ana).get(f"/cycles/{round_.cycle_id}/mail/{page}").content.decode()
             for page in ("", f"{round_.pk}/", f"{round_.pk}/invitation/")]
    assert ["Slips of paper are safer" in page for page in shown] == [warned] * 3


def test_compose_shows_the_exact_words(as_, ana, house):
    round_ = make_asked(ana, house)
    page = as_(ana).get(f"/cycles/{round_.cycle_id}/mail/{round_.pk}/invitation/")
    assert f"http://testserver/q/{round_.address}" in page.context["words"].body


def test_compose_by_hand_shows_the_addresses_only_when_asked(as_, ana, house):
    round_ = make_asked(ana, house)
    path = f"/cycles/{round_.cycle_id}/mail/{round_.pk}/invitation/"
    shown = [page.content.decode() for page in (as_(ana).get(path), as_(ana).post(path, {"do": "show"}))]
    assert ["p00@example.org, p01@example.org" in page for page in shown] == [False, True]


def test_compose_by_hand_notes_that_it_was_sent(as_, ana, house):
    round_ = make_asked(ana, house)
    as_(ana).post(f"/cycles/{round_.cycle_id}/mail/{round_.pk}/invitation/", {"do": "by-hand"})
    assert (Mailing.objects.get().state, Mailing.objects.get().by_hand) == ("sent", True)


def test_compose_with_a_server_plans_for_everyone(as_, ana, house, monkeypatch):
    for name, value in ENV.items():
        monkeypatch.setenv(name, value)
    round_ = make_asked(ana, house)
    as_(ana).post(f"/cycles/{round_.cycle_id}/mail/{round_.pk}/invitation/", {"do": "send"})
    assert (Mailing.objects.get().state, Mailing.objects.get().people) == ("planned", 3)


def test_compose_takes_no_choice_of_recipients(as_, ana, house):
    round_ = make_asked(ana, house)
    sent = {"do": "by-hand", "to": "p00@example.org", "addresses": "p00@example.org"}
    as_(ana).post(f"/cycles/{round_.cycle_id}/mail/{round_.pk}/invitation/", sent)
    assert Mailing.objects.get().people == 3


def test_the_answer_names_the_page_of_the_reply(as_, ana, house):
    cycle = make_released(house)
    make_published(ana, cycle)
    round_ = cycle.rounds.get()
    page = as_(ana).get(f"/cycles/{cycle.pk}/mail/{round_.pk}/answer/")
    assert f"http://testserver/r/{cycle.reply_address}" in page.context["words"].body


def test_mail_page_offers_only_what_fits_now(as_, ana, house):
    round_ = make_asked(ana, house)
    page = as_(ana).get(f"/cycles/{round_.cycle_id}/mail/")
    assert [one.may_send for one in page.context["rounds"]] == [("invitation", "reminder")]


def test_mail_page_names_no_address(as_, ana, house):
    round_ = make_asked(ana, house)
    assert "@example.org" not in as_(ana).get(f"/cycles/{round_.cycle_id}/mail/").content.decode()


@pytest.mark.parametrize("voices", [["staff"], ["staff", "consultants", "clients"]])
def test_mail_page_costs_the_same_for_many(as_, ana, house, voices, django_assert_num_queries):
    cycle = make_cycle(house)
    for voice in voices:
        make_open_round(cycle, voice)
    signed = as_(ana)
    with django_assert_num_queries(10):
        signed.get(f"/cycles/{cycle.pk}/mail/")
