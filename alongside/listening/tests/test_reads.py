"""Looking at cycles and rounds."""

from datetime import date, timedelta

import pytest

from alongside.listening import cards, reads, writes
from alongside.listening.models import Cycle

from .factories import OPENED, make_cycle, make_open_round, make_plan, opened_rounds, plan_with_contact

pytestmark = [pytest.mark.django_db, pytest.mark.store]
LATER = OPENED + timedelta(days=40)


def test_another_organizations_cycles_are_not_there(ana, cleo, house):
    make_open_round(make_cycle(house))
    assert (reads.cycles_of(cleo).count(), reads.rounds_of(cleo).count()) == (0, 0)


def test_rounds_stand_by_unit_and_then_in_the_order_of_voices(ana):
    cycle = writes.plan_cycle(ana, make_plan())
    assert [one.voice for one in reads.rounds_in(ana, cycle)] == ["staff", "consultants", "clients"]


def test_days_are_counted_from_the_first_opening(house):
    cycle = make_cycle(house)
    make_open_round(cycle, "staff", opened_on=OPENED + timedelta(days=5))
    make_open_round(cycle, "clients")
    assert reads.days_since_asked(cycle, LATER) == 40


def test_nobody_waits_for_a_cycle_that_asked_nobody(ana):
    assert reads.days_since_asked(writes.plan_cycle(ana, make_plan()), LATER) is None


def test_nobody_waits_once_the_reply_is_out(house):
    cycle = make_cycle(house, finished_on=LATER)
    make_open_round(cycle)
    assert reads.days_since_asked(cycle, LATER) is None


def asked_on_days(house, *told):
    """Cycles that asked people so many days before LATER: name, days, and when it was finished."""
    found = []
    for name, days, finished in told:
        found.append(make_cycle(house, name=name, finished_on=finished))
        make_open_round(found[-1], opened_on=LATER - timedelta(days=days))
    return found


def test_earlier_cycles_without_a_reply_are_found_the_longest_wait_first(ana, house):
    new, *_others = asked_on_days(house, ("new", 10, None), ("old", 90, None), ("answered", 200, LATER))
    make_cycle(house, name="planned")
    assert [one.name for one in reads.earlier_without_reply(ana)] == ["old", "new"]
    assert [(one.name, one.days) for one in cards.waiting_cards(ana, LATER, than=new)] == [
        ("old", 90)
    ]


def test_cycle_that_asked_first_is_not_told_of_those_after_it(ana, house):
    first, _later = asked_on_days(house, ("first", 90, None), ("later", 10, None))
    assert cards.waiting_cards(ana, LATER, than=first) == []


def test_finished_cycle_is_not_told_of_any_that_wait(ana, house):
    _first, finished = asked_on_days(house, ("first", 90, None), ("finished", 10, LATER))
    assert cards.waiting_cards(ana, LATER, than=finished) == []


def test_cycle_that_asked_nobody_yet_is_told_of_all_that_wait(ana, house):
    asked_on_days(house, ("first", 90, None))
    planned = make_cycle(house, name="planned")
    assert [one.name for one in cards.waiting_cards(ana, LATER, than=planned)] == ["first"]


def test_cycles_are_listed_newest_first(ana, house):
    for name, opens_on in (("middle", date(2026, 5, 1)), ("old", date(2025, 5, 1)), ("new", date(2027, 5, 1))):
        closes_on = opens_on + timedelta(days=9)
        make_cycle(house, name=name, opens_on=opens_on, closes_on=closes_on, reply_due=closes_on)
    assert [one.name for one in reads.cycles_of(ana)] == ["new", "middle", "old"]


def test_voice_that_is_left_out_is_a_hole(ana):
    cycle = writes.plan_cycle(ana, make_plan(asks=make_plan().asks[:1]))
    card = cards.cycle_card(reads.cycles_of(ana).get(), OPENED)
    assert (card.id, card.holes) == (cycle.pk, ("Partners and consultants", "Clients"))


def test_burden_is_people_times_minutes_of_all_units(house):
    unit_ids = (house.pk, house.organization_id)  # two of anything
    (staff, *_) = cards.burdens(make_plan(unit_ids=unit_ids), house)
    assert (staff.people, staff.minutes, staff.all_minutes) == (40, 12, 480)


def test_next_step_follows_what_was_done(ana):
    def next_step():
        found = reads.cycles_of(ana).get()
        card = cards.cycle_card(found, OPENED)
        return next(one.text for one in cards.steps(ana, card, cards.round_cards(ana, found)) if not one.done)

    writes.plan_cycle(ana, make_plan(asks=make_plan().asks[:1]))
    assert next_step() == "Name who supports people in distress"
    Cycle.objects.all().delete()
    cycle = plan_with_contact(ana, asks=make_plan().asks[:1])
    assert next_step() == "Read the questions as each voice will see them"
    (round_,) = opened_rounds(ana, cycle)
    assert next_step() == "Print the slips and put them into a bowl"
    writes.make_codes(ana, round_, 8)
    assert next_step() == "Close each round"
    writes.close_round(ana, round_, today=OPENED)
    assert next_step() == "Release the results, once"


def test_list_of_cycles_takes_as_many_queries_for_three_as_for_one(ana, house, django_assert_num_queries):
    for many in (1, 2):
        for _ in range(many):
            cycle = make_cycle(house)
            make_open_round(cycle, "staff")
            make_open_round(cycle, "clients")
        with django_assert_num_queries(2):
            assert [cards.cycle_card(one, OPENED) for one in reads.cycles_of(ana)]


def test_rounds_of_a_cycle_take_as_many_queries_for_three_as_for_one(ana, house, django_assert_num_queries):
    cycle = make_cycle(house)
    for voices in (["staff"], ["consultants", "clients"]):
        for voice in voices:
            make_open_round(cycle, voice)
        with django_assert_num_queries(3):
            assert cards.round_cards(ana, cycle)


@pytest.mark.parametrize(("name", "pages"), [
    ("ana", ["profile", "comments/", "findings/", "reply/", "mail/"]),
    ("dee", ["profile", "comments/", "findings/", "reply/"]),
    ("fay", []),
])
def test_released_cycle_leads_on_to_what_each_role_may_see(request, house, name, pages):
    cycle = make_cycle(house, released_on=LATER)
    card = cards.cycle_card(cycle, LATER)
    found = cards.onward(request.getfixturevalue(name), card)
    assert [one.key for one in found] == [f"/cycles/{cycle.pk}/{page}" for page in pages]


def test_cycle_without_results_leads_on_to_none(ana, house):
    assert cards.onward(ana, cards.cycle_card(make_cycle(house), LATER)) == []
