"""Keys that are made to be destroyed."""

import os
from pathlib import Path
from uuid import uuid4

import pytest

from alongside.config.running import no_key_destroyed
from alongside.privacy import holding
from alongside.privacy.api import CannotOpen, HoldingKeys, destroy_holding_keys, holding_keys

pytestmark = pytest.mark.django_db
PLACE = "some_table.sealed"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path / "secrets" / "holding"


@pytest.fixture
def round_id():
    return uuid4()


@pytest.fixture
def keys(round_id) -> HoldingKeys:
    return HoldingKeys(uuid4(), round_id)


def test_what_was_sealed_opens_at_its_place(keys):
    sealed = keys.seal(keys.for_arrivals(), PLACE, 7, b"words")
    assert keys.unseal(PLACE, 7, sealed) == b"words"


@pytest.mark.parametrize(("place", "row"), [(PLACE, 8), ("other_table.sealed", 7)])
def test_what_was_moved_does_not_open(keys, place, row):
    sealed = keys.seal(keys.for_arrivals(), PLACE, 7, b"words")
    with pytest.raises(CannotOpen):
        keys.unseal(place, row, sealed)


def test_what_was_sealed_for_one_organization_does_not_open_for_another(keys, round_id):
    sealed = keys.seal(keys.for_arrivals(), PLACE, 7, b"words")
    with pytest.raises(CannotOpen):
        HoldingKeys(uuid4(), round_id).unseal(PLACE, 7, sealed)


def test_what_comes_in_has_one_key_until_it_is_stirred(keys):
    assert (keys.for_arrivals(), keys.for_arrivals(), keys.for_stirring(), keys.for_arrivals()) == (1, 1, 2, 3)


def test_stirring_always_takes_a_new_key(keys):
    assert (keys.for_stirring(), keys.for_stirring(), keys.for_arrivals()) == (2, 4, 5)


def test_destroyed_key_opens_nothing(keys, round_id):
    sealed = keys.seal(keys.for_arrivals(), PLACE, 7, b"words")
    destroy_holding_keys(round_id)
    with pytest.raises(CannotOpen):
        HoldingKeys(keys._organization_id, round_id).unseal(PLACE, 7, sealed)


def test_older_keys_are_destroyed_and_the_newest_stays(keys, round_id):
    keys.for_arrivals()
    newest = keys.for_stirring()
    destroy_holding_keys(round_id, below=newest)
    assert holding_keys() == {round_id: [newest]}


def test_keys_of_other_rounds_stay(keys, round_id):
    other = uuid4()
    HoldingKeys(uuid4(), other).for_arrivals()
    keys.for_arrivals()
    destroy_holding_keys(round_id)
    assert holding_keys() == {other: [1]}


def test_bytes_of_a_destroyed_key_are_overwritten(keys, round_id, folder):
    keys.for_arrivals()
    (file,) = folder.iterdir()
    before = file.read_bytes()
    with file.open("rb") as still_open:  # the bytes that the file had on the disk
        destroy_holding_keys(round_id)
        after = still_open.read()
    assert (len(after) == len(before), after == before, file.exists()) == (True, False, False)


def test_key_lies_wrapped_in_a_file_for_its_owner_alone(keys, folder):
    number = keys.for_arrivals()
    (file,) = folder.iterdir()
    plain = holding._unwrapped(keys._round_id, number)
    assert (file.stat().st_mode & 0o777, plain.hex() in file.read_text()) == (0o600, False)


def test_no_key_is_destroyed_while_a_backup_is_made(keys, round_id, tmp_path):
    keys.for_arrivals()
    with no_key_destroyed(tmp_path):
        assert destroy_holding_keys(round_id) is False
    assert holding_keys() == {round_id: [1]}


def test_two_backups_at_once_do_not_wait_for_each_other(tmp_path):
    with no_key_destroyed(tmp_path), no_key_destroyed(tmp_path):
        assert holding_keys() == {}


def test_key_wrapped_anew_opens_what_it_sealed(keys, round_id, folder):
    sealed = keys.seal(keys.for_arrivals(), PLACE, 7, b"words")
    (file,) = folder.iterdir()
    before = file.read_bytes()
    holding.rewrap_holding_keys()
    assert (file.read_bytes() == before, os.listdir(folder)) == (False, [file.name])
    assert HoldingKeys(keys._organization_id, round_id).unseal(PLACE, 7, sealed) == b"words"


def test_prepared_key_is_wrapped_anew_as_well(keys, folder):
    keys.for_stirring()
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    holding.rewrap_holding_keys()
    after = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert ([name for name in before if before[name] == after[name]], len(before)) == ([], 2)


@pytest.mark.parametrize("at", ["fsync", "replace", "wipe"])
def test_plug_that_is_pulled_while_a_key_is_wrapped_anew_leaves_no_copy_of_it(keys, round_id, folder, monkeypatch, at):
    def pull(*facts):
        raise KeyboardInterrupt

    sealed = keys.seal(keys.for_arrivals(), PLACE, 7, b"words")
    where = {"fsync": (holding.os, "fsync"), "replace": (Path, "replace"), "wipe": (holding, "wipe")}[at]
    monkeypatch.setattr(*where, pull)
    with pytest.raises(KeyboardInterrupt):
        holding.rewrap_holding_keys()
    monkeypatch.undo()
    assert HoldingKeys(keys._organization_id, round_id).unseal(PLACE, 7, sealed) == b"words"
    destroy_holding_keys(uuid4())  # of any round
    assert (HoldingKeys(keys._organization_id, round_id).unseal(PLACE, 7, sealed), os.listdir(folder)) == (
        b"words", [f"{round_id.hex}.1"])
