"""When comments may be read, and under which headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.privacy.gate import CommentGroups, Policy, comment_groups, release_comments

POLICY = Policy()
COUNTS = st.dictionaries(st.sampled_from("MGROFH"), st.integers(0, 30))


def groups(people: int = 40, policy: Policy = POLICY, **counts: int) -> CommentGroups:
    return comment_groups(counts, people, policy)


@pytest.mark.parametrize(("people", "may"), [(0, False), (9, False), (10, True)])
def test_comments_need_ten_people(people, may):
    assert release_comments(people, POLICY) is may


def test_comments_need_more_people_where_the_organization_says_so():
    assert release_comments(14, Policy(k_comments=15)) is False


def test_large_domains_stand_by_themselves():
    assert groups(M=10, G=12) == CommentGroups(own=("M", "G"))


def test_small_domains_are_mixed():
    assert groups(M=10, G=6, R=5) == CommentGroups(own=("M",), pooled=("G", "R"))


def test_pool_that_is_too_small_takes_in_the_smallest_of_the_others():
    assert groups(M=20, G=12, R=5) == CommentGroups(own=("M",), pooled=("G", "R"))


def test_pool_of_ten_takes_in_nobody_else():
    assert groups(M=20, G=5, R=5) == CommentGroups(own=("M",), pooled=("G", "R"))


def test_everything_is_mixed_where_one_large_domain_has_to_help():
    assert groups(M=12, G=1) == CommentGroups(pooled=("M", "G"))


def test_domain_without_comments_is_not_told_from_one_with_few():
    assert groups(M=12, G=0, R=10, O=1) == CommentGroups(own=("M",), pooled=("G", "R", "O"))


def test_no_pool_where_there_is_nothing_to_mix():
    assert groups(M=12, G=0) == CommentGroups(own=("M",))


def test_nothing_is_shown_of_nine_people():
    assert groups(people=9, M=9, G=9) == CommentGroups(own=(), pooled=())


def test_nothing_is_shown_where_all_together_stay_too_few():
    assert groups(people=12, M=4, G=5) == CommentGroups()


def test_more_people_in_a_domain_than_commented_are_refused():
    with pytest.raises(ValueError, match="from 0 to all of them"):
        groups(people=12, M=13)


@given(COUNTS)
def test_each_heading_holds_ten_comments(counts):
    found = comment_groups(counts, 30, POLICY)
    headings = [[domain] for domain in found.own] + ([found.pooled] if found.pooled else [])
    assert all(sum(counts[domain] for domain in heading) >= 10 for heading in headings)
