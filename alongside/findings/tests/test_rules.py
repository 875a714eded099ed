"""When to release, what breaks a trend, what is a paraphrase."""

import pytest

from alongside.findings.rules.paraphrase import shares_wording
from alongside.findings.rules.releasing import inside_threshold, may_release, outside_threshold
from alongside.findings.rules.trend import same_domain, same_practice

LONG = "The night staff talk to me like a child and I hate it."


@pytest.mark.parametrize(("states", "is_over", "may"), [
    (["closed", "closed"], False, True),
    (["closed", "open"], True, False),
    (["closed", "planned"], False, False),
    (["closed", "planned"], True, True),
    (["planned"], True, False),
    ([], True, False),
])
def test_cycle_may_be_released_when_no_answer_can_come(states, is_over, may):
    assert may_release(states, is_over=is_over) is may


def test_inside_threshold_is_never_below_a_promise():
    assert inside_threshold(5, [7, 5]) == 7


def test_inside_threshold_may_be_raised_above_the_promise():
    assert inside_threshold(9, [5, 5]) == 9


@pytest.mark.parametrize(("inside", "outside"), [(5, 15), (6, 12), (10, 20), (11, 11), (12, 12), (20, 20)])
def test_outside_threshold_is_eleven_or_more_in_whole_steps(inside, outside):
    assert outside_threshold(inside) == outside


@pytest.mark.parametrize("words", [
    LONG,
    LONG.upper().replace(".", "!!"),
    "Somebody said: the night staff talk to me like a child.",  # 9 words in a row
])
def test_paraphrase_that_gives_the_original_back_is_noticed(words):
    assert shares_wording(LONG, words) is True


@pytest.mark.parametrize("words", [
    "People want to be spoken to as adults, at night too.",
    "The night staff talk to me like children are spoken to.",  # 7 words in a row
])
def test_paraphrase_in_other_words_is_let_through(words):
    assert shares_wording(LONG, words) is False


def test_paraphrase_that_quotes_all_of_a_short_original_is_noticed():
    assert shares_wording("My worker shouted again", "One wrote: my worker shouted again.") is True


def test_paraphrase_may_use_the_two_words_of_a_very_short_original():
    assert shares_wording("Good food", "People like the good food here.") is False


def test_practice_asked_in_the_same_words_may_be_joined():
    assert same_practice({"M1": "a"}, {"M1": "a"}, "M1") is True


@pytest.mark.parametrize(("one", "other"), [
    ({"M1": "a"}, {"M1": "b"}), ({}, {"M1": "a"}), ({"M1": ""}, {"M1": ""})])
def test_practice_asked_in_other_words_breaks_its_line(one, other):
    assert same_practice(one, other, "M1") is False


@pytest.mark.parametrize(("one", "other", "joined"), [
    ({"M1": "a", "M2": "b"}, {"M1": "a", "M2": "b", "G1": "z"}, True),
    ({"M1": "a", "M2": "b"}, {"M1": "a", "M2": "c"}, False),
    ({"M1": "a", "M2": "b"}, {"M1": "a"}, False),
    ({}, {}, False),
])
def test_domain_is_joined_only_where_all_its_practices_are(one, other, joined):
    assert same_domain(one, other, ["M1", "M2"]) is joined
