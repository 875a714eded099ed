"""Thresholds can be raised, never lowered."""

import pytest

from alongside.privacy.gate import Policy, ThresholdDoesNotNest, ThresholdTooLow


def test_policy_without_wishes_asks_for_five_and_ten():
    policy = Policy()
    assert (policy.k_scores, policy.k_comments) == (5, 10)


def test_policy_may_be_raised():
    policy = Policy(k_scores=15, k_comments=20)
    assert (policy.k_scores, policy.k_comments) == (15, 20)


@pytest.mark.parametrize(("wish", "at_least"), [({"k_scores": 4}, 5), ({"k_comments": 9}, 10)])
def test_policy_below_the_promise_is_refused(wish, at_least):
    with pytest.raises(ThresholdTooLow) as refused:
        Policy(**wish)
    assert (refused.value.asked_for, refused.value.at_least) == (at_least - 1, at_least)


def test_policy_refusal_reads_as_a_sentence_for_the_person():
    with pytest.raises(ThresholdTooLow) as refused:
        Policy(k_scores=3)
    assert str(refused.value) == (
        "Scores are shown when at least 5 people stand behind them. "
        "You can ask for more people, but not for 3."
    )


def test_refusal_for_comments_names_them():
    with pytest.raises(ThresholdTooLow, match="Comments are shown when at least 10 people"):
        Policy(k_comments=9)


def test_refusal_of_steps_that_cut_across_says_what_to_choose():
    assert str(ThresholdDoesNotNest(11, 5)) == (
        "These answers were already shown to others in steps of 5 people. "
        "Choose a multiple of 5: with 11, comparing the two would give small groups away."
    )


@pytest.mark.parametrize("wish", [5.0, "5", None, True])
def test_policy_of_something_other_than_a_whole_number_is_refused(wish):
    with pytest.raises(TypeError):
        Policy(k_scores=wish)
