"""What an upgrade does to what older versions kept."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from alongside.listening.tests.factories import make_cycle

pytestmark = [pytest.mark.django_db, pytest.mark.store]
RELEASED = date(2027, 3, 1)


@pytest.mark.parametrize(("facts", "until"), [
    ({"released_on": RELEASED}, RELEASED),
    ({"released_on": RELEASED, "other_people": True}, date(2028, 3, 1)),
    ({}, None),
])
def test_answers_of_older_releases_end_unless_they_may_wait(house, facts, until):
    cycle = make_cycle(house, **facts)
    import_module("alongside.listening.migrations.0002_answers_go_when_told").end_what_older_releases_kept(apps, None)
    cycle.refresh_from_db()
    assert cycle.answers_until == until
