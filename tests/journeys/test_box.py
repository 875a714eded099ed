"""A box is made, handed out, practiced and promised, on a phone's screen, with and without scripts."""

import pytest

from .test_first_cycle import PASSWORD, Journey

pytestmark = pytest.mark.browser
PUT_IN = "main form:has(textarea) .do button"


def hand_out(journey: Journey) -> list[str]:
    """Each keeper reads a key, and types the words that are asked for; gives the words of all."""
    page, papers = journey.page, []
    while page.locator(".key-words").count():
        words = page.locator(".key-words li").all_inner_texts()
        papers.append(" ".join(words))
        journey.press("button[name=ask]")
        for field in page.locator("main input[name^=word_]").all():
            field.fill(words[int(field.get_attribute("name").removeprefix("word_")) - 1].title())
        journey.press("button[name=check]")
    return papers


@pytest.mark.parametrize(("language", "scripts"), [("en", True), ("es", False), ("ar-xb", True)])
def test_box_is_made_practiced_and_promised(chromium, product, language, scripts):
    journey = Journey(chromium, product, language, scripts)
    journey.set_up()
    journey.go("/cycles/box")
    journey.press("main .do a.button")
    journey.page.check("[name=sure]")
    journey.press("main form .do button")
    papers = hand_out(journey)
    assert len({paper for paper in papers if len(paper.split()) == 33}) == 4
    journey.go("/cycles/box/practice")
    for paper in (papers[2], papers[2], papers[0], papers[3]):  # one keeper sits down twice, and is told
        journey.page.fill("textarea", paper)
        journey.press(PUT_IN)
    assert journey.page.locator("p.read").count() == 1
    journey.press("main .do a.button")
    journey.press("form[action$='/box/use'] button")
    journey.page.fill("[name=again-password]", PASSWORD)
    journey.press("main form:has([name=again-password]) button")
    journey.plan()
    path = journey.round_pages()[0]
    journey.open_round(path)
    page = journey.new_page()
    page.goto(f"{product.base}/q/{journey.address}?l={language}")
    journey.looker.look(page, scripts=scripts)
    assert page.locator("dt").count() == 7
    assert journey.looker.problems == []
