"""What is sealed opens in its own place alone."""

from uuid import uuid4

import pytest

from alongside.privacy.api import CannotOpen, seal, unseal
from alongside.privacy.models import SealingKey

pytestmark = [pytest.mark.django_db, pytest.mark.store]
PLACE, ROW, PLAIN = "table.column", 7, b"the blue door"


def test_sealed_value_opens_in_its_place(house):
    assert unseal(house.pk, PLACE, ROW, seal(house.pk, PLACE, ROW, PLAIN)) == PLAIN


@pytest.mark.parametrize(("place", "row"), [("table.other", ROW), (PLACE, 8)])
def test_sealed_value_that_was_moved_does_not_open(house, place, row):
    sealed = seal(house.pk, PLACE, ROW, PLAIN)
    with pytest.raises(CannotOpen):
        unseal(house.pk, place, row, sealed)


def test_sealed_value_does_not_open_in_another_organization(house, other_house):
    sealed = seal(house.pk, PLACE, ROW, PLAIN)
    seal(other_house.pk, PLACE, ROW, PLAIN)
    with pytest.raises(CannotOpen):
        unseal(other_house.pk, PLACE, ROW, sealed)


def test_sealed_value_does_not_open_under_the_copied_key_of_another_organization(house):
    sealed = seal(house.pk, PLACE, ROW, PLAIN)
    stranger = uuid4()
    SealingKey.objects.filter(organization_id=house.pk).update(organization_id=stranger)
    with pytest.raises(CannotOpen):
        unseal(stranger, PLACE, ROW, sealed)


def test_changed_value_does_not_open(house):
    sealed = bytearray(seal(house.pk, PLACE, ROW, PLAIN))
    sealed[-1] ^= 1
    with pytest.raises(CannotOpen):
        unseal(house.pk, PLACE, ROW, bytes(sealed))


def test_same_words_are_never_sealed_the_same_way_twice(house):
    assert seal(house.pk, PLACE, ROW, PLAIN) != seal(house.pk, PLACE, ROW, PLAIN)


def test_no_key_lies_open_in_the_database(house):
    seal(house.pk, PLACE, ROW, PLAIN)
    key = SealingKey.objects.get(organization_id=house.pk)
    assert len(bytes(key.wrapped)) == 12 + 32 + 16  # nonce, key under the master key, tag
