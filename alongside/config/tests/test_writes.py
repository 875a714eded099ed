from datetime import date, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from alongside.access.api import Role
from alongside.audit.api import entries_of, record
from alongside.config import writes
from alongside.listening.models import AnswerStore, Comment, Cycle, Round
from alongside.organizations.api import lift_hold, put_hold
from alongside.people.models import Invitation

pytestmark = [pytest.mark.store, pytest.mark.django_db]
TODAY = date(2027, 6, 1)


def release(house, days_ago: int) -> Round:
    """A round with one block of answers and one comment, whose cycle was released so many days ago."""
    day = TODAY - timedelta(days=days_ago)
    cycle = Cycle.objects.create(
        organization=house, name="Earlier", framework_key="alongside-practices/1", opens_on=day,
        closes_on=day, reply_due=day, released_on=day, answers_until=day + timedelta(days=366))
    round_ = Round.objects.create(organization=house, cycle=cycle, voice="staff")
    AnswerStore.objects.create(round=round_, people=1, width=1, answers=b"\1")
    Comment.objects.create(round=round_, domain="M", sealed=b"sealed")
    return round_


@pytest.mark.parametrize(("days_ago", "left"), [(180, (1, 1)), (181, (1, 0)), (366, (1, 0)), (367, (0, 0))])
def test_purge_deletes_on_the_day_after_the_last(house, days_ago, left):
    release(house, days_ago)
    writes.purge_expired(TODAY)
    assert (AnswerStore.objects.count(), Comment.objects.count()) == left


def test_purge_leaves_what_was_never_released(house):
    round_ = release(house, 5000)
    Cycle.objects.filter(pk=round_.cycle_id).update(released_on=None, answers_until=None)
    assert writes.purge_expired(TODAY) == 0


@pytest.mark.parametrize(("expires_in", "left"), [(0, 1), (-1, 0)])
def test_purge_deletes_invitations_after_their_last_day(house, expires_in, left):
    Invitation.objects.create(
        organization=house, token_hash="0f", label="a colleague",
        expires_on=TODAY + timedelta(days=expires_in))
    writes.purge_expired(TODAY)
    assert Invitation.objects.count() == left


def test_every_table_whose_days_are_counted_can_be_purged():
    paths = {model: model.held.counted_from for model in writes.purgeable()}
    found = [model._default_manager.filter(**{f"{path}__lt": TODAY}).count() for model, path in paths.items()]
    assert found == [0] * len(paths)


def left(round_: Round) -> tuple[int, int]:
    mine = {"round": round_}
    return AnswerStore.objects.filter(**mine).count(), Comment.objects.filter(**mine).count()


def test_hold_on_everything_stops_the_purge_of_that_organization_alone(dee, house, other_house):
    held, others = release(house, 5000), release(other_house, 5000)
    put(dee)
    writes.purge_expired(TODAY)
    assert (left(held), left(others)) == ((1, 1), (0, 0))


def test_hold_on_a_cycle_stops_the_purge_of_that_cycle_alone(dee, house):
    held, free = release(house, 5000), release(house, 5000)
    put(dee, held.cycle_id)
    writes.purge_expired(TODAY)
    assert (left(held), left(free)) == ((1, 1), (0, 0))


def test_purge_goes_on_when_the_hold_is_lifted(dee, house):
    held = release(house, 5000)
    lift_hold(dee, put(dee), today=TODAY)
    writes.purge_expired(TODAY)
    assert left(held) == (0, 0)


@pytest.mark.parametrize(("everything", "left"), [(True, 2), (False, 0)])
def test_hold_on_everything_keeps_the_log(dee, house, everything, left):
    """The log then holds that the hold was put, and one act before it."""
    record(dee, "unit.added")
    put(dee, None if everything else release(house, 1).cycle_id)
    writes.purge_expired(timezone.localdate() + timedelta(days=3000))
    assert entries_of(dee).count() == left


def test_hold_keeps_nobodys_way_in(dee, house):
    """Links to sign in go on ending: a hold covers what was said and found, and the log."""
    put(dee)
    Invitation.objects.create(organization=house, token_hash="0f", label="a colleague", expires_on=date(2027, 1, 1))
    writes.purge_expired(TODAY)
    assert Invitation.objects.count() == 0


def put(dee, cycle_id=None):
    return put_hold(dee, kind="court", ordered_by="the county court", about="", cycle_id=cycle_id, today=TODAY)


def test_cache_holds_nothing_past_its_time():
    cache.set("ended", 1, timeout=-10)
    cache.set("lasting", 1, timeout=1000)
    writes.forget_ended_sessions()
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        assert [row[0] for row in cursor.fetchall()] == [":1:lasting"]


def test_ending_every_session_signs_everybody_out():
    SessionStore().create()
    writes.end_every_session()
    assert Session.objects.count() == 0


def test_further_organization_gets_a_link_for_its_first_coordinator(house):
    link = writes.add_organization("Juniper Center (invented)")
    invitation = Invitation.objects.get()
    assert (invitation.organization.name, invitation.roles, link.startswith("/people/join/")) == (
        "Juniper Center (invented)", [str(Role.COORDINATOR)], True)


def test_further_organization_sees_nothing_of_the_first(house):
    writes.add_organization("Juniper Center (invented)")
    assert Invitation.objects.exclude(organization=house).count() == 1
