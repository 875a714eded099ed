"""Leaving fast, in a real browser: the button, Shift three times, and the plain link without a script."""

import pytest
from playwright.sync_api import Browser, Page

from .conftest import Product

pytestmark = pytest.mark.browser


@pytest.fixture
def page_on(chromium: Browser, product: Product):
    """`page_on(scripts)` opens a page of people who answer, after another page. /leave answers as `leave` says."""
    def open_it(*, scripts: bool = True, **leave) -> Page:
        context = chromium.new_context(java_script_enabled=scripts)
        context.route("**/leave", lambda route: route.fulfill(**leave or {"body": "the weather"}))
        page = context.new_page()
        page.goto(f"{product.base}/healthz")
        page.goto(f"{product.base}/q/")
        return page

    return open_it


def where_back_leads(page: Page) -> str:
    page.wait_for_url("**/leave")
    page.go_back()
    return page.url.rpartition("/")[2]


def test_shift_three_times_leaves_and_back_does_not_return(page_on):
    page = page_on()
    for _ in range(3):
        page.keyboard.press("Shift")
    assert where_back_leads(page) == "healthz"


def test_shift_while_writing_stays(page_on):
    page = page_on()
    for key in ("Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url.endswith("/q/")


def test_button_leaves_and_back_does_not_return(page_on):
    page = page_on()
    page.click("#x")
    assert where_back_leads(page) == "healthz"


def test_screen_is_blank_at_once_even_where_the_other_page_never_comes(page_on):
    page = page_on(status=204)  # the browser stays where it is
    page.click("#x")
    assert page.evaluate("[document.body.innerHTML, document.title]") == ["", ""]


def test_screen_is_blank_at_once_on_a_slow_line(page_on):
    page = page_on()
    waiting = []

    def hang(route):  # no answer comes
        waiting.append(route)

    page.route("**/leave", hang)
    shown = page.evaluate("document.getElementById('x').click(), [document.body.innerHTML, document.title]")
    page.wait_for_timeout(300)
    for route in waiting:
        route.abort()
    assert (shown, len(waiting)) == (["", ""], 1)


def test_each_press_of_shift_is_counted_where_people_can_see_it(page_on):
    page = page_on()
    seen = []
    for _ in range(2):
        page.keyboard.press("Shift")
        seen.append(page.inner_text("#s"))
    page.keyboard.press("a")
    assert [*seen, page.inner_text("#s")] == ["⇧ 1/3", "⇧ 2/3", ""]


def test_leaving_clears_what_the_browser_kept(chromium, product):
    context = chromium.new_context()
    page = context.new_page()
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(body="the weather"))
    page.goto(f"{product.base}/q/")
    context.add_cookies([{"name": "s", "value": "a-session", "url": product.base}])
    page.click("#x")
    page.wait_for_url("https://www.weather.gov/**")
    assert context.cookies(product.base) == []


def test_button_leaves_without_a_script(page_on):
    page = page_on(scripts=False)
    page.click("#x")
    page.wait_for_url("**/leave")
    assert page.inner_text("body") == "the weather"
