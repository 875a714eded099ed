"""What is sealed opens in its own place alone."""

from uuid import uuid4

import pytest

from alongside.privacy import sealing
from alongside.privacy.api import CannotOpen, fingerprint, forget_keys, make_key, number_of, seal, unseal
from alongside.privacy.models import SealingKey
from alongside.privacy.sealing import head, seal_for_lookup, unseal_looked_up

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


@pytest.mark.parametrize("raw", [b"", b"\x01\x00\x01", b"\x02" + bytes(60)])
def test_what_is_no_sealed_value_does_not_open(house, raw):
    seal(house.pk, PLACE, ROW, PLAIN)
    with pytest.raises(CannotOpen, match="not a sealed value"):
        unseal(house.pk, PLACE, ROW, raw)


def test_sealed_value_is_laid_out_as_values_that_lie_in_databases(house):
    sealed = seal(house.pk, PLACE, ROW, PLAIN)
    assert sealed[:3] == b"\x01\x00\x01"  # format, number of the key
    assert len(sealed) == 3 + 12 + len(PLAIN) + 16  # nonce, text, tag


@pytest.mark.parametrize("number", [1, 255, 256, 65_535])
def test_number_of_the_key_is_read_back(number):
    assert number_of(head(number)) == number


def test_newest_key_seals_and_needs_no_older_one(house):
    seal(house.pk, PLACE, ROW, PLAIN)
    make_key(house.pk, 2)
    forget_keys()
    sealed = seal(house.pk, PLACE, ROW, PLAIN)
    SealingKey.objects.filter(organization_id=house.pk, number=1).delete()
    forget_keys()
    assert (number_of(sealed), unseal(house.pk, PLACE, ROW, sealed)) == (2, PLAIN)


def test_value_whose_key_is_gone_does_not_open(house):
    sealed = seal(house.pk, PLACE, ROW, PLAIN)
    SealingKey.objects.filter(organization_id=house.pk).delete()
    forget_keys()
    with pytest.raises(CannotOpen, match="its key is gone"):
        unseal(house.pk, PLACE, ROW, sealed)


def test_key_is_asked_for_once(house, django_assert_num_queries):
    sealed = seal(house.pk, PLACE, ROW, PLAIN)
    with django_assert_num_queries(0):
        unseal(house.pk, PLACE, ROW, sealed)
        seal(house.pk, PLACE, ROW, PLAIN)


def test_what_is_looked_up_opens_in_its_column_alone():
    sealed = seal_for_lookup(PLACE, "the blue door")
    assert unseal_looked_up(PLACE, sealed) == "the blue door"
    with pytest.raises(CannotOpen, match="changed, moved"):
        unseal_looked_up("table.other", sealed)


def test_what_is_looked_up_is_sealed_the_same_way_in_its_column_alone():
    sealed = seal_for_lookup(PLACE, "the blue door")
    assert sealed == seal_for_lookup(PLACE, "the blue door") != seal_for_lookup("table.other", "the blue door")


def test_changed_value_is_not_looked_up():
    sealed = bytearray(seal_for_lookup(PLACE, "the blue door"))
    sealed[-1] ^= 1
    with pytest.raises(CannotOpen, match="changed, moved"):
        unseal_looked_up(PLACE, bytes(sealed))


def test_value_of_a_row_is_not_looked_up(house):
    with pytest.raises(CannotOpen, match="not a value sealed for look-up"):
        unseal_looked_up(PLACE, seal(house.pk, PLACE, ROW, PLAIN))


def test_what_is_found_by_what_it_says_is_found_after_an_update(monkeypatch):
    """Under the same lasting key always the same bytes: else nobody could sign in and no code would be known."""
    monkeypatch.setattr(sealing, "_key", lambda organization_id, number: bytes(32))
    looked_up = "030e130bfdc658c0869e7fac0779d20539f221b01a07ea2baf837b1720c0"
    assert seal_for_lookup(PLACE, "the blue door").hex() == looked_up
    assert fingerprint("code", "the blue door") == "524a6e5c7a6302a0ae7053106346c790410e9790bee116c4828044005b82c18a"


def test_same_words_are_never_sealed_the_same_way_twice(house):
    assert seal(house.pk, PLACE, ROW, PLAIN) != seal(house.pk, PLACE, ROW, PLAIN)


def test_no_key_lies_open_in_the_database(house):
    seal(house.pk, PLACE, ROW, PLAIN)
    key = SealingKey.objects.get(organization_id=house.pk)
    assert len(bytes(key.wrapped)) == 12 + 32 + 16  # nonce, key under the master key, tag
