"""A session says nothing to whoever has the database alone, and nothing in another session's place."""

import base64

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session

from alongside.people.sealed_sessions import PLACE, opened
from alongside.privacy.api import INSTALLATION, unseal

pytestmark = [pytest.mark.django_db, pytest.mark.store]


def test_session_in_the_database_is_sealed(as_, ana):
    as_(ana)
    row = Session.objects.get()
    plain = unseal(INSTALLATION, PLACE, row.session_key, base64.b64decode(row.session_data))
    assert str(ana.account_id).encode() in plain


def test_session_opens_with_its_key(as_, ana):
    as_(ana)
    assert opened(Session.objects.get())[SESSION_KEY] == str(ana.account_id)


def test_session_of_somebody_else_opens_in_no_other_place(as_, ana, dee):
    as_(ana)
    hers = Session.objects.get()
    mine = as_(dee)
    Session.objects.exclude(pk=hers.pk).update(session_data=hers.session_data)
    assert mine.get("/account/").status_code == 302


@pytest.mark.parametrize("data", ["", "AQAB", "not base64!", base64.b64encode(bytes(60)).decode()])
def test_session_that_does_not_open_is_signed_out(as_, ana, data):
    browser = as_(ana)
    Session.objects.update(session_data=data)
    assert browser.get("/account/").status_code == 302
