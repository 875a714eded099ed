"""The whole loop in a browser on a phone: set up, plan, slips, fifteen people answer, close, read, decide, reply."""

import re
from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, Page

from .conftest import Looker, Product

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
PEOPLE, COMMENTING = 15, 11
LANGUAGES = ("en", "es")
PASSWORD = "a quiet river at night"
CODE = re.compile(r'class="code" dir="ltr">([A-Z]{6})<')


class Journey:
    """One browser, one language, with or without scripts."""

    def __init__(self, chromium: Browser, product: Product, language: str, scripts: bool) -> None:
        self.product, self.language, self.scripts = product, language, scripts
        self.looker = Looker(product.base)
        self.context = chromium.new_context(viewport=PHONE, java_script_enabled=scripts)
        self.context.add_cookies([{"name": "l", "value": language, "url": product.base}])
        self.context.set_default_timeout(20_000)
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        self.looker.follow(page)
        return page

    def go(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.product.base + path)
        self.look()

    def press(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state("domcontentloaded")
        self.look()

    def look(self) -> None:
        assert self.page.locator("h1").count() == 1, self.page.url
        self.looker.look(self.page, scripts=self.scripts)

    # -- the steps ------------------------------------------------------------------------------------------------

    def set_up(self) -> None:
        self.go(self.product.setup_address)
        page = self.page
        page.fill("[name=name]", "Lantern House (invented)")
        for language in LANGUAGES:
            page.check(f"[name=languages][value={language}]")
        page.fill("[name$='0-name']", "Night line")
        page.fill("[name$='0-reach']", "Call or text 555-0100")
        page.fill("[name='me-name']", "Ana")
        page.fill("[name='me-email']", "ana@example.org")
        page.fill("[name='me-password']", PASSWORD)
        self.press("main .do button >> nth=-1")
        self.set_up_second_step()

    def set_up_second_step(self) -> None:
        if "app" not in self.page.url:
            self.press("a[href*='second-step/app']")
        secret = self.page.locator(".codes").inner_text().replace(" ", "").replace("\xa0", "")
        counter = next(iter(yield_hotp_counters_from_time()))
        self.page.fill("[name=code]", format_hotp_value(hotp_value(secret, counter)))
        self.press("main form .do button")
        self.press("main .do a.button")
        assert "/welcome" in self.page.url

    def plan(self) -> None:
        self.go("/cycles/new")
        today = date.today()
        self.page.fill("[name=name]", "Winter look")
        self.page.fill("[name=reply_due]", (today + timedelta(days=40)).isoformat())
        self.press("main form .do button >> nth=0")
        self.cycle = re.search(r"/cycles/([0-9a-f-]{36})/", self.page.url)[1]

    def round_pages(self) -> list[str]:
        self.go(f"/cycles/{self.cycle}/")
        return list(dict.fromkeys(
            link.get_attribute("href") for link in self.page.locator("main a[href*='/rounds/']").all()
            if re.search(r"/rounds/[0-9a-f-]{36}/$", link.get_attribute("href"))))

    def open_round(self, path: str) -> list[str]:
        """Open a round and make slips. Gives the codes on them."""
        self.go(path)
        self.press("form[action$='/open'] button")
        self.page.fill("[name=how_many]", str(PEOPLE + 5))
        self.page.locator("form[action$='/slips'] button[value=page]").click()
        self.page.wait_for_load_state("domcontentloaded")
        slips = self.page.content()
        self.address = re.search(r"/q/([a-z0-9]{8})", slips)[1]
        assert "Lantern" not in self.page.locator("body").inner_text()
        return CODE.findall(slips)

    def answer(self, code: str, number: int) -> None:
        """One person on a phone of their own: no cookie before, none after."""
        context = self.context.browser.new_context(viewport=PHONE, java_script_enabled=self.scripts)
        page = context.new_page()
        page.set_default_timeout(20_000)
        self.looker.follow(page)
        visited: set[str] = set()
        page.on("framenavigated", lambda frame: visited.add(re.split("[?#]", frame.url)[0]))
        page.goto(f"{self.product.base}/q/{self.address}?l={self.language}" + (f"#{code}" if number % 2 else ""))
        if not (number % 2 and self.scripts):
            page.fill("[name=c]", f" {code[:3].lower()} {code[3:].lower()}")
        self.next_page(page, number)
        while page.locator("[type=radio]").count():
            for row in range(page.locator("fieldset").count()):
                value = "k" if (number + row) % 9 == 0 else str(1 + (number * 7 + row * 3) % 5)
                page.locator("fieldset").nth(row).locator(f"[value='{value}']").check()
            if number < COMMENTING and page.locator("textarea[name=t2]").count():
                page.fill("textarea", f"The door is loud when person number {number} comes home late at night.")
            self.next_page(page, number)
        self.look_at(page, number)
        page.locator("button[value=send]").first.click()
        page.wait_for_load_state("domcontentloaded")
        self.look_at(page, number)
        assert page.locator("form").count() == 0, page.content()  # thanks: nothing more to send
        assert visited == {f"{self.product.base}/q/{self.address}"}  # the history does not tell that they answered
        assert context.cookies() == []
        assert page.locator("html").get_attribute("dir") == ("rtl" if self.language == "ar-xb" else "ltr")
        context.close()

    def next_page(self, page: Page, number: int) -> None:
        self.look_at(page, number)
        page.locator("button[value=next]").click()
        page.wait_for_load_state("domcontentloaded")

    def look_at(self, page: Page, number: int) -> None:
        if number == 1:
            self.looker.look(page, scripts=self.scripts)

    def close(self) -> None:
        self.go(f"/cycles/{self.cycle}/close")
        if self.page.locator("main form [type=checkbox]").count():
            for box in self.page.locator("main form [type=checkbox]").all():
                box.check()
        self.press("main form button")

    def read(self) -> str:
        self.go(f"/cycles/{self.cycle}/profile/G")
        self.go(f"/cycles/{self.cycle}/profile")
        return self.page.content()

    def review_comments(self) -> None:
        self.go(f"/cycles/{self.cycle}/comments/")
        for turn in range(100):
            if not self.page.locator("textarea[name=words]").count():
                break
            self.page.fill("textarea[name=words]", "Noise at the entrance in the evening wakes people.")
            self.look() if turn == 0 else None
            self.page.locator("main form .do button").first.click()
            self.page.wait_for_load_state("domcontentloaded")
        self.press("form[action$='/release'] button")
        self.go(f"/cycles/{self.cycle}/comments/")
        assert "Noise at the entrance" in self.page.content()
        assert "person number" not in self.page.content()

    def decide(self) -> None:
        self.go(f"/cycles/{self.cycle}/findings/add?domain=G&practice=G9")
        self.page.fill("[name=says]", "House rules were made without the people who live with them.")
        self.press("main form .do button")
        self.press("main a[href$='/decide']")
        self.page.check("[name=choice][value=wont]")
        self.page.fill("[name=reason]", "The landlord sets them. We have written to the landlord.")
        self.press("main form .do button")

    def reply(self) -> str:
        self.go(f"/cycles/{self.cycle}/reply/")
        for language in LANGUAGES:
            self.page.fill(f"[name='{language}-opening']", "Thank you for telling us.")
            self.page.fill(f"[name='{language}-closing']", "You can ask us about it at any time.")
            self.page.locator(f"[name^='{language}-said-']").fill("House rules were made without you.")
            self.page.locator(f"[name^='{language}-answer-']").fill("We may not. We wrote to the landlord.")
        self.press("main form .do button")
        self.press("form[action$='/publish'] button")
        path = re.search(r"/r/[a-z0-9]{8}", self.page.content())[0]
        self.press("form[action$='/finish'] button")
        self.go("/")
        return path


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("es", False), ("ar-xb", True)])
def test_first_cycle_goes_from_setup_to_a_reply(chromium, product, language, scripts):
    journey = Journey(chromium, product, language, scripts)
    journey.set_up()
    journey.plan()
    paths = journey.round_pages()
    assert len(paths) == 3
    codes = [(path, journey.open_round(path), journey.address) for path in paths]
    _, ours, journey.address = codes[0] if "clients" in codes[0][0] else codes[-1]
    for number in range(PEOPLE):
        journey.answer(ours[number], number)
    journey.close()
    profile = journey.read()
    assert "15" in profile  # "15 to 19" people of one voice, and holes beside it
    journey.review_comments()
    journey.decide()
    reply = journey.reply()
    page = chromium.new_context(viewport=PHONE, java_script_enabled=scripts).new_page()
    journey.looker.follow(page)
    page.goto(f"{product.base}{reply}?l={language}")
    journey.looker.look(page, scripts=scripts)
    assert "House rules were made without you." in page.content()
    assert page.title() == {"en": "Reply"}.get(language, page.title())
    assert "Lantern" not in page.title()
    assert journey.looker.problems == []
