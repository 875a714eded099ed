"""Backup and restore through the command line, on the database that the tests run on, while a server is
running."""

import json
import subprocess
import sys

import pytest

from alongside.config import running
from alongside.config.tests.installations import Installation, a_database

pytestmark = pytest.mark.store
NAME = "Lantern House (invented)"
SET_UP = "from alongside.config.commands.outcome import set_up; set_up()\n"
FILL = f"""
from django.contrib.sessions.backends.db import SessionStore
from alongside.organizations.api import found_organization
found_organization(name={NAME!r}, words={{}}, languages=["en"])
SessionStore().create()
"""
EMPTY = """
from alongside.organizations.api import Organization
Organization.objects.all().delete()
"""
LOOK = """
import json
from django.contrib.sessions.models import Session
from alongside.organizations.api import Organization
print(json.dumps([list(Organization.objects.values_list("name", flat=True)), Session.objects.count()]))
"""


def python(installation: Installation, code: str) -> str:
    """Run code inside an installation, as its own process would."""
    ended = subprocess.run(
        [sys.executable, "-c", SET_UP + code], env=installation.env, capture_output=True, text=True,
        check=False)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def names_and_sessions(installation: Installation) -> list:
    return json.loads(python(installation, LOOK))


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """An installation with an organization and a session in it, and a backup made while its server ran."""
    folder = tmp_path_factory.mktemp("kept")
    with a_database() as url:
        made = Installation(folder / "data", url)
        made.done("migrate")
        python(made, FILL)
        with made.serving():
            made.done("backup", folder / "one.backup")
        yield made


@pytest.fixture(scope="module")
def backup(kept):
    return kept.data.parent / "one.backup"


@pytest.fixture(scope="module")
def restored(backup, tmp_path_factory):
    """Another machine: an empty folder (and an empty database where there is a server for it), then
    restored."""
    with a_database() as url:
        made = Installation(tmp_path_factory.mktemp("elsewhere") / "data", url)
        made.done("restore", backup)
        yield made


def test_restore_brings_back_what_was_there_and_signs_everybody_out(kept, restored):
    assert (names_and_sessions(kept)[0], names_and_sessions(restored)) == ([NAME], [[NAME], 0])


def test_restore_brings_back_the_keys(kept, restored):
    key = "secrets/master.key"
    assert (restored.data / key).read_bytes() == (kept.data / key).read_bytes()


def test_restored_installation_serves(restored):
    with restored.serving() as server:
        assert server.is_well()


def test_replacing_goes_back_to_the_backup_and_keeps_what_was_there(kept, backup):
    python(kept, EMPTY)
    kept.done("restore", backup, "--replace", "--yes")
    aside = list(kept.data.glob("before-restore-*/secrets"))
    assert (names_and_sessions(kept), len(aside)) == ([[NAME], 0], 1)


def test_restore_over_an_installation_needs_to_be_said(kept, backup):
    ended = kept.run("restore", backup)
    assert (ended.returncode, "--replace" in ended.stderr) == (1, True)


def test_replacing_asks_first(kept, backup):
    ended = kept.run("restore", backup, "--replace")
    assert (ended.returncode, ended.stderr) == (
        2, "Nobody is here to ask. Say --replace --yes to replace what is there.\n")


def test_restore_beside_a_running_server_is_refused(kept, backup):
    held = running.hold(kept.data)
    ended = kept.run("restore", backup, "--replace", "--yes")
    running.let_go(held)
    assert (ended.returncode, ended.stderr) == (
        1, f"A server or worker is running on {kept.data}. Stop it first.\n")


def test_wrong_passphrase_is_told_in_a_sentence(kept, backup):
    ended = kept.run("restore", backup, "--replace", "--yes", ALONGSIDE_BACKUP_PASSPHRASE="not this one")
    assert (ended.returncode, ended.stderr) == (
        1, "This passphrase does not open the file. Nothing was changed.\n")
