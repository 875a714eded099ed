"""A tablet that is handed around, in a real browser: the next person finds nothing of the one before."""

import re

import pytest

from alongside.listening.answering.pages import forget_pages
from alongside.listening.answering.sheets import forget_sheets
from alongside.listening.tests.factories import make_code, make_cycle, make_open_round

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def tablet(live_server, house, chromium):
    """`tablet()` opens the form as a device that is handed around does. `quiet=1` cuts that waiting to a second."""
    forget_sheets()
    forget_pages()
    round_ = make_open_round(make_cycle(house))
    code = make_code(round_)

    def hand_over(**hurried: int):
        page = chromium.new_context().new_page()
        page.set_default_timeout(8000)
        page.route("**/q/*", lambda route: _hurried(route, hurried))
        page.goto(f"{live_server.url}/healthz")
        page.goto(f"{live_server.url}/q/{round_.address}?m=t")
        return page

    hand_over.code = code
    yield hand_over
    forget_sheets()


def _hurried(route, hurried):
    """The product's own page, with less waiting."""
    answer = route.fetch()
    body = answer.text()
    for name, seconds in hurried.items():
        body = re.sub(rf'data-{name}="\d+"', f'data-{name}="{seconds}"', body)
    headers = {name: value for name, value in answer.headers.items()
               if name not in ("content-encoding", "content-length")}
    route.fulfill(status=answer.status, headers=headers, body=body)


def answered(tablet, **how):
    page = tablet(**how)
    page.fill("#c", tablet.code)
    page.click("[value=next]")
    page.wait_for_selector("fieldset")
    page.click("fieldset >> nth=0 >> label >> nth=2")
    page.fill("textarea", "the night porter shouts")
    while not page.query_selector("[value=send]"):
        here = page.inner_text("header")
        page.click("[value=next]")
        page.wait_for_function("here => document.querySelector('header').innerText !== here", arg=here)
    return page


def test_back_does_not_lead_to_what_somebody_said(tablet):
    page = answered(tablet)
    assert "the night porter shouts" in page.inner_text("body")
    page.go_back()
    assert page.url.endswith("/healthz")
    page.go_forward()
    assert "the night porter shouts" not in page.content()


def test_thanks_start_again_by_themselves(tablet):
    page = answered(tablet, over=1)
    page.click("[value=send] >> nth=0")
    page.wait_for_selector("text=Thank you")
    page.wait_for_selector("#c")
    assert page.input_value("#c") == ""


def test_page_that_nobody_touches_asks_and_then_starts_again(tablet):
    page = answered(tablet, quiet=3, ask=1)
    page.wait_for_selector("#z", state="visible")
    page.wait_for_selector("#c")
    assert "the night porter shouts" not in page.content()


def test_somebody_who_is_still_there_loses_nothing(tablet):
    page = answered(tablet, quiet=3)
    page.wait_for_selector("#z", state="visible")
    page.click("#z button")
    assert page.is_hidden("#z")
    assert "the night porter shouts" in page.inner_text("body")


def test_way_out_still_works_after_pages_took_each_others_place(tablet):
    page = answered(tablet)
    page.route("**/leave", lambda route: route.fulfill(body="the weather"))
    page.click("#x")
    page.wait_for_url("**/leave")
    page.go_back()
    assert page.url.endswith("/healthz")


def test_lost_connection_keeps_what_was_chosen(tablet):
    page = answered(tablet)
    page.unroute("**/q/*")
    page.route("**/q/*", lambda route: route.abort())
    page.click("[value=send] >> nth=0")
    page.wait_for_selector("#s:has-text('did not arrive')")
    assert "the night porter shouts" in page.inner_text("body")
