"""Access codes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.listening import codes


def test_code_has_six_letters_and_no_vowel():
    made = codes.make_distinct(200)
    assert {len(code) for code in made} == {6}
    assert set("".join(made)) <= set("BCDFGHJKLMNPRSTVWXZ")


def test_code_never_has_the_same_letter_twice_in_a_row():
    assert not [
        code for code in codes.make_distinct(300) if any(a == b for a, b in pairwise(code))
    ]


def test_distinct_codes_are_as_many_as_asked_for():
    assert len(codes.make_distinct(137)) == 137


@given(st.randoms(use_true_random=False))
def test_code_survives_however_it_is_typed(random):
    code = codes.make_code()
    typed = "".join(
        random.choice((letter, letter.lower())) + random.choice(("", " ", "-")) for letter in code
    )
    assert codes.normalize(f"  {typed}\n") == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8CDFGH", "BCDFGH"),
        ("BCDF6H", "BCDFGH"),
        ("5TRKMP", "STRKMP"),
        ("2KMPRT", "ZKMPRT"),
        ("1KMPRT", "LKMPRT"),
        ("0KMPRT", "DKMPRT"),
        ("KM7PRB", "KMTPRB"),
        ("uKMPRT", "VKMPRT"),
    ],
)
def test_digit_that_looks_like_a_letter_is_read_as_that_letter(typed, meant):
    assert codes.normalize(typed) == meant


@pytest.mark.parametrize("typed", ["", "KMPRT", "KMPRTWX", "KMPRTA", "KMPRT9", "KMPRT#", "ÉKMPRT"])
def test_what_can_be_no_code_is_read_as_nothing(typed):
    assert codes.normalize(typed) == ""


@given(st.text(max_size=50))
def test_normalizing_twice_changes_nothing(text):
    once = codes.normalize(text)
    assert codes.normalize(once) == once


def test_more_slips_than_people_are_suggested():
    assert [codes.suggested_number(people) for people in (0, 6, 40, 5000)] == [16, 16, 56, 200]
