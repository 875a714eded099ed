"""Where a cycle stands on the loop."""

from dataclasses import replace
from datetime import date

import pytest

from alongside.changes.rules import loop as rules
from alongside.changes.rules.loop import PLACE_OF, LoopState, Step

TODAY = date(2027, 2, 10)
PLANNED = LoopState(has_cycle=True)
OPEN = replace(PLANNED, opened=True)
OVER = replace(OPEN, may_close=True)
RELEASED = replace(OVER, released=True)
FOUND = replace(RELEASED, findings=3, decided=1)
DECIDED = replace(FOUND, decided=3, languages_missing=1)
WRITTEN = replace(DECIDED, languages_missing=0)
PUBLISHED = replace(WRITTEN, published=True)
FINISHED = replace(PUBLISHED, finished=True)


@pytest.mark.parametrize(("state", "step"), [
    (LoopState(), Step.PLAN), (PLANNED, Step.OPEN), (OPEN, Step.LISTEN), (OVER, Step.CLOSE),
    (RELEASED, Step.FIND), (FOUND, Step.DECIDE), (DECIDED, Step.WRITE), (WRITTEN, Step.PUBLISH),
    (PUBLISHED, Step.FINISH), (FINISHED, Step.AGAIN),
])
def test_next_step_is_the_first_thing_not_done(state, step):
    assert rules.next_step(state) == step


def test_next_step_after_publishing_is_finishing_whatever_came_up_later():
    assert rules.next_step(replace(PUBLISHED, findings=4)) == Step.FINISH


def test_next_step_of_imported_results_skips_opening():
    assert rules.next_step(LoopState(has_cycle=True, released=True)) == Step.FIND


def test_every_step_has_a_place_on_the_path():
    assert set(PLACE_OF) == set(Step)


@pytest.mark.parametrize(("closes_on", "open_rounds", "closed_rounds", "over"), [
    (date(2027, 2, 9), 2, 0, True), (date(2027, 2, 10), 2, 0, False), (date(2027, 3, 1), 0, 3, True),
    (date(2027, 3, 1), 1, 2, False), (date(2027, 2, 1), 0, 0, False),
])
def test_may_close_after_the_last_day_or_the_last_round(closes_on, open_rounds, closed_rounds, over):
    assert rules.may_close(
        closes_on=closes_on, open_rounds=open_rounds, closed_rounds=closed_rounds, today=TODAY) == over


def test_days_waiting_counts_from_the_first_question():
    assert rules.days_waiting(date(2027, 1, 3), None, TODAY) == 38


@pytest.mark.parametrize(("asked", "published"), [
    (None, None), (date(2027, 1, 3), date(2027, 2, 1)), (date(2027, 3, 1), None),
])
def test_days_waiting_is_none_where_nobody_waits(asked, published):
    assert rules.days_waiting(asked, published, TODAY) is None


@pytest.mark.parametrize(("days", "due", "long"), [
    (45, TODAY, False), (46, TODAY, True), (3, date(2027, 2, 9), True), (None, date(2027, 2, 9), False),
])
def test_waits_too_long_past_the_promise_or_45_days(days, due, long):
    assert rules.waits_too_long(days, due, TODAY) == long


@pytest.mark.parametrize(("due", "overdue", "soon"), [
    (None, False, False), (date(2027, 2, 9), True, False), (TODAY, False, True),
    (date(2027, 2, 24), False, True), (date(2027, 2, 25), False, False),
])
def test_a_promise_due_today_is_still_kept(due, overdue, soon):
    assert (rules.is_overdue(due, TODAY), rules.is_due_soon(due, TODAY)) == (overdue, soon)
