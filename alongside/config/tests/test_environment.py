import os
from pathlib import Path

import pytest

from alongside.config.environment import CannotStart, data_folder, database, read


@pytest.fixture
def env(tmp_path) -> dict[str, str]:
    return {"DATA_DIR": str(tmp_path / "data")}


def test_keys_are_made_once(env):
    assert read(env).secret_key == read(env).secret_key


def test_keys_are_for_their_owner_alone(env):
    assert read(env).master_keys.path.stat().st_mode & 0o777 == 0o600


def test_readable_key_stops_the_start(env):
    read(env).master_keys.path.chmod(0o644)
    with pytest.raises(CannotStart, match="chmod 600"):
        read(env)


@pytest.mark.parametrize(("name", "value"), [
    ("PORT", "0"), ("PORT", "http"), ("ALONGSIDE_HTTPS", "yes"), ("ALONGSIDE_HOSTS", "a.example,*"),
    ("ALONGSIDE_ADDRESS", "example.org"), ("DATABASE_URL", "mysql://x/y"), ("DATABASE_URL", "postgresql://host"),
    ("ALONGSIDE_BACKUP_DAYS", "for ever"), ("ALONGSIDE_BACKUP_DAYS", "0"), ("ALONGSIDE_BACKUP_DAYS", "367"),
])
def test_wrong_value_stops_the_start_and_names_the_setting(env, name, value):
    with pytest.raises(CannotStart, match=f"^{name}: "):
        read(env | {name: value})


def test_data_folder_that_cannot_be_made_stops_the_start():
    with pytest.raises(CannotStart, match="DATA_DIR"):
        read({"DATA_DIR": "/proc/nowhere"})


def test_data_folder_is_below_where_one_stands(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert data_folder({}) == tmp_path / "data"


def test_address_of_a_database_is_read_with_its_signs():
    held = database({"DATABASE_URL": "postgresql://a%40b:p%2Fw@db.example:6432/along"}, Path(os.devnull))
    assert [held[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "along", "a@b", "p/w", "db.example", "6432"]


def test_socket_of_a_database_is_read():
    held = database({"DATABASE_URL": "postgresql:///along?host=/run/pg"}, Path(os.devnull))
    assert held["HOST"] == "/run/pg"
