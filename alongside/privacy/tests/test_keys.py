"""The master key: what it wrapped opens for its purpose alone, and it can be changed while everybody goes on."""

from dataclasses import dataclass
from uuid import uuid4

import pytest

from alongside.privacy import keys, master
from alongside.privacy.api import (
    INSTALLATION,
    LASTING,
    CannotOpen,
    HoldingKeys,
    MasterKeyUnknown,
    destroy_keys,
    fingerprint,
    forget_keys,
    make_installation_keys,
    make_key,
    seal,
    unseal,
)
from alongside.privacy.models import SealingKey

pytestmark = [pytest.mark.django_db, pytest.mark.store]
OLD, NEW, OTHER = bytes(32), b"n" * 32, b"o" * 32
HOUSE, PLACE, ROW, PLAIN = uuid4(), "table.column", 7, b"the blue door"


@dataclass
class Vault:
    """A source of the master key that counts how often it is asked."""

    known: tuple[bytes, ...]
    asked: int = 0

    def ask(self, *, again: bool = False) -> tuple[bytes, ...]:
        self.asked += 1
        return self.known


@pytest.fixture
def vault(settings, tmp_path) -> Vault:
    settings.DATA_DIR = tmp_path
    settings.MASTER_KEYS = Vault((OLD,))
    make_installation_keys()
    return settings.MASTER_KEYS


def test_wrapped_key_opens_for_its_purpose(vault):
    assert keys.unwrap(keys.wrap(PLAIN, "purpose"), "purpose") == PLAIN


def test_wrapped_key_opens_for_no_other_purpose(vault):
    wrapped = keys.wrap(PLAIN, "purpose")
    with pytest.raises(CannotOpen):
        keys.unwrap(wrapped, "another")


def test_master_key_is_asked_for_once(vault):
    for _ in range(3):
        keys.unwrap(keys.wrap(PLAIN, "purpose"), "purpose")
    assert vault.asked == 1


def test_key_of_an_organization_opens_under_no_other_number(vault):
    sealed = seal(HOUSE, PLACE, ROW, PLAIN)
    SealingKey.objects.filter(organization_id=HOUSE).update(number=2)
    forget_keys()
    with pytest.raises(CannotOpen):
        unseal(HOUSE, PLACE, ROW, sealed[:1] + b"\0\2" + sealed[3:])


def test_stranger_to_this_installation_wraps_nothing(vault):
    vault.known = (OTHER,)
    forget_keys()
    with pytest.raises(MasterKeyUnknown):
        make_key(HOUSE)


def test_second_master_key_is_readable_and_not_used_before_the_change(vault):
    vault.known = (NEW, OLD)
    forget_keys()
    assert keys.opens(OLD, keys.wrap(PLAIN, "purpose"), "purpose")


def test_changed_master_key_opens_what_was_sealed_before(vault):
    sealed = seal(HOUSE, PLACE, ROW, PLAIN)
    vault.known = (NEW, OLD)
    master.rewrap_all()
    vault.known = (NEW,)
    forget_keys()
    assert (unseal(HOUSE, PLACE, ROW, sealed), master.still_old(), master.cannot_open()) == (PLAIN, 0, 0)


def test_changed_master_key_opens_holding_keys(vault):
    round_id = uuid4()
    holding = HoldingKeys(HOUSE, round_id)
    sealed = holding.seal(holding.for_arrivals(), PLACE, ROW, PLAIN)
    vault.known = (NEW, OLD)
    master.rewrap_all()
    vault.known = (NEW,)
    forget_keys()
    assert HoldingKeys(HOUSE, round_id).unseal(PLACE, ROW, sealed) == PLAIN


def test_changed_master_key_leaves_fingerprints_as_they_are(vault):
    before = fingerprint("code", "KMPRTW")
    vault.known = (NEW, OLD)
    master.rewrap_all()
    vault.known = (NEW,)
    forget_keys()
    assert fingerprint("code", "KMPRTW") == before


def test_change_that_was_broken_off_goes_on(vault, monkeypatch):
    for owner in (HOUSE, uuid4(), uuid4()):
        make_key(owner)
    vault.known = (NEW, OLD)
    kept, left = keys.wrap_with, [1, 2]
    monkeypatch.setattr(keys, "wrap_with", lambda *facts: (left.pop(), kept(*facts))[1])
    with pytest.raises(IndexError):
        master.rewrap_all()
    forget_keys()
    assert (master.still_old(), master.cannot_open()) == (3, 0)
    monkeypatch.setattr(keys, "wrap_with", kept)
    master.rewrap_all()
    assert master.still_old() == 0


def test_running_process_notices_a_changed_master_key(vault):
    """It knew the old one alone. The source (a file, a vault) is asked again where a key does not open."""
    sealed = seal(HOUSE, PLACE, ROW, PLAIN)
    keys.unwrap(bytes(SealingKey.objects.get(organization_id=LASTING).wrapped), f"{LASTING}|1")
    for key in SealingKey.objects.all():
        key.wrapped = keys.wrap_with(NEW, keys.unwrap(bytes(key.wrapped), key.bound), key.bound)
        key.save()
    vault.known = (NEW, OLD)
    from alongside.privacy import sealing

    sealing._opened.clear()
    assert unseal(HOUSE, PLACE, ROW, sealed) == PLAIN
    assert keys.opens(NEW, keys.wrap(PLAIN, "purpose"), "purpose")


def test_removed_organization_opens_nothing_any_more(vault, django_capture_on_commit_callbacks):
    sealed = seal(HOUSE, PLACE, ROW, PLAIN)
    with django_capture_on_commit_callbacks(execute=True):
        destroy_keys(HOUSE)
    with pytest.raises(CannotOpen):
        unseal(HOUSE, PLACE, ROW, sealed)
    assert set(SealingKey.objects.values_list("organization_id", flat=True)) == {INSTALLATION, LASTING}


def test_no_key_lies_open_in_the_database(vault):
    seal(HOUSE, PLACE, ROW, PLAIN)
    from alongside.privacy import sealing

    kept = b"".join(bytes(key.wrapped) for key in SealingKey.objects.all())
    assert [key for key in sealing._opened.values() if key in kept] == []
