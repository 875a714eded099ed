from datetime import date

import pytest
from django.apps import apps
from django.utils.translation import override

from alongside.keeping import reads
from alongside.listening.models import AnswerStore, Comment
from alongside.listening.rules import ANSWERS_WAIT_DAYS, COMMENTS_KEPT_DAYS, WAVES_MONTHS
from alongside.listening.tests.factories import make_cycle, make_open_round
from alongside.organizations.api import lift_hold, mark_told, put_hold
from alongside.outside.mail.models import AddressList

pytestmark = pytest.mark.django_db
RELEASED, TODAY = date(2027, 3, 1), date(2027, 6, 1)


@pytest.fixture
def cycle(house):
    return make_cycle(house, released_on=RELEASED, answers_until=date(2028, 3, 1), finished_on=date(2027, 5, 20))


def put(dee, cycle=None, **facts):
    return put_hold(dee, **{"kind": "court", "ordered_by": "the county court", "about": "file 7", "today": TODAY,
                            "cycle_id": cycle.pk if cycle else None} | facts)


def test_days_of_the_promise_are_those_of_the_tables():
    assert Comment.held.days == COMMENTS_KEPT_DAYS
    assert (AnswerStore.held.counted_from, AnswerStore.held.days) == ("round__cycle__answers_until", 0)


def test_words_of_the_promise_are_those_of_the_tables():
    """The page of people who answer says "until the totals are made", "a year", "about six months"; so do these."""
    assert AnswerStore.held.at_most == (
        "until figures are made of them; where they wait for those of others, a year after that at most")
    assert (ANSWERS_WAIT_DAYS, WAVES_MONTHS) == (366, 12)
    assert (Comment.held.at_most, round(Comment.held.days / 30.4)) == (
        "until all were read and put in other words, or 180 days after the release", 6)


def test_every_table_of_ours_has_a_title_for_people():
    missing = [model.__name__ for model in apps.get_models()
               if getattr(model, "held", None) is not None and not model.held.title]
    assert missing == []


def test_every_table_that_holds_something_is_on_the_page():
    shown = {table.label for group in reads.held_groups() for table in group.tables}
    assert {one.label for one in reads.tables()} - shown == {
        "account.emailconfirmation", "auth.group", "auth.permission", "cache", "contenttypes.contenttype"}


def test_no_table_falls_between_the_groups():
    with override("en"):
        assert reads.ELSE not in [group.title for group in reads.held_groups()]


def test_next_purges_come_from_the_days_of_the_cycle(dee, cycle):
    assert [(one.day, one.title, one.cycle) for one in reads.next_purges(dee, TODAY)] == [
        (date(2027, 6, 20), AddressList.held.title, cycle.name),
        (date(2027, 8, 29), Comment.held.title, cycle.name),
        (date(2028, 3, 2), AnswerStore.held.title, cycle.name)]


def test_next_purges_do_not_tell_whether_anybody_wrote(dee, cycle):
    before = reads.next_purges(dee, TODAY)
    Comment.objects.create(round=make_open_round(cycle), domain="M", sealed=b"x")
    assert reads.next_purges(dee, TODAY) == before


def test_what_was_purged_is_not_said_to_come(dee, cycle):
    assert [one.title for one in reads.next_purges(dee, date(2028, 1, 1))] == [AnswerStore.held.title]


def test_names_of_cycles_are_for_those_who_see_cycles(fin, cycle):
    assert {one.cycle for one in reads.next_purges(fin, TODAY)} == {""}


def test_hold_is_told_beside_what_it_stops(dee, cycle, house):
    free = make_cycle(house, name="Free", released_on=RELEASED)
    put(dee, cycle)
    assert {(one.cycle, one.stopped) for one in reads.next_purges(dee, TODAY)} == {
        (cycle.name, True), (free.name, False)}


def test_hold_of_another_organization_is_not_shown(dee, cleo):
    put(cleo)
    assert reads.hold_cards(dee, TODAY) == []


def test_who_ordered_a_hold_is_for_those_who_may_set_one(dee, fay):
    put(dee)
    said = [(card.ordered_by, card.about) for actor in (dee, fay) for card in reads.hold_cards(actor, TODAY)]
    assert said == [("the county court", "file 7"), ("", "")]


@pytest.mark.parametrize(("day", "late"), [(date(2027, 6, 15), False), (date(2027, 6, 16), True)])
def test_telling_is_late_on_the_day_after_the_last(dee, day, late):
    put(dee)
    assert [card.late for card in reads.hold_cards(dee, day)] == [late]


def test_telling_that_was_noted_is_never_late(dee):
    mark_told(dee, put(dee), today=TODAY)
    assert [card.late for card in reads.hold_cards(dee, date(2030, 1, 1))] == [False]


def test_lifted_hold_comes_after_those_that_stand(dee):
    old = put(dee)
    lift_hold(dee, old, today=TODAY)
    put(dee, today=date(2027, 1, 1))
    assert [card.lifted_on for card in reads.hold_cards(dee, TODAY)] == [None, TODAY]
