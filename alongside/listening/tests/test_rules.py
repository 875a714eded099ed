"""Decisions of this room, without a database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.listening import rules

from .factories import OPENED, make_plan


def fields_of(plan) -> list[str]:
    return [field for field, _ in rules.problems_of(plan)]


def test_sound_plan_has_no_problem():
    assert rules.problems_of(make_plan()) == []


@pytest.mark.parametrize(("facts", "field"), [
    ({"closes_on": OPENED - timedelta(days=1)}, "closes_on"),
    ({"closes_on": OPENED + timedelta(days=367), "reply_due": OPENED + timedelta(days=370)}, "closes_on"),
    ({"reply_due": OPENED}, "reply_due"),
    ({"reply_due": OPENED + timedelta(days=400)}, "reply_due"),
    ({"name": "  "}, "name"),
    ({"asks": ()}, "voices"),
    ({"every_months": 1}, "every_months"),
])
def test_problem_of_a_plan_names_its_field(facts, field):
    assert fields_of(replace(make_plan(), **facts)) == [field]


def test_opening_and_closing_on_one_day_is_sound():
    assert fields_of(make_plan(opens_on=OPENED, closes_on=OPENED)) == []


def test_year_that_was_mistyped_is_a_problem():
    day = date(1027, 1, 1)
    assert fields_of(make_plan(opens_on=day, closes_on=day, reply_due=day)) == ["opens_on"]


@pytest.mark.parametrize(("day", "name"), [
    (date(2027, 3, 1), "Spring 2027"), (date(2027, 8, 31), "Summer 2027"), (date(2027, 11, 30), "Fall 2027"),
    (date(2027, 1, 5), "Winter 2027"), (date(2027, 12, 5), "Winter 2027"),
])
def test_suggested_name_follows_the_season(day, name):
    assert rules.suggested_name(day) == name


def test_same_day_of_a_shorter_month_is_its_last_day():
    assert rules.later(date(2027, 8, 31), 6) == date(2028, 2, 29)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from([6, 12]))
def test_later_day_is_that_many_months_later(day, months):
    found = rules.later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months


def test_round_is_not_over_on_its_last_day():
    assert [rules.is_over(OPENED, OPENED + timedelta(days=late)) for late in (-1, 0, 1)] == [
        False,
        False,
        True,
    ]


def test_day_has_begun_everywhere_only_at_noon_in_greenwich():
    assert rules.day_everywhere(datetime(2027, 1, 11, 11, 59, tzinfo=UTC)) == date(2027, 1, 10)
    assert rules.day_everywhere(datetime(2027, 1, 11, 12, 0, tzinfo=UTC)) == date(2027, 1, 11)


def test_repeat_is_due_from_its_day_on():
    due = [rules.is_time_to_repeat(date(2027, 1, 11), 6, date(2027, 7, day)) for day in (10, 11, 12)]
    assert due == [False, True, True]


def test_cycle_asked_once_is_never_due_again():
    assert rules.is_time_to_repeat(date(2027, 1, 11), None, date(2099, 1, 1)) is False


def test_dates_of_a_repeat_are_as_far_apart_as_before():
    again = rules.dates_again(
        date(2027, 1, 1), date(2027, 1, 21), date(2027, 2, 10), new_opening=date(2027, 7, 1)
    )
    assert again == (date(2027, 7, 1), date(2027, 7, 21), date(2027, 8, 10))


def test_languages_stand_in_the_order_of_the_organization():
    assert rules.common_languages(["es", "fr", "en"], ("en", "es")) == ["es", "en"]


@pytest.mark.parametrize(("states", "marks", "state"), [
    ([], {}, "planned"),
    (["planned"], {"proposed": True}, "proposed"),
    (["planned", "open"], {"proposed": True}, "asking"),
    (["closed", "planned"], {}, "between"),
    (["closed", "closed"], {}, "closed"),
    (["closed"], {"released": True}, "released"),
    (["closed"], {"released": True, "finished": True}, "finished"),
])
def test_state_of_a_cycle_follows_its_rounds(states, marks, state):
    assert (
        rules.cycle_state(states, **{"proposed": False, "released": False, "finished": False} | marks)
        == state
    )
