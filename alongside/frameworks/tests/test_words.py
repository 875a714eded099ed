import pytest

from alongside.frameworks.api import (
    DEFAULT_WORDS,
    ByLanguage,
    domain_shorts,
    domain_titles,
    fill,
    fill_lines,
    fill_text,
    practice_titles,
)

THRIVERS = {"survivor": "thriver", "survivors": "thrivers"}


def test_word_is_filled_in_all_four_forms():
    text = "{Survivors} ask a {survivor}. {Survivor} or {survivors}?"
    assert fill(text, THRIVERS) == "Thrivers ask a thriver. Thriver or thrivers?"


def test_capital_leaves_the_rest_of_a_word_as_it_was_chosen():
    assert fill("{Survivors} speak", {"survivors": "people with LIVED experience"}) == (
        "People with LIVED experience speak"
    )


@pytest.mark.parametrize("word", ["{survivors}", "{0.__class__}", r"\1 \g<0>", "%s", "<b>"])
def test_chosen_word_is_never_interpreted(word):
    assert fill("A {survivor} speaks", {"survivor": word}) == f"A {word} speaks"


def test_other_braces_stay_as_they_are():
    assert fill("{clients} and {survivor!r}", THRIVERS) == "{clients} and {survivor!r}"


def test_language_without_own_words_gets_the_usual_ones():
    text = ByLanguage({"en": "a {survivor}", "es": "una {survivor}", "fr": "une {survivor}"})
    assert fill_text(text, {"en": THRIVERS}) == {
        "en": "a thriver", "es": "una persona sobreviviente", "fr": "une survivor",
    }  # fmt: skip


def test_words_of_a_language_serve_its_regions():
    text = ByLanguage({"es-MX": "una {survivor}"})
    assert fill_text(text, DEFAULT_WORDS) == {"es-MX": "una persona sobreviviente"}


def test_lists_are_filled_line_by_line():
    lines = ByLanguage({"en": ("No {survivors}", "Two {survivors}")})
    assert fill_lines(lines, {"en": THRIVERS}) == {"en": ("No thrivers", "Two thrivers")}


def test_practice_titles_are_in_the_organization_s_words(tiny):
    titles = practice_titles(tiny, {"en": THRIVERS})
    assert (list(titles), titles["M1"]["en"]) == (["M1", "M2", "G1", "G2"], "Thrivers shape plan M1")


def test_domain_titles_are_in_the_framework_s_order(tiny):
    assert [(id, title["es"]) for id, title in domain_titles(tiny, DEFAULT_WORDS).items()] == [
        ("M", "Planes y cultura M"), ("G", "Planes y cultura G"),
    ]  # fmt: skip


def test_short_titles_are_there_for_charts(tiny):
    assert [title["en"] for title in domain_shorts(tiny, DEFAULT_WORDS).values()] == ["Plans M", "Plans G"]
