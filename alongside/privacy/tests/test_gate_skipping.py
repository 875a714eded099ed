"""A domain beside its practices tells nothing of the few who skipped some of them."""

import pytest

from alongside.privacy.gate import CellKey, Shown, people_behind, release
from alongside.privacy.gate.skipping import telling_of_skippers
from alongside.privacy.tests.gate_tables import Levels, of_practices, staff

ALL = [3, 2, 4, 3, 2]  # so few that the mean in tenths tells the sum


def told(*practices: Levels) -> dict[CellKey, object]:
    named = {f"M{number}": levels for number, levels in enumerate(practices, 1)}
    return dict(release(of_practices(**named)))


@pytest.mark.parametrize("level", [1, 2, 4, 5])
def test_domain_that_tells_what_the_one_said_who_skipped_the_rest_is_kept_back(level):
    figures = told([*ALL, level], [*ALL, None])
    assert not isinstance(figures[staff(practice=None)], Shown)


def test_domain_that_everybody_answered_whole_is_shown():
    assert isinstance(told(ALL, ALL)[staff(practice=None)], Shown)


def test_domain_of_many_people_tells_nothing_of_one():
    figures = told([*ALL * 8, 5], [*ALL * 8, None])
    assert isinstance(figures[staff(practice=None)], Shown)


def test_domain_of_four_practices_has_scores_of_people_who_skipped_one():
    """Its sum is not the practices' sum, so nothing can be taken out of it."""
    figures = told([*ALL, 1], *[[*ALL, None]] * 2, [3, 2, 4, 2, 2, None])
    assert isinstance(figures[staff(practice=None)], Shown)


def test_domain_of_three_practices_tells_what_the_one_said_who_skipped_the_rest():
    figures = told([*ALL, 1], *[[*ALL, None]] * 2)
    assert not isinstance(figures[staff(practice=None)], Shown)


def test_domain_beside_which_two_answers_of_the_one_are_possible_is_shown():
    figures = told([*ALL * 2, 1], [*ALL * 2, None])
    assert isinstance(figures[staff(practice=None)], Shown)


def test_mean_on_the_edge_of_its_tenth_would_have_been_told_as_the_next():
    """Had the eleventh said 4, the domain's mean would be 2.85, and told as 2.9."""
    figures = told([*ALL * 2, 5], [*ALL * 2, None])
    assert not isinstance(figures[staff(practice=None)], Shown)


def test_sum_of_scores_need_not_be_whole():
    eight = [3, 2, 4, 3, 2, 3, 2, 3]
    assert isinstance(told([*eight, 2], [*eight, None])[staff(practice=None)], Shown)


@pytest.mark.parametrize(("people", "levels", "is_safe"), [
    (5, [5, 5], False), (5, [5, 3], True), (5, [1, 1], False), (10, [5, 5], False), (10, [5, 4], True),
    (10, [1, 1], True)])
def test_several_who_skipped_are_told_of_only_where_all_chose_an_end(people, levels, is_safe):
    answers = ALL * (people // len(ALL))
    cells = of_practices(M1=[*answers, *levels], M2=[*answers, None, None])
    figures = release(cells)
    assert isinstance(figures[staff(practice=None)], Shown) is is_safe
    assert list(telling_of_skippers(figures, people_behind(cells))) == []
