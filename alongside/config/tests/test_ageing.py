from datetime import date, timedelta

import pytest

from alongside.config.backups import ageing
from alongside.config.backups.age_file import AGE

TODAY = date(2027, 6, 1)
DAYS = 35


@pytest.fixture
def data(tmp_path):
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def backup(data, age: int, name: str = ""):
    """A backup that was made so many days ago."""
    file = data.parent / (name or f"{age}.backup")
    file.write_bytes(AGE)
    ageing.remember(data, file, TODAY - timedelta(days=age))
    return file


def left(data) -> list[str]:
    return sorted(path.name for path in data.parent.iterdir() if path.is_file())


@pytest.mark.parametrize(("age", "kept"), [(35, ["0.backup", "35.backup"]), (36, ["0.backup"])])
def test_backup_goes_on_the_day_after_its_last(data, age, kept):
    backup(data, age)
    backup(data, 0)
    ageing.age_out(data, TODAY, DAYS)
    assert left(data) == kept


def test_newest_backup_stays_however_old_it_is(data):
    backup(data, 400)
    backup(data, 300)
    assert (ageing.age_out(data, TODAY, DAYS), left(data)) == (1, ["300.backup"])


def test_older_one_stays_where_the_newest_is_gone(data):
    backup(data, 100)
    backup(data, 1).unlink()
    assert (ageing.age_out(data, TODAY, DAYS), left(data)) == (0, ["100.backup"])


def test_other_files_of_the_folder_stay(data):
    (data.parent / "old.backup").write_bytes(AGE)
    backup(data, 0)
    ageing.age_out(data, TODAY, DAYS)
    assert left(data) == ["0.backup", "old.backup"]


def test_file_that_took_the_name_of_a_backup_stays(data):
    backup(data, 50).write_text("a letter")
    backup(data, 0)
    ageing.age_out(data, TODAY, DAYS)
    assert left(data) == ["0.backup", "50.backup"]


def test_name_with_spaces_is_found_again(data):
    file = backup(data, 3, "first try.backup")
    assert [one.file for one in ageing.made_here(data)] == [file]


def test_backup_on_a_disk_that_is_not_plugged_in_is_still_told(data):
    ageing.remember(data, data.parent / "unplugged" / "one.backup", TODAY - timedelta(days=50))
    backup(data, 0)
    assert [one.is_there for one in ageing.past_their_time(data, TODAY, DAYS)] == [False]


def test_no_backup_was_made_yet(data):
    assert (ageing.made_here(data), ageing.age_out(data, TODAY, DAYS)) == ([], 0)
