from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.organizations.rules import CannotLoosen, ensure_not_loosened, needs_checking

TODAY = date(2026, 7, 1)


@pytest.mark.parametrize(("last", "expected"), [
    (None, True), (date(2026, 7, 1), False), (date(2026, 1, 2), False), (date(2026, 1, 1), True),
])
def test_a_contact_is_to_be_checked_again_after_180_days(last, expected):
    assert needs_checking(last, TODAY) == expected


@given(now=st.integers(5, 100), asked=st.integers(0, 100))
def test_the_number_for_scores_never_goes_down(now, asked):
    refused = False
    try:
        ensure_not_loosened(scores=(now, asked), comments=(10, 10))
    except CannotLoosen:
        refused = True
    assert refused == (asked < now)


def test_comments_never_need_fewer_than_ten_people():
    with pytest.raises(CannotLoosen):
        ensure_not_loosened(scores=(5, 5), comments=(9, 9))
