"""Where the master key comes from, how it is changed from the command line, and what the doctor says of it."""

import json
import sys

import pytest

from alongside.config import master_key
from alongside.config.doctor import ADVICE, PROBLEM, keys
from alongside.config.environment import CannotStart, read
from alongside.config.master_key import COMMAND, FILE, GIVEN, KeyCommand, KeyFile
from alongside.listening import store
from alongside.listening.store import hold as put
from alongside.listening.tests.factories import make_cycle, make_open_round
from alongside.privacy.api import destroy_holding_keys, make_installation_keys

from .installations import Installation

ONE, OTHER = bytes(32), b"o" * 32


@pytest.fixture
def env(tmp_path) -> dict[str, str]:
    return {"DATA_DIR": str(tmp_path / "data")}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "elsewhere.key"
    path.write_text(ONE.hex() + "\n")
    path.chmod(0o600)
    return path


def command(*lines: str) -> str:
    return f"{sys.executable} -c \"print('{' '.join(lines)}')\""


def test_key_comes_from_a_file_elsewhere(env, file):
    assert read(env | {FILE: str(file)}).master_keys.ask() == (ONE,)


def test_key_comes_from_the_environment(env):
    assert read(env | {GIVEN: ONE.hex()}).master_keys.ask() == (ONE,)


def test_key_comes_from_a_program(env):
    assert read(env | {COMMAND: command(ONE.hex())}).master_keys.ask() == (ONE,)


@pytest.mark.parametrize("set_", [{GIVEN: ONE.hex()}, {COMMAND: command(ONE.hex())}])
def test_no_key_is_made_beside_the_data_where_it_comes_from_elsewhere(env, tmp_path, set_):
    read(env | set_)
    assert not (tmp_path / "data" / "secrets" / "master.key").exists()


def test_program_is_asked_once(env, tmp_path):
    asked = tmp_path / "asked"
    line = f"sh -c 'echo again >> {asked}; echo {ONE.hex()}'"
    source = read(env | {COMMAND: line}).master_keys
    source.ask()
    assert asked.read_text() == "again\n"


def test_program_is_asked_again_where_a_key_does_not_open():
    source = KeyCommand(command(ONE.hex()))
    source._answer[:] = [OTHER.hex()]
    assert (source.ask(), source.ask(again=True)) == ((OTHER,), (ONE,))


@pytest.mark.parametrize(("name", "value"), [
    (GIVEN, "abc"), (GIVEN, "0" * 62), (GIVEN, " ".join(["0" * 64] * 3)), (COMMAND, "false"), (COMMAND, "no-such"),
    (COMMAND, command("not a key")), (COMMAND, "'"), (FILE, "/nowhere/at/all"),
])
def test_wrong_setting_of_the_key_stops_the_start_and_names_it(env, name, value):
    with pytest.raises(CannotStart, match=name):
        read(env | {name: value})


def test_program_that_fails_is_not_quoted(env):
    with pytest.raises(CannotStart) as refusal:
        read(env | {COMMAND: f"sh -c 'echo {OTHER.hex()}; exit 3'"})
    assert (OTHER.hex() in str(refusal.value), "ended with 3" in str(refusal.value)) == (False, True)


def test_two_places_of_the_key_stop_the_start(env, file):
    with pytest.raises(CannotStart, match="one place"):
        read(env | {FILE: str(file), GIVEN: ONE.hex()})


def test_key_file_that_others_can_read_stops_the_start(env, file):
    file.chmod(0o640)
    with pytest.raises(CannotStart, match="chmod 600"):
        read(env | {FILE: str(file)})


def test_key_file_is_replaced_whole(file):
    KeyFile(file).replace((OTHER, ONE))
    assert (KeyFile(file).ask(), file.stat().st_mode & 0o777) == ((OTHER, ONE), 0o600)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_new_key_is_another_each_time():
    assert master_key.new() != master_key.new()


# -- the command line --------------------------------------------------------------------------------------------

def kept(installation: Installation) -> list[str]:
    return (installation.data / "secrets" / "master.key").read_text().split()


def faults(installation: Installation) -> list[str]:
    told = json.loads(installation.run("doctor", "--format", "json").stdout)
    return [one["check"] for one in told["findings"] if one["weight"] == PROBLEM]


def test_master_key_is_changed_from_the_command_line(installation):
    before = kept(installation)
    installation.done("keys", "change-master")
    both = kept(installation)
    installation.done("keys", "forget-old-master")
    assert (both[1:], kept(installation), both[0] != before[0]) == (before, both[:1], True)
    assert faults(installation) == []


def test_old_master_key_is_not_forgotten_while_it_is_needed(installation):
    file = installation.data / "secrets" / "master.key"
    file.write_text(f"{OTHER.hex()}\n{kept(installation)[0]}\n")
    ended = installation.run("keys", "forget-old-master")
    assert (ended.returncode, "change-master" in ended.stderr, len(kept(installation))) == (1, True, 2)


def test_master_key_in_a_vault_is_changed_there_first(installation):
    known = kept(installation)[0]
    told = installation.run("keys", "change-master", **{GIVEN: known})
    done = installation.run("keys", "change-master", **{GIVEN: f"{OTHER.hex()} {known}"})
    assert (told.returncode, "before the old one" in told.stderr, done.returncode) == (1, True, 0)
    assert installation.run("doctor", **{GIVEN: OTHER.hex()}).returncode == 0


def test_wrong_master_key_is_a_problem_and_wraps_nothing(installation):
    told = json.loads(installation.run("doctor", "--format", "json", **{GIVEN: OTHER.hex()}).stdout)
    ended = installation.run("keys", "rotate", **{GIVEN: OTHER.hex()})
    assert "keys" in [one["check"] for one in told["findings"] if one["weight"] == PROBLEM]
    assert (ended.returncode, "does not fit" in ended.stderr) == (1, True)


def test_keys_of_an_unknown_organization_are_not_rotated(installation):
    ended = installation.run("keys", "rotate", "--organization", "6b29fc40-ca47-1067-b31d-00dd010662da")
    assert (ended.returncode, "no organization" in ended.stderr) == (1, True)


# -- the doctor ---------------------------------------------------------------------------------------------------

def weights(check) -> list[str]:
    return [finding.weight for finding in check()]


@pytest.fixture
def source(db, settings, tmp_path, file):
    settings.DATA_DIR = tmp_path
    settings.MASTER_KEYS = KeyFile(file, beside_the_data=True)
    make_installation_keys()
    return file


def test_key_beside_the_data_of_real_people_is_told(source, house):
    assert weights(keys.master_key_is_apart) == [ADVICE]


def test_key_beside_the_data_of_nobody_is_well(source):
    assert weights(keys.master_key_is_apart) == []


def test_key_elsewhere_is_well(source, settings, house):
    settings.MASTER_KEYS = KeyFile(source)
    assert weights(keys.master_key_is_apart) == []


def test_key_left_beside_the_data_is_told(source, settings, house, tmp_path):
    settings.MASTER_KEYS = KeyFile(source)
    (tmp_path / "secrets").mkdir(exist_ok=True)
    (tmp_path / "secrets" / "master.key").write_text(ONE.hex())
    assert weights(keys.master_key_is_apart) == [ADVICE]


def test_change_of_the_key_that_was_not_ended_is_told(source):
    source.write_text(f"{OTHER.hex()}\n{ONE.hex()}\n")
    assert [finding.mend.count("change-master") for finding in keys.master_key_is_one()] == [1]


def test_key_that_opens_nothing_is_a_problem(source):
    source.write_text(OTHER.hex())
    assert weights(keys.master_key_fits) == [PROBLEM]


def test_key_that_opens_everything_is_well(source):
    assert (weights(keys.master_key_fits), weights(keys.master_key_is_one)) == ([], [])


@pytest.mark.store
def test_answers_that_wait_and_can_not_be_opened_are_a_problem(house):
    round_ = make_open_round(make_cycle(house))
    put(round_, "1" * store.width_of(round_), {})
    assert weights(keys.waiting_answers_can_be_opened) == []
    destroy_holding_keys(round_.pk)
    assert weights(keys.waiting_answers_can_be_opened) == [PROBLEM]
