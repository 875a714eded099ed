from datetime import date, timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from alongside.access.api import Role
from alongside.config import writes
from alongside.listening.models import AnswerStore, Comment, Cycle, Round
from alongside.people.models import Invitation

pytestmark = [pytest.mark.store, pytest.mark.django_db]
TODAY = date(2027, 6, 1)


def release(house, days_ago: int) -> Round:
    """A round with one block of answers and one comment, whose cycle was released so many days ago."""
    day = TODAY - timedelta(days=days_ago)
    cycle = Cycle.objects.create(
        organization=house, name="Earlier", framework_key="alongside-practices/1", opens_on=day,
        closes_on=day, reply_due=day, released_on=day)
    round_ = Round.objects.create(organization=house, cycle=cycle, voice="staff")
    AnswerStore.objects.create(round=round_, people=1, width=1, answers=b"\1")
    Comment.objects.create(round=round_, domain="M", sealed=b"sealed")
    return round_


@pytest.mark.parametrize(("days_ago", "left"), [(180, (1, 1)), (181, (1, 0)), (1096, (1, 0)), (1097, (0, 0))])
def test_purge_deletes_on_the_day_after_the_last(house, days_ago, left):
    release(house, days_ago)
    writes.purge_expired(TODAY)
    assert (AnswerStore.objects.count(), Comment.objects.count()) == left


def test_purge_leaves_what_was_never_released(house):
    round_ = release(house, 5000)
    Cycle.objects.filter(pk=round_.cycle_id).update(released_on=None)
    assert writes.purge_expired(TODAY) == 0


@pytest.mark.parametrize(("expires_in", "left"), [(0, 1), (-1, 0)])
def test_purge_deletes_invitations_after_their_last_day(house, expires_in, left):
    Invitation.objects.create(
        organization=house, token_hash="0f", label="a colleague",
        expires_on=TODAY + timedelta(days=expires_in))
    writes.purge_expired(TODAY)
    assert Invitation.objects.count() == left


def test_every_table_that_is_kept_for_days_says_from_when():
    assert {model._meta.label_lower for model in writes.purgeable()} == set(writes.COUNTED_FROM)


def test_every_table_whose_days_are_counted_can_be_purged():
    paths = {model: writes.COUNTED_FROM[model._meta.label_lower] for model in writes.purgeable()}
    found = [model._default_manager.filter(**{f"{path}__lt": TODAY}).count() for model, path in paths.items()]
    assert found == [0] * len(paths)


def test_ending_every_session_signs_everybody_out():
    SessionStore().create()
    writes.end_every_session()
    assert Session.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_overwriting_leaves_what_was_not_deleted(house):
    release(house, 1)
    writes.overwrite_deleted()
    assert (AnswerStore.objects.count(), Comment.objects.count()) == (1, 1)


def test_further_organization_gets_a_link_for_its_first_coordinator(house):
    link = writes.add_organization("Juniper Center (invented)")
    invitation = Invitation.objects.get()
    assert (invitation.organization.name, invitation.roles, link.startswith("/people/join/")) == (
        "Juniper Center (invented)", [str(Role.COORDINATOR)], True)


def test_further_organization_sees_nothing_of_the_first(house):
    writes.add_organization("Juniper Center (invented)")
    assert Invitation.objects.exclude(organization=house).count() == 1
