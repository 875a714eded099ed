"""What a form brings along, and where its buttons lead."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from alongside.listening.answering import walk

SIZES = [3, 4]


def read(query: str) -> walk.Walk:
    return walk.read(QueryDict(query), SIZES, ["en", "es"])


def test_choice_on_the_page_is_put_among_the_carried_letters():
    assert read("a=1------&i2=5").letters == "1-5----"


def test_unknown_letter_counts_as_skipped():
    assert read("a=1x%3C9----&i3=zz").letters == "1------"


def test_letters_that_are_too_many_are_cut():
    assert read("a=" + "1" * 50).letters == "1" * 7


def test_comment_of_an_unknown_page_is_dropped():
    assert read("t1=a&t3=b").comments == {1: "a"}


def test_direction_marks_and_controls_are_taken_out_of_words():
    assert read("t1=a%E2%80%AEb%00c%0Ad").comments == {1: "abc\nd"}


def test_language_that_is_not_offered_becomes_the_first():
    assert read("l=xx").language == "en"


@pytest.mark.parametrize(("page", "go", "leads_to"), [
    (1, "next", 2), (2, "next", 3), (3, "next", 3), (1, "back", 0), (0, "back", 0), (3, "1", 1), (3, "99", 3),
    (2, "", 2), (2, "-1", 0), (2, "²", 0),
])
def test_button_leads_where_it_says(page, go, leads_to):
    assert walk.target(read(f"p={page}"), go, len(SIZES)) == leads_to


@given(st.dictionaries(st.text(max_size=6), st.text(max_size=60), max_size=12))
def test_read_takes_any_form_without_an_error(posted):
    form = QueryDict(mutable=True)
    form.update(posted)
    assert len(walk.read(form, SIZES, ["en"]).letters) == sum(SIZES)
