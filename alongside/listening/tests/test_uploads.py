"""Files between the dry run and the import."""

import os
import time

import pytest

from alongside.listening import uploads
from alongside.listening.refusals import ImportRefused

from .factories import make_cycle, make_open_round

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def opened(house, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return make_open_round(make_cycle(house))


def kept_file(settings):
    (path,) = (settings.DATA_DIR / "imports").iterdir()
    return path


def test_upload_is_sealed_and_private(opened, settings):
    uploads.keep_upload(opened, b"M1\nthe blue door\n")
    path = kept_file(settings)
    assert b"blue" not in path.read_bytes()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_upload_comes_back_as_it_was(opened):
    assert uploads.open_upload(opened, uploads.keep_upload(opened, b"M1\n1\n")) == b"M1\n1\n"


def test_upload_of_another_round_does_not_open(opened, other_house):
    token = uploads.keep_upload(opened, b"M1\n")
    with pytest.raises(ImportRefused):
        uploads.open_upload(make_open_round(make_cycle(other_house)), token)


@pytest.mark.parametrize("token", ["", "../secrets/master.key", "0" * 31, "0" * 32, "/etc/passwd", "x" * 32])
def test_token_that_is_none_of_ours_finds_nothing(opened, token):
    with pytest.raises(ImportRefused):
        uploads.open_upload(opened, token)


def test_no_file_of_another_folder_is_deleted(opened, tmp_path):
    other = tmp_path / "master.key"
    other.write_text("secret")
    with pytest.raises(ImportRefused):
        uploads.drop_upload("../master.key")
    assert other.read_text() == "secret"


def test_upload_is_forgotten_after_a_day(opened, settings):
    uploads.keep_upload(opened, b"M1\n")
    os.utime(kept_file(settings), (time.time() - 90_000,) * 2)
    uploads.keep_upload(opened, b"M2\n")
    assert uploads.forget_old_uploads() == 1
    assert len(list((settings.DATA_DIR / "imports").iterdir())) == 1
