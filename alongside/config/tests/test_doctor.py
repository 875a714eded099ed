import json
import os
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from alongside.config.backups.age_file import AGE
from alongside.config.backups.ageing import LEDGER
from alongside.config.doctor import ADVICE, PROBLEM, database, examination, files, habits, looks
from alongside.config.environment import CannotStart
from alongside.config.worker import BEAT
from alongside.listening.models import Cycle, Round, RoundState
from alongside.organizations.models import SupportContact

TODAY = datetime.now(UTC).date()


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    """A data folder in good order."""
    folder = tmp_path / "data"
    (folder / "secrets").mkdir(mode=0o700, parents=True)
    folder.chmod(0o700)
    (folder / "secrets" / "master.key").touch(mode=0o600)
    (folder / LEDGER).write_text(f"{TODAY} {tmp_path / 'one.backup'}\n")
    (tmp_path / "one.backup").write_bytes(AGE)
    settings.DATA_DIR, settings.BACKUP_DAYS = folder, 35
    return folder


def checks(findings) -> list[tuple[str, str]]:
    return [(finding.check, finding.weight) for finding in findings]


def test_data_folder_in_good_order_is_well():
    assert [checks(check()) for check in files.CHECKS] == [[], [], [], [], [], []]


@pytest.mark.parametrize(("name", "mode"), [("", 0o750), ("secrets", 0o701), ("secrets/master.key", 0o640)])
def test_readable_secrets_are_a_problem(data, name, mode):
    (data / name).chmod(mode)
    assert checks(files.modes_of_files()) == [("files", PROBLEM)]


def test_full_disk_is_a_problem(monkeypatch):
    monkeypatch.setattr(files, "LEAST_FREE", 10 ** 18)
    assert checks(files.disk_space()) == [("disk", PROBLEM)]


@pytest.mark.parametrize(("days", "found"), [(8, []), (9, [("backup", ADVICE)])])
def test_old_backup_is_told(data, days, found):
    (data / LEDGER).write_text(f"{TODAY - timedelta(days=days)} /one.backup\n")
    assert checks(files.age_of_backup()) == found


def test_missing_backup_is_told(data):
    (data / LEDGER).unlink()
    assert checks(files.age_of_backup()) == [("backup", ADVICE)]


@pytest.mark.parametrize(("days", "found"), [(35, []), (36, [("old backup", PROBLEM)])])
@pytest.mark.parametrize("place", ["old.backup", "unplugged/old.backup"])
def test_backup_past_its_time_is_a_problem(data, days, found, place):
    (data.parent / "old.backup").write_bytes(AGE)
    with (data / LEDGER).open("a") as ledger:
        ledger.write(f"{TODAY - timedelta(days=days)} {data.parent / place}\n")
    assert checks(files.backups_past_their_time()) == found


def test_what_a_restore_kept_aside_is_told(data):
    (data / "before-restore-20270101-000000").mkdir()
    assert checks(files.kept_aside()) == [("restore", ADVICE)]


def test_clock_that_was_set_back_is_a_problem(data):
    os.utime(data / LEDGER, (time.time() + 7200,) * 2)
    assert checks(files.clock()) == [("clock", PROBLEM)]


def test_clock_of_a_machine_without_a_battery_is_a_problem(monkeypatch):
    monkeypatch.setattr(files, "BUILT", datetime.now(UTC) + timedelta(days=1))
    assert checks(files.clock()) == [("clock", PROBLEM)]


def test_missing_libraries_for_pdf_are_a_problem(monkeypatch):
    monkeypatch.setattr(looks, "IMPORT", "import a_library_that_is_not_there")
    assert checks(looks.libraries_for_pdf()) == [("pdf", PROBLEM)]


def test_libraries_for_pdf_are_found():
    assert checks(looks.libraries_for_pdf()) == []


def test_missing_font_is_told(monkeypatch):
    monkeypatch.setattr(looks.shutil, "which", lambda name: "/bin/true")
    assert checks(looks.fonts()) == [("fonts", ADVICE)]


def test_translation_that_is_not_compiled_is_a_problem(monkeypatch, tmp_path):
    source = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.touch()
    monkeypatch.setattr(looks, "sources", lambda: [source])
    assert checks(looks.translations()) == [("translations", PROBLEM)]


def test_missing_static_files_are_a_problem(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert checks(looks.static_files()) == [("static", PROBLEM)]


def test_refused_framework_is_told_with_file_line_and_rule(data):
    folder = data / "frameworks" / "own-1"
    folder.mkdir(parents=True)
    (folder / "framework.yaml").write_text("id: [\n")
    (finding,) = looks.own_frameworks()
    assert (finding.weight, finding.what.startswith(f"{folder}/framework.yaml:")) == (PROBLEM, True)


@pytest.mark.parametrize(("facts", "found"), [
    ({"address": "", "https": False, "hosts": ["localhost"]}, []),
    ({"address": "https://a.example", "https": True, "hosts": ["a.example"]}, []),
    ({"address": "https://a.example", "https": True, "hosts": ["b.example"]}, [("address", PROBLEM)]),
    ({"address": "https://a.example", "https": False, "hosts": ["localhost", "a.example"]},
     [("https", PROBLEM), ("https", ADVICE)]),
    ({"address": "http://a.example", "https": True, "hosts": ["a.example"]}, [("https", PROBLEM)]),
    ({"address": "", "https": False, "hosts": ["a.example"]}, [("https", ADVICE)]),
])
def test_addresses_that_do_not_fit_together_are_told(settings, facts, found):
    from types import SimpleNamespace

    settings.ENVIRONMENT = SimpleNamespace(**facts)
    assert checks(looks.addresses()) == found


@pytest.mark.parametrize("name", ["DEBUG", "DEMO"])
def test_switch_that_belongs_to_building_is_a_problem(settings, name):
    settings.DEBUG = settings.DEMO = False
    setattr(settings, name, True)
    assert checks(looks.switches()) == [("settings", PROBLEM)]


@pytest.mark.parametrize(("url", "found"), [("", [("mail", ADVICE)]), ("smtps://a:b@mail.example:465", [])])
def test_mail_by_hand_is_told(monkeypatch, url, found):
    monkeypatch.setenv("EMAIL_URL", url)
    assert checks(looks.mail()) == found


@pytest.mark.django_db
def test_database_that_is_up_to_date_is_well():
    assert checks(database.reachable()) == []


@pytest.mark.django_db
def test_database_that_is_behind_is_a_problem(monkeypatch):
    monkeypatch.setattr(database.reads, "is_migrated", lambda: False)
    assert checks(database.reachable()) == [("database", PROBLEM)]


def test_database_that_does_not_answer_is_a_problem(installation):
    ended = installation.run("doctor", "--format", "json", DATABASE_URL="postgresql://nobody@127.0.0.1:1/nothing")
    told = json.loads(ended.stdout)
    assert (ended.returncode, [one["check"] for one in told["findings"] if one["weight"] == PROBLEM]) == (
        1, ["database"])


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "found"), [(180, []), (181, [("support contacts", PROBLEM)])])
def test_contact_that_nobody_checked_is_a_problem(house, days, found):
    day = TODAY - timedelta(days=days)
    SupportContact.objects.create(organization=house, name="Line", reach="1", last_checked=day)
    assert checks(habits.support_contacts()) == found


@pytest.mark.django_db
def test_account_without_second_step_is_told(ana):
    assert checks(habits.second_steps()) == [("sign-in", ADVICE)]


@pytest.mark.parametrize(("age", "found"), [
    (None, [("worker", ADVICE)]), (60, []), (3600, [("worker", PROBLEM)]),
])
def test_silent_worker_is_told(data, age, found):
    if age is not None:
        (data / BEAT).touch()
        os.utime(data / BEAT, (time.time() - age,) * 2)
    assert checks(habits.worker()) == found


@pytest.mark.django_db
@pytest.mark.parametrize(("closes_on", "found"), [
    (TODAY - timedelta(days=1), []), (TODAY - timedelta(days=4), [("rounds", PROBLEM)]),
    (date(2099, 1, 1), []),
])
def test_round_past_its_day_is_a_problem(house, closes_on, found):
    cycle = Cycle.objects.create(
        organization=house, name="Late", framework_key="alongside-practices/1", opens_on=date(2026, 1, 1),
        closes_on=closes_on, reply_due=closes_on)
    Round.objects.create(organization=house, cycle=cycle, voice="staff", state=RoundState.OPEN, frozen={})
    assert checks(habits.rounds_past_closing()) == found


def test_check_that_breaks_is_a_finding():
    def breaking():
        raise KeyError("a value")
        yield

    (finding,) = examination._tried(breaking)
    assert (finding.check, "a value" in str(finding)) == ("breaking", False)


def test_wrong_setting_is_a_finding(monkeypatch):
    def refuse():
        raise CannotStart("PORT: mend it")

    monkeypatch.setattr("alongside.config.commands.outcome.set_up", refuse)
    assert checks(examination.examine()) == [("settings", PROBLEM)]


def test_new_installation_has_no_problem(installation):
    ended = installation.run("doctor")
    assert (ended.returncode, "PROBLEM" in ended.stdout) == (0, False)


def test_doctor_changes_nothing(installation):
    def seen():
        return {path: path.stat().st_mtime_ns for path in installation.data.rglob("*")
                if not path.name.startswith("alongside.sqlite3-")}

    before = seen()
    installation.run("doctor")
    assert seen() == before
