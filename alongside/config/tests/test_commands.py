import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta

import pytest
from pyrage.x25519 import Identity

from alongside.config import commands
from alongside.config.backups import ageing
from alongside.config.backups.age_file import AGE
from alongside.config.commands import main
from alongside.config.commands.profile import as_text
from alongside.config.tests.installations import ROOT


def ends(*words: str) -> int:
    """The exit code of a command, also where argparse ends it."""
    try:
        return main([str(word) for word in words])
    except SystemExit as end:
        return end.code


@pytest.mark.parametrize("name", [name.replace("_", "-") for name in commands.NAMES])
def test_help_of_every_command_has_examples(name, capsys):
    assert (ends(name, "--help"), f"examples:\n  {'DATA' if name == 'sample' else 'alongside ' + name}"
            in capsys.readouterr().out) == (0, True)


def test_help_loads_no_django():
    code = ("import sys\nfrom alongside.config.commands import main\n"
            "try: main(['--help'])\nexcept SystemExit: pass\nprint('django' in sys.modules)")
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "False"


@pytest.mark.parametrize("words", [
    [], ["nonsense"], ["serve", "--port", "0"], ["serve", "--port", "http"], ["serve", "--workers", "0"],
    ["restore", "/nowhere/one.backup"], ["sample"], ["framework", "check", "/nowhere"],
    ["organization", "add", " "], ["import-answers", "round", "/nowhere.csv"],
])
def test_misuse_ends_with_two(words, capsys):
    assert (ends(*words), capsys.readouterr().err != "") == (2, True)


@pytest.mark.django_db
@pytest.mark.parametrize("words", [
    ["profile", "No such cycle"], ["profile", "3f0c4a52-7d1e-4a35-9a51-5d8a3c6f2e10"],
    ["organization", "add", "Name"], ["sample", "--demo"],
])
def test_refusal_ends_with_one_and_a_sentence(words, capsys):
    code = ends(*words)
    said = capsys.readouterr()
    assert (code, said.out, said.err.count("\n"), "Traceback" in said.err) == (1, "", 1, False)


def test_what_breaks_is_told_without_values(monkeypatch, capsys):
    monkeypatch.setattr("alongside.config.doctor.examine", _break)
    code = ends("doctor")
    said = capsys.readouterr().err
    assert (code, "words of somebody" in said, "ValueError at config/tests/test_commands.py" in said) == (
        1, False, True)


def test_what_breaks_is_told_whole_to_whoever_mends_it(monkeypatch, capsys):
    monkeypatch.setattr("alongside.config.doctor.examine", _break)
    monkeypatch.setenv("ALONGSIDE_DEBUG", "1")
    ends("doctor")
    assert "ValueError: words of somebody" in capsys.readouterr().err


def _break():
    raise ValueError("words of somebody")


def test_wrong_setting_is_told_in_a_sentence(installation):
    ended = installation.run("migrate", PORT="http")
    assert (ended.returncode, ended.stderr) == (
        1, "PORT: 'http' is not a port. Set a number from 1 to 65535, such as 8000.\n")


def test_unreachable_database_is_told_in_a_sentence(installation):
    ended = installation.run("migrate", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    told = ended.stderr.startswith("The database can't be used")
    assert (ended.returncode, told, ended.stderr.count("\n")) == (1, True, 1)


def test_sound_framework_is_told(capsys):
    folder = ROOT / "alongside" / "frameworks" / "data" / "alongside-practices-1"
    assert (ends("framework", "check", folder), "is sound" in capsys.readouterr().out) == (0, True)


def test_problems_of_a_framework_are_told_with_file_and_line(tmp_path, capsys):
    folder = tmp_path / "own-1"
    folder.mkdir()
    (folder / "framework.yaml").write_text("id: [\n")
    code = ends("framework", "check", folder)
    assert (code, capsys.readouterr().out.startswith(f"{folder}/framework.yaml:")) == (1, True)


@pytest.mark.parametrize(("text", "code"), [("not json", 2), ("[1]", 2), ('{"a": 1}', 2)])
def test_map_that_is_none_is_misuse(tmp_path, text, code, capsys):
    for name in ("map.json", "answers.csv"):
        (tmp_path / name).write_text(text)
    assert ends("import-answers", "x", tmp_path / "answers.csv", "--map", tmp_path / "map.json") == code


@pytest.mark.parametrize(("passphrase", "sentence"), [
    ("short", "A passphrase needs 12 characters or more"), ("", "A passphrase is needed."),
])
def test_backup_needs_a_passphrase_worth_the_name(installation, tmp_path, passphrase, sentence):
    ended = installation.run("backup", tmp_path / "one.backup", ALONGSIDE_BACKUP_PASSPHRASE=passphrase)
    assert (ended.returncode != 0, ended.stderr.startswith(sentence), (tmp_path / "one.backup").exists()) == (
        True, True, False)


def test_passphrase_is_taken_from_the_first_line_of_a_file(installation, tmp_path):
    (tmp_path / "passphrase").write_text("the words of the file\nnot this\n")
    installation.done("backup", tmp_path / "one.backup", "--passphrase-file", tmp_path / "passphrase")
    ended = installation.run(
        "restore", tmp_path / "one.backup", DATA_DIR=str(tmp_path / "new"),
        ALONGSIDE_BACKUP_PASSPHRASE="the words of the file")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_backup_for_a_key_comes_back_with_the_key_alone(installation, tmp_path):
    """The way of a keeper who lets the server hold no key to its own backups: make one, back up, restore."""
    public = installation.done("backup-key", tmp_path / "key").strip()
    installation.done("backup", tmp_path / "one.backup", "--to", public)
    new = {"DATA_DIR": str(tmp_path / "new")}
    without = installation.run("restore", tmp_path / "one.backup", **new)
    restored = installation.run("restore", tmp_path / "one.backup", "--key", tmp_path / "key", **new)
    assert (without.returncode, "Say --key FILE" in without.stderr, restored.returncode) == (1, True, 0)


def test_key_for_backups_is_for_its_owner_alone_and_never_replaced(installation, tmp_path):
    installation.done("backup-key", tmp_path / "key")
    again = installation.run("backup-key", tmp_path / "key")
    assert ((tmp_path / "key").stat().st_mode & 0o777, again.returncode) == (0o600, 1)


def test_backup_for_something_that_is_no_key_is_told(installation, tmp_path):
    ended = installation.run("backup", tmp_path / "one.backup", "--to", "age1nonsense")
    assert (ended.returncode, ended.stderr.startswith("'age1nonsense' is not a public key")) == (1, True)


def test_backup_into_a_folder_is_called_by_its_day_and_deletes_what_is_past_its_time(installation, tmp_path):
    folder, today = tmp_path / "usb", datetime.now(UTC).date()
    folder.mkdir()
    old = folder / "old.backup"
    old.write_bytes(AGE)
    ageing.remember(installation.data, old, today - timedelta(days=11))
    key = str(Identity.generate().to_public())
    ended = installation.run("backup", folder, "--to", key, ALONGSIDE_BACKUP_DAYS="10")
    assert (ended.returncode, [path.name for path in folder.iterdir()]) == (0, [f"alongside-{today}.backup"])


def test_old_backups_stay_where_no_new_one_could_be_made(installation, tmp_path):
    old = tmp_path / "old.backup"
    old.write_bytes(AGE)
    ageing.remember(installation.data, old, date(2020, 1, 1))
    key = str(Identity.generate().to_public())
    installation.run("backup", installation.data / "inside.backup", "--to", key)
    assert old.exists()


def test_profile_as_text_shows_every_value():
    plain = {"cycle": "Spring", "voices": [{"voice": "staff", "n": None}], "gaps": []}
    assert as_text(plain) == "cycle: Spring\nvoices:\n  -\n    voice: staff\n    n: none\ngaps: none"


def test_json_of_the_doctor_can_be_read_by_a_monitor(installation):
    ended = installation.run("doctor", "--format", "json")
    assert (ended.returncode, json.loads(ended.stdout)["ok"]) == (0, True)
