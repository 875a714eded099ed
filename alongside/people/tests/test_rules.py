from datetime import date

import pytest

from alongside.access.api import GRANTS, Permission, Role
from alongside.people import rules
from alongside.people.acts import words_for
from alongside.people.roles import WORDS, names_of

DAY = date(2026, 7, 1)
COORDINATOR, DIRECTOR, KEEPER = Role.COORDINATOR, Role.DIRECTOR, Role.SERVER_ADMIN


@pytest.mark.parametrize(("on", "expected"), [
    (date(2026, 7, 1), True), (date(2026, 7, 8), True), (date(2026, 7, 9), False),
])
def test_a_link_works_for_seven_days(on, expected):
    assert rules.still_works(rules.last_day(DAY), on) == expected


def may_grant(held, asked, now=(), **more) -> bool:
    try:
        rules.ensure_grantable(held, asked, now, **more)
    except rules.CannotGrant:
        return False
    return True


@pytest.mark.parametrize(("held", "asked", "now", "to_themselves", "expected"), [
    ([COORDINATOR], [DIRECTOR], [], False, True),
    ([COORDINATOR], [], [], False, False),
    ([COORDINATOR], [COORDINATOR, DIRECTOR], [COORDINATOR], True, False),
    ([COORDINATOR, DIRECTOR], [COORDINATOR], [COORDINATOR, DIRECTOR], True, True),
    ([COORDINATOR], [KEEPER], [], False, False),
    ([COORDINATOR, KEEPER], [KEEPER], [], False, True),
    ([COORDINATOR], [KEEPER, DIRECTOR], [KEEPER], False, True),
])
def test_who_may_give_which_roles(held, asked, now, to_themselves, expected):
    assert may_grant(held, asked, now, to_themselves=to_themselves) == expected


@pytest.mark.parametrize(("held", "theirs", "elsewhere", "themselves", "expected"), [
    ([COORDINATOR], [DIRECTOR], False, False, True),
    ([COORDINATOR], [DIRECTOR], True, False, False),
    ([COORDINATOR], [COORDINATOR], False, True, False),
    ([COORDINATOR], [KEEPER], False, False, False),
    ([COORDINATOR, KEEPER], [KEEPER], False, False, True),
])
def test_whose_sign_in_may_be_reset(held, theirs, elsewhere, themselves, expected):
    try:
        rules.ensure_helpable(held, theirs, belongs_elsewhere=elsewhere, is_themselves=themselves)
        allowed = True
    except rules.CannotHelp:
        allowed = False
    assert allowed == expected


def test_one_coordinator_must_be_left():
    with pytest.raises(rules.LastCoordinator):
        rules.ensure_coordinated(0)


def test_every_role_says_what_it_can_and_can_not_see():
    assert set(WORDS) == set(Role)


@pytest.mark.parametrize("role", Role)
def test_a_role_that_says_no_comments_may_see_none(role):
    says_none = "no comments" in str(WORDS[role].cannot)
    sees = {Permission.COMMENTS_SEE, Permission.COMMENTS_REVIEW} & GRANTS[role]
    assert says_none == (not sees)


def test_roles_are_named_in_the_order_of_the_table():
    assert names_of(["reader", "coordinator"]) == ("Coordinator", "Reader (funder or evaluator)")


def test_an_act_without_words_is_shown_by_its_name():
    assert words_for("round.opened.by.nobody") == "round.opened.by.nobody"
