"""The walk through the form, as a browser without JavaScript does it."""

import re

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from alongside.listening import store
from alongside.listening.models import Code, HeldResponse, Round
from alongside.listening.tests.factories import make_code, make_cycle, make_open_round

pytestmark = pytest.mark.store


def everything(remy):
    """From the promise to the last look, answering the first item of each page."""
    remy.open()
    remy.press("next", c="KMPRTW")
    for _ in range(6):
        first = re.search(r"name=(i\d+) value=4>", remy.text)[1]
        remy.press("next", **{first: "4"})
    return remy


def test_whole_walk_keeps_one_response(remy, open_round):
    everything(remy).press("send")
    assert remy.response.status_code == 200
    assert HeldResponse.objects.filter(round=open_round).count() == 1
    store.mix(open_round)
    raw = store.raw_answers(open_round)
    assert (raw.people, raw.block.count(4)) == (1, 6)


def test_nothing_is_kept_before_sending(remy, open_round):
    everything(remy)
    assert HeldResponse.objects.count() == 0
    assert Code.objects.filter(spent=True).count() == 0


def test_no_page_sets_a_cookie_or_may_be_stored(remy):
    everything(remy)
    pages = [remy.response]
    remy.press("send")
    pages.append(remy.response)
    for page in pages:
        assert (dict(page.cookies), page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == (
            {}, "no-store", "no-referrer")


def test_pages_between_need_no_statement(remy):
    remy.open()
    remy.press("next", c="KMPRTW")
    with CaptureQueriesContext(connection) as asked:
        remy.press("next", i0="3")
        remy.press("back")
        remy.press("7")
    assert len(asked) == 0


@pytest.mark.django_db(transaction=True)
def test_submission_takes_five_statements(remy, open_round):
    store.hold(open_round, "-" * 23, {})  # the organization's key exists from the first answer on
    everything(remy)
    with CaptureQueriesContext(connection) as asked:
        remy.press("send")
    assert len(asked) == 5


def test_choices_are_still_there_on_going_back(remy):
    everything(remy).press("1")
    assert "name=i0 value=4 checked>" in remy.text


def test_words_travel_and_come_back(remy):
    remy.open()
    remy.press("next", c="KMPRTW")
    remy.press("next", t1='so <b>"good"</b>\nyes')
    remy.press("back")
    assert remy.fields["t1"] == 'so <b>"good"</b>\nyes'


def test_words_that_are_too_long_come_back_whole(remy):
    remy.open()
    remy.press("next", c="KMPRTW")
    remy.press("next", t1="x" * 2001)
    assert (remy.response.status_code, len(remy.fields["t1"])) == (422, 2001)


def test_wrong_code_is_said_at_once(remy):
    remy.open()
    remy.press("next", c="ZZZZZZ")
    assert remy.response.status_code == 422
    assert "We do not know this code" in remy.text
    assert remy.fields["c"] == "ZZZZZZ"


def test_code_typed_with_spaces_and_small_letters_is_known(remy):
    remy.open()
    remy.press("next", c=" kmp-rtw ")
    assert remy.response.status_code == 200


def test_replayed_code_keeps_what_was_chosen_and_takes_another(remy, open_round):
    carried = dict(everything(remy).fields)
    remy.press("send")
    remy.fields = carried | {"p": "0"}  # a second tab, gone back to the promise
    remy.press("next")
    assert (remy.response.status_code, remy.fields["a"]) == (409, carried["a"])
    make_code(open_round, "PLRSTV")
    remy.press("next", c="PLRSTV")
    assert (remy.response.status_code, remy.fields["a"]) == (200, carried["a"])


def test_sending_twice_keeps_one_response(remy, open_round):
    everything(remy)
    carried = dict(remy.fields)
    remy.press("send")
    remy.fields = carried
    remy.press("send")
    assert remy.response.status_code == 409
    assert remy.fields["a"] == carried["a"]
    assert HeldResponse.objects.count() == 1


def test_open_link_sent_twice_keeps_one_response(house):
    round_ = make_open_round(make_cycle(house), entry="link")
    from .conftest import Remy

    remy = Remy(round_.address)
    remy.open()
    remy.press("next")
    remy.press("7", i0="2")
    carried = dict(remy.fields)
    remy.press("send")
    remy.fields = carried
    remy.press("send")
    assert (remy.response.status_code, HeldResponse.objects.count()) == (409, 1)


def test_round_that_closed_in_the_middle_loses_nothing_typed(remy, open_round):
    everything(remy)
    Round.objects.filter(pk=open_round.pk).update(state="closed")
    carried = remy.fields["a"]
    remy.press("send")
    assert (remy.response.status_code, remy.fields["a"]) == (410, carried)
    assert "The time for answers has ended" in remy.text
    assert Code.objects.filter(spent=True).count() == 0


def test_closed_round_says_where_the_reply_will_be(remy, open_round):
    Round.objects.filter(pk=open_round.pk).update(state="closed")
    remy.open()
    assert remy.response.status_code == 410
    assert f"/r/{open_round.cycle.reply_address}" in remy.text


def test_code_of_a_closed_round_lets_nobody_in(remy, open_round):
    """Even where it is still there, and the page was opened before."""
    remy.open()
    Round.objects.filter(pk=open_round.pk).update(state="closed")
    remy.press("next", c="KMPRTW")
    assert (remy.response.status_code, "The time for answers has ended" in remy.text) == (410, True)


def test_last_pages_are_each_in_the_language_that_was_chosen(remy, open_round):
    """They are drawn once and kept for everybody."""
    heads = []
    make_code(open_round, "WTRPMK")
    for language, go, code in (("en", "discard", "KMPRTW"), ("es", "discard", "KMPRTW"), ("en", "send", "KMPRTW"),
                               ("es", "send", "WTRPMK")):
        remy.open(f"?l={language}")
        remy.press("next", c=code)
        remy.press("next", i0="4")
        remy.press(go)
        heads.append(re.search(r"<h1>([^<]*)</h1>", remy.text)[1])
    assert heads == ["Everything is thrown away", "Todo se borró", "Thank you", "Gracias"]


def test_guessing_codes_is_slowed_for_the_round(remy):
    remy.open()
    for _ in range(100):
        remy.press("next", c="ZZZZZZ")
    remy.press("next", c="KMPRTW")
    assert remy.response.status_code == 429
    assert remy.fields["c"] == "KMPRTW"


def test_full_disk_loses_nothing_typed(remy, open_round, monkeypatch):
    carried = everything(remy).fields["a"]

    def disk_is_full(*facts):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(store, "hold", disk_is_full)
    remy.press("send")
    assert (remy.response.status_code, remy.fields["a"]) == (503, carried)
    monkeypatch.undo()
    assert Code.objects.filter(spent=True).count() == 0
    remy.press("send")
    assert remy.response.status_code == 200


def test_nothing_answered_is_not_sent(remy):
    remy.open()
    remy.press("next", c="KMPRTW")
    remy.press("7")
    remy.press("send")
    assert remy.response.status_code == 422
    assert Code.objects.filter(spent=True).count() == 0


def test_ten_megabytes_get_a_kind_page(remy):
    remy.open()
    remy.press("next", t1="x" * 10_000_000)
    assert remy.response.status_code == 413
    assert "Go back" in remy.text


def test_unknown_address_is_kind_and_names_nothing(remy, house):
    response = remy.client.get("/q/zzzzzzzz", headers={"accept-encoding": ""})
    assert response.status_code == 404
    assert house.name not in response.content.decode()


def test_titles_and_addresses_are_neutral(remy, open_round, house):
    everything(remy)
    assert re.findall(r"<title>(.*?)</title>", remy.text) == ["Questions"]
    assert house.name not in remy.response.headers.get("Location", "")


def test_browser_language_chooses_spanish(open_round, remy):
    remy.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "es-MX,es;q=0.9"
    remy.open()
    assert 'lang="es"' in remy.text


def test_promise_is_made_from_the_frozen_settings(house, remy):
    round_ = make_open_round(make_cycle(house, name="Later"), voice="staff")
    round_.frozen["promise"]["k_scores"] = 7
    round_.save()
    remy.address = round_.address
    assert "Totals of 7 people or more" in remy.open()


@pytest.mark.parametrize("waits", [True, False])
def test_promise_says_where_answers_may_wait_for_those_of_others(house, remy, waits):
    round_ = make_open_round(make_cycle(house, name="Later"), voice="staff")
    if waits:
        round_.frozen["promise"]["waves_months"] = 12
        round_.save()
    remy.address = round_.address
    assert ("told together with those of other people" in remy.open()) is waits


@pytest.mark.parametrize("together", [True, False])
def test_promise_says_where_staff_and_partners_are_told_together(house, remy, together):
    round_ = make_open_round(make_cycle(house, name="Later"), voice="staff")
    if together:
        round_.frozen["promise"]["together"] = True
        round_.save()
    remy.address = round_.address
    assert ("is told together, as of one group" in remy.open()) is together


def test_promise_names_no_day_of_deleting_under_a_legal_hold(house, remy):
    before = remy.open()
    round_ = make_open_round(make_cycle(house, name="Later"), voice="staff")
    round_.frozen["promise"]["legal_hold"] = True
    round_.save()
    remy.address = round_.address
    held, days = "A legal duty stops us from deleting just now.", "Then they are deleted,"
    assert [(held in page, days in page) for page in (before, remy.open())] == [(False, True), (True, False)]


def test_way_out_is_on_every_page(remy):
    pages = [remy.open(), remy.press("next", c="KMPRTW"), everything(remy).text]
    for page in pages:
        assert page.count('id="x" href="/leave"') == 1


def test_leaving_clears_the_browser_and_goes_to_the_weather(client):
    response = client.get("/leave")
    assert response.status_code == 303
    assert response.headers["Location"].startswith("https://www.weather.gov")
    assert '"storage"' in response.headers["Clear-Site-Data"]


def test_page_makes_no_request_of_its_own(remy):
    everything(remy)
    assert re.findall(r"(?:src|href|action)=\"?(?!/q/|/leave|data:,|\?l=|#)([^\s\">]+)", remy.text) == []


def test_page_needs_no_unsafe_inline(remy):
    remy.open()
    policy = remy.response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
