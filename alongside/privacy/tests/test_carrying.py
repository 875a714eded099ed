"""What a page carries, sealed."""

import base64
import time

import pytest

from alongside.privacy.api import TooLate, carried, carry

pytestmark = pytest.mark.django_db


def test_what_was_carried_comes_back(house):
    assert carried(house.pk, "act", carry(house.pk, "act", {"words": ["á"]})) == {"words": ["á"]}


def test_carried_facts_can_not_be_read_in_the_page(house):
    field = carry(house.pk, "act", {"words": "evening therapy"})
    assert b"evening" not in base64.urlsafe_b64decode(field)


def test_carried_facts_serve_one_act_of_one_organization(house, other_house):
    field = carry(house.pk, "act", {})
    for organization, purpose in ((house, "other act"), (other_house, "act")):
        with pytest.raises(TooLate):
            carried(organization.pk, purpose, field)


@pytest.mark.parametrize("field", ["", "é", "AAAA", "A" * 400, "=", "%00"])
def test_other_text_is_refused(house, field):
    with pytest.raises(TooLate):
        carried(house.pk, "act", field)


@pytest.mark.parametrize(("seconds", "fits"), [(3599, True), (3605, False), (-60, False)])
def test_carried_facts_serve_for_an_hour(house, monkeypatch, seconds, fits):
    field, now = carry(house.pk, "act", {}), time.time()
    monkeypatch.setattr("time.time", lambda: now + seconds)
    if fits:
        assert carried(house.pk, "act", field) == {}
    else:
        with pytest.raises(TooLate):
            carried(house.pk, "act", field)
