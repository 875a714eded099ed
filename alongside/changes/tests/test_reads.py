"""Who may know of which action, in which order; where the loop stands."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from alongside.changes.api import add_action, decide, end_action, finish, publish_reply, write_reply
from alongside.changes.reads.deciding import action_card, actions_listed, actions_of, findings_of
from alongside.changes.reads.loop import loop_of
from alongside.listening.tests.factories import OPENED, make_cycle, make_open_round
from alongside.organizations.api import add_contact

from .factories import (
    PROMISE,
    TODAY,
    make_action,
    make_decided,
    make_finding,
    make_published,
    make_released,
    texts,
)


def test_findings_of_another_organization_are_unknown(ana, cleo, house):
    cycle = make_released(house)
    make_finding(ana, cycle)
    assert findings_of(cleo, cycle).count() == 0


def test_actions_of_another_organization_are_unknown(ana, cleo, house):
    make_action(ana, make_released(house))
    assert actions_of(cleo).count() == 0


def test_actions_are_unknown_to_readers_before_people_heard_of_them(ana, ben, house):
    make_action(ana, make_released(house))
    assert actions_of(ben).count() == 0


def test_actions_are_known_to_readers_after_the_reply(ana, ben, house):
    cycle = make_released(house)
    action = make_action(ana, cycle)
    write_reply(ana, cycle, texts(action.decision.finding))
    publish_reply(ana, cycle, today=TODAY)
    assert list(actions_of(ben)) == [action]


def test_action_card_names_nobody_to_readers(ana, ben, house):
    action = make_action(ana, make_released(house))
    named = [action_card(actor, action, TODAY).owner for actor in (ana, ben)]
    assert named == ["Rosa Lindqvist", ""]


def _five_actions(actor, house):
    decision = make_decided(actor, make_released(house)).decision
    for what, due in [("soon", 20), ("open", None), ("late", 2), ("done", 1), ("dropped", 5)]:
        day = date(2027, 2, due) if due else None
        action = add_action(actor, decision, replace(PROMISE, what=what, due=day))
        if what in ("done", "dropped"):
            ended = TODAY - timedelta(what == "done")
            end_action(actor, action, done=what == "done", result="x", today=ended)


def test_actions_listed_overdue_first_then_by_date_then_ended(ana, house):
    _five_actions(ana, house)
    listed = [action.what for action in actions_listed(ana, TODAY)]
    assert listed == ["late", "soon", "open", "dropped", "done"]


@pytest.mark.parametrize(("state", "whats"), [
    ("overdue", ["late"]), ("promised", ["late", "soon", "open"]), ("done", ["done"]),
    ("dropped", ["dropped"]),
])
def test_actions_listed_by_state(ana, house, state, whats):
    _five_actions(ana, house)
    assert [action.what for action in actions_listed(ana, TODAY, state)] == whats


def test_loop_of_a_fresh_organization_plans(ana):
    assert loop_of(ana, TODAY).step == "plan"


def test_loop_waits_while_people_answer(ana, house):
    cycle = make_cycle(house)
    make_open_round(cycle)
    loop = loop_of(ana, OPENED + timedelta(5))
    assert (loop.step, loop.tiles.waiting_days) == ("listen", 5)


def test_loop_closes_after_the_last_day(ana, house):
    cycle = make_cycle(house)
    make_open_round(cycle)
    assert loop_of(ana, cycle.closes_on + timedelta(1)).step == "close"


def test_loop_counts_findings_not_answers(ana, house):
    cycle = make_released(house)
    make_decided(ana, cycle)
    make_finding(ana, cycle, "Nobody knows")
    loop = loop_of(ana, TODAY)
    facts = loop.facts
    assert (loop.step, facts.decided, facts.findings, loop.waiting) == ("decide", 1, 2, ("Nobody knows",))


def test_loop_names_the_languages_that_lack_the_reply(ana, house):
    cycle = make_released(house)
    write_reply(ana, cycle, texts(make_decided(ana, cycle), languages=["en"]))
    loop = loop_of(ana, TODAY)
    assert (loop.step, loop.missing_languages) == ("write", ("es",))


def test_loop_publishes_what_is_complete(ana, house):
    cycle = make_released(house)
    write_reply(ana, cycle, texts(make_decided(ana, cycle)))
    assert loop_of(ana, TODAY).step == "publish"


def test_loop_stops_counting_days_when_the_reply_is_out(ana, house):
    make_published(ana, make_released(house))
    loop = loop_of(ana, TODAY)
    assert (loop.step, loop.tiles.waiting_days) == ("finish", None)


def test_loop_asks_again_after_the_finish(ana, house):
    cycle = make_released(house)
    make_published(ana, cycle)
    finish(ana, cycle, today=TODAY)
    loop = loop_of(ana, TODAY)
    assert (loop.step, all(place.done for place in loop.places)) == ("again", True)


def test_loop_shows_the_cycle_that_waits_longest(ana, house):
    make_cycle(house, name="Newer", opens_on=OPENED + timedelta(10))
    make_released(house, name="Older")
    assert loop_of(ana, TODAY).cycle_name == "Older"


def test_loop_marks_a_reply_that_is_late(ana, house):
    cycle = make_released(house)
    assert loop_of(ana, cycle.reply_due + timedelta(1)).tiles.waiting_too_long is True


def test_loop_tiles_count_promises_and_contacts(ana, house):
    decision = make_decided(ana, make_released(house)).decision
    for day in (2, 12, 28):
        add_action(ana, decision, replace(PROMISE, due=date(2027, 2, day)))
    add_contact(ana, name="Marisol", reach="555-0100", last_checked=TODAY)
    add_contact(ana, name="Quiet line", reach="555-0101")
    tiles = loop_of(ana, TODAY).tiles
    assert (tiles.actions_due, tiles.actions_overdue, tiles.contacts, tiles.contacts_to_check) == (1, 1, 2, 1)


def test_loop_tells_a_facilitator_no_figure_of_changes_or_contacts(ana, fay, house):
    decide(ana, make_finding(ana, make_released(house)), choice="later", reason="x", today=TODAY)
    tiles = loop_of(fay, TODAY).tiles
    assert (tiles.actions_due, tiles.contacts) == (None, None)
