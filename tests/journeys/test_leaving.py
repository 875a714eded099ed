"""Leaving fast, in a real browser: the button, Shift three times, and the plain link without a script."""

import pytest
from playwright.sync_api import Browser, Page

from .conftest import Product

pytestmark = pytest.mark.browser


@pytest.fixture
def page_on(chromium: Browser, product: Product):
    """`page_on(scripts)` opens a page of people who answer, after a page of somebody else's."""
    def open_it(scripts: bool) -> Page:
        context = chromium.new_context(java_script_enabled=scripts)
        context.route("https://www.weather.gov/**", lambda route: route.fulfill(body="weather"))
        page = context.new_page()
        page.goto(f"{product.base}/healthz")
        page.goto(f"{product.base}/q/")
        return page

    return open_it


def where_back_leads(page: Page) -> str:
    page.wait_for_url("https://www.weather.gov/**")
    page.go_back()
    return page.url.rpartition("/")[2]


def test_shift_three_times_leaves_and_back_does_not_return(page_on):
    page = page_on(True)
    for _ in range(3):
        page.keyboard.press("Shift")
    assert where_back_leads(page) == "healthz"


def test_shift_twice_stays(page_on):
    page = page_on(True)
    for key in ("Shift", "Shift", "a", "Shift"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert page.url.endswith("/q/")


def test_button_leaves_and_back_does_not_return(page_on):
    page = page_on(True)
    page.click("#x")
    assert where_back_leads(page) == "healthz"


def test_screen_is_blank_before_the_other_page_is_there(page_on):
    page = page_on(True)
    page.context.route("**/leave", lambda route: None)  # a network that never answers
    page.click("#x", no_wait_after=True)
    page.wait_for_function("document.body.innerHTML === '' && document.title === ''")


def test_button_leaves_without_a_script(page_on):
    page = page_on(False)
    page.click("#x")
    page.wait_for_url("https://www.weather.gov/**")
