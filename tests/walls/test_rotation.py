"""New keys for old while everybody goes on: nothing is forgotten, lost, or taken for something else."""

import base64
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.apps import apps
from django.db import connection

from alongside.config.sample import make_sample
from alongside.organizations.api import SupportContact, Unit, add_contact
from alongside.people.api import Account, reseal_second_steps
from alongside.privacy import rotation, sealing
from alongside.privacy.api import INSTALLATION, LASTING, CannotOpen, forget_keys, rotate
from alongside.privacy.fields import Sealed, SealedByHand
from alongside.privacy.models import SealingKey
from tests.personas import make_member

ROOT = Path(__file__).resolve().parents[2]
KILLS = 8
pytestmark = pytest.mark.store
SECRET = "KBUWG4TFOQQGC3TEEBZWK3DGEBSW4ZBB"


def now() -> datetime:
    return datetime.now(UTC)


def reseal(later: timedelta = timedelta(0)) -> int:
    return rotation.reseal(now() + later, [reseal_second_steps])


def numbers_of(owner) -> list[int]:
    return sorted(SealingKey.objects.filter(organization_id=owner).values_list("number", flat=True))


def heads() -> dict[str, set[int]]:
    """"table.column" -> the numbers of the keys that sealed what stands there, read without the register."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.local_concrete_fields:
            if isinstance(field, SealedByHand):
                values = model._base_manager.values_list(field.name, flat=True)
                raw = [one.raw if isinstance(one, Sealed) else bytes(one) for one in values if one is not None]
                found[field.place] = {sealing.number_of(one) for one in raw}
    return found


@pytest.fixture
def full(db):
    """An organization in whose tables stands nearly everything that can stand there."""
    house = make_sample()
    account = Account.objects.filter(memberships__organization=house).first()
    TOTP.activate(account, SECRET)
    return house


def test_rotation_forgets_no_column(full):
    before = heads()
    filled = {place for place, numbers in before.items() if numbers}
    assert len(filled) >= 15, "the sample no longer fills the tables: the test would test nothing"
    rotate(full.pk)
    rotate(INSTALLATION)
    while reseal():
        pass
    assert heads() == {place: {2} if numbers else set() for place, numbers in before.items()}


def test_second_steps_are_sealed_with_the_new_key_too(full):
    rotate(INSTALLATION)
    reseal()
    row = Authenticator.objects.get(type="totp")
    assert sealing.number_of(base64.b64decode(row.data["secret"])) == 2
    SealingKey.objects.filter(organization_id=INSTALLATION, number=1).delete()
    forget_keys()
    assert row.wrap().validate_code(_code()) is True


def test_everything_opens_when_the_old_key_is_gone(full):
    said = _all_words(full)
    rotate(full.pk)
    while reseal(timedelta(days=2)):
        pass
    reseal(timedelta(days=2))
    forget_keys()
    assert (numbers_of(full.pk), _all_words(full)) == ([2], said)


def test_old_key_stays_while_somebody_may_still_use_it(house):
    Unit.objects.create(organization=house, name="North house")
    rotate(house.pk)
    while reseal():
        pass
    reseal()
    assert numbers_of(house.pk) == [1, 2]


def test_old_key_stays_while_something_is_sealed_with_it(house, monkeypatch):
    Unit.objects.create(organization=house, name="North house")
    rotate(house.pk)
    monkeypatch.setattr(rotation.SealedColumn, "reseal", lambda *facts: 0)
    reseal(timedelta(days=2))
    assert numbers_of(house.pk) == [1, 2]


def test_rotation_of_one_organization_leaves_the_others(house, other_house):
    theirs = Unit.objects.create(organization=other_house, name="South house")
    rotate(house.pk)
    while reseal(timedelta(days=2)):
        pass
    forget_keys()
    assert (numbers_of(other_house.pk), Unit.objects.get(pk=theirs.pk).name) == ([1], "South house")


def test_lasting_key_is_never_replaced(house):
    Unit.objects.create(organization=house, name="North house")
    rotate(house.pk)
    rotate(INSTALLATION)
    reseal(timedelta(days=2))
    assert numbers_of(LASTING) == [1]


def test_another_process_notices_the_new_key(house, monkeypatch):
    Unit.objects.create(organization=house, name="North house")
    known = sealing._newest.copy(), sealing._opened.copy()
    rotate(house.pk)
    sealing._newest.update(known[0])  # as a process that did not make it knows the keys
    sealing._opened.update(known[1])
    assert sealing.newest_number(house.pk) == 1
    later = time.monotonic() + sealing.NOTICED_WITHIN
    monkeypatch.setattr(sealing.time, "monotonic", lambda: later)
    assert sealing.newest_number(house.pk) == 2


def test_another_process_opens_what_the_new_key_sealed(house):
    unit = Unit.objects.create(organization=house, name="North house")
    known = sealing._newest.copy(), sealing._opened.copy()
    rotate(house.pk)
    reseal()
    forget_keys()
    sealing._newest.update(known[0])
    sealing._opened.update(known[1])
    assert Unit.objects.get(pk=unit.pk).name == "North house"


def test_value_of_another_row_is_not_made_at_home_by_a_rotation(house):
    one, other = (Unit.objects.create(organization=house, name=name) for name in ("North house", "South house"))
    Unit.objects.filter(pk=other.pk).update(name=Unit.objects.values_list("name", flat=True).get(pk=one.pk))
    rotate(house.pk)
    reseal(timedelta(days=2))
    reseal(timedelta(days=2))
    with pytest.raises(CannotOpen):
        _ = Unit.objects.get(pk=other.pk).name
    assert (Unit.objects.get(pk=one.pk).name, numbers_of(house.pk)) == ("North house", [1, 2])


@pytest.mark.django_db(transaction=True)
def test_people_write_and_read_while_keys_change(house, ana):
    """Two who write, two who read, and keys that change as fast as they can: no word is lost or in another's place."""
    contacts = [add_contact(ana, name=f"Contact {number}", reach="0") for number in range(12)]
    stop, broken, written = threading.Event(), [], {}
    threads = [threading.Thread(target=_until, args=(stop, broken, act), daemon=True) for act in (
        lambda: _write(contacts[:6], written), lambda: _write(contacts[6:], written), _read, _read)]
    for thread in threads:
        thread.start()
    for _ in range(6):
        rotate(house.pk)
        reseal()
    stop.set()
    for thread in threads:
        thread.join(60)
    while reseal():
        pass
    forget_keys()
    now_there = {one.pk: one.reach for one in SupportContact.objects.all()}
    assert (broken, now_there) == ([], {contact.pk: written.get(contact.pk, "0") for contact in contacts})
    assert heads()["organizations_supportcontact.reach"] == {7}


def test_killed_rotation_loses_no_word(tmp_path):
    with _run("prepare", tmp_path) as preparing:
        preparing.communicate(timeout=120)
    assert preparing.returncode == 0
    told = []
    for number in range(KILLS):
        with _run("rotate", tmp_path) as rotating:
            assert rotating.stdout.readline() == "rotating\n"
            if number % 2:  # also in a later round, when keys have been destroyed
                assert rotating.stdout.readline() == "an old key was destroyed\n"
            time.sleep(random.uniform(0.0, 0.3))  # any moment will do; it must hold at each
            rotating.send_signal(signal.SIGKILL)
        with _run("read", tmp_path) as reading:
            told.append(int(reading.communicate(timeout=60)[0]))
    assert told == [300] * KILLS


def test_rotation_asks_for_nothing_where_no_key_was_replaced(house, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert reseal() == 0


def test_member_can_sign_in_after_the_installations_key_was_replaced(house, as_):
    from alongside.access.api import Role

    dora = make_member(house, "dora", Role.COORDINATOR)
    browser = as_(dora)
    rotate(INSTALLATION)
    while reseal(timedelta(days=2)):
        pass
    reseal(timedelta(days=2))
    forget_keys()
    assert (as_(dora).get("/").status_code, browser.get("/").status_code) == (200, 302)
    assert Account.objects.get(email="DORA@example.org").name == "Dora"


def _all_words(house) -> str:
    """Every sealed field that opens by itself, of every row of an organization."""
    told = []
    for column in rotation.sealed_columns():
        if hasattr(column.field, "open"):
            rows = column._rows_of(house.pk).order_by("pk")
            told.append([column.field.place, [str(getattr(row, column.field.name)) for row in rows]])
    return json.dumps(told)


def _code() -> str:
    from allauth.mfa.totp.internal import auth

    return auth.format_hotp_value(auth.hotp_value(SECRET, next(auth.yield_hotp_counters_from_time())))


def _write(contacts, written: dict) -> None:
    contact = SupportContact.objects.get(pk=random.choice(contacts).pk)
    contact.reach = str(random.random())
    contact.save()
    written[contact.pk] = contact.reach


def _read() -> None:
    for contact in SupportContact.objects.all():
        assert contact.name.startswith("Contact ")


def _until(stop: threading.Event, broken: list, act) -> None:
    try:
        while not stop.is_set():
            act()
            time.sleep(0.002)
    except Exception as error:
        broken.append(repr(error))
    finally:
        connection.close()


def _run(what: str, data: Path) -> subprocess.Popen:
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return subprocess.Popen([sys.executable, "-m", "tests.walls.rotate_forever", what, str(data)], cwd=ROOT,
                            stdout=subprocess.PIPE, text=True, env=env)
