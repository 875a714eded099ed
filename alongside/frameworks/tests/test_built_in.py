"""What the framework that comes with the product promises, beyond what the loader asks of any."""

import pytest

from alongside.frameworks.api import VOICES, framework, instrument

NUMBERS = {"M": 8, "G": 10, "R": 7, "O": 6, "F": 6, "H": 12}


@pytest.fixture(scope="module")
def built_in():
    return framework("alongside-practices/1")


def test_built_in_framework_has_its_49_practices_in_order(built_in):
    wanted = [f"{letter}{number}" for letter, count in NUMBERS.items() for number in range(1, count + 1)]
    assert [practice.id for practice in built_in.practices] == wanted


@pytest.mark.parametrize(("voice", "most"), [("staff", 48), ("consultants", 44), ("clients", 24)])
def test_nobody_is_asked_more_than_promised(built_in, voice, most):
    assert 0 < len(instrument(built_in, voice).items) <= most


@pytest.mark.parametrize("voice", VOICES)
def test_short_form_has_a_page_for_each_domain(built_in, voice):
    assert [page.domain_id for page in instrument(built_in, voice, "short").pages] == list(NUMBERS)


def test_built_in_framework_is_in_english_and_spanish_and_both_were_measured(built_in):
    assert (built_in.languages, built_in.unmeasured) == (("en", "es"), ())


def test_built_in_framework_does_not_claim_a_review(built_in):
    reviews = {practice.review for practice in built_in.practices}
    assert (built_in.review.status, reviews) == ("not_yet_reviewed", {None})


@pytest.mark.parametrize("voice", VOICES)
def test_no_placeholder_reaches_the_people_who_answer(built_in, voice):
    assert "{" not in "".join(
        text for page in instrument(built_in, voice).pages
        for said in (page.title, page.note, page.comment, *(item.text for item in page.items))
        for text in said.values()
    )  # fmt: skip
