"""Stirring what waits: nothing is lost, and nothing is left that says who came when."""

import secrets
from pathlib import Path

import pytest
from django.db import connection, transaction

from alongside.config.overwriting import overwrite_stirred
from alongside.config.running import no_key_destroyed
from alongside.listening import store
from alongside.listening.models import Code, HeldResponse, Round
from alongside.privacy.api import HoldingKeys, holding_keys

from .factories import make_code, make_cycle, make_open_round

pytestmark = [pytest.mark.store, pytest.mark.django_db(transaction=True)]
PEOPLE = 40


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    """Keys of this test alone."""
    settings.DATA_DIR = tmp_path


@pytest.fixture
def open_round(house):
    return make_open_round(make_cycle(house))


def hold(round_, *answers: str) -> None:
    for letters in answers:
        store.hold(round_, letters * 23, {"M": f"words of {letters}"})


def rows() -> dict[int, bytes]:
    return {row.pk: bytes(row.sealed) for row in HeldResponse.objects.all()}


def numbers(round_) -> list[int]:
    return sorted(holding_keys().get(round_.pk, []))


def spend(round_) -> list[str]:
    """Spend many codes, one after the other; gives their fingerprints in that order."""
    for number in range(PEOPLE):
        make_code(round_, f"B{number:05}")
    marks = list(Code.objects.order_by("?").values_list("pk", flat=True))
    for mark in marks:
        Code.objects.filter(pk=mark).update(spent=True)
    return marks


def codes_as_they_lie() -> list[str]:
    """In the order of SQLite's hidden numbers, or of the places in PostgreSQL's file."""
    asked = {"sqlite": "select fingerprint from listening_code order by rowid",
             "postgresql": "select fingerprint from listening_code order by ctid"}
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return [mark for (mark,) in cursor.fetchall()]


def test_stirring_loses_nothing(open_round):
    hold(open_round, "2", "1", "3")
    store.stir(open_round)
    store.mix(open_round)
    assert store.raw_answers(open_round).block == bytes([1] * 23 + [2] * 23 + [3] * 23)
    assert sorted(words for _, _, words in store.raw_comments(open_round)) == [
        "words of 1", "words of 2", "words of 3"]


def test_stirring_gives_every_row_a_new_id_and_new_bytes(open_round):
    hold(open_round, *"12345")
    before = rows()
    store.stir(open_round)
    after = rows()
    assert (len(after), set(before) & set(after), set(before.values()) & set(after.values())) == (5, set(), set())


def test_stirring_destroys_every_older_key(open_round):
    hold(open_round, "1")
    store.stir(open_round)
    hold(open_round, "2")
    store.stir(open_round)
    assert numbers(open_round) == [4]


def test_stirring_writes_rows_in_an_order_of_its_own(open_round, monkeypatch):
    written = []
    seal = HoldingKeys.seal
    monkeypatch.setattr(HoldingKeys, "seal", lambda self, number, place, row, plain: (
        written.append(plain), seal(self, number, place, row, plain))[1])
    for number in range(PEOPLE):
        store.hold(open_round, f"{1 + number % 5}" * 23, {"M": str(number)})
    came, written[:] = list(written), []
    store.stir(open_round)
    assert (sorted(written) == sorted(came), written == came) == (True, False)


def test_stirring_keeps_which_codes_are_spent(open_round):
    marks = spend(open_round)
    Code.objects.filter(pk=marks[0]).update(spent=False)
    store.stir(open_round)
    assert set(Code.objects.filter(spent=True).values_list("pk", flat=True)) == set(marks[1:])


def test_order_in_which_codes_were_spent_is_forgotten(open_round):
    came = spend(open_round)
    before = codes_as_they_lie()
    store.stir(open_round)
    after = codes_as_they_lie()
    assert sorted(after) == sorted(came)
    assert after not in (before, came, sorted(came))


def test_all_rows_of_a_round_are_of_one_transaction(open_round):
    if connection.vendor == "sqlite":
        assert connection.vendor == "sqlite"  # its rows know no transaction
        return
    spend(open_round)
    hold(open_round, *"12345")
    store.stir(open_round)
    with connection.cursor() as cursor:
        cursor.execute("select xmin from listening_code union select xmin from listening_heldresponse")
        assert len(cursor.fetchall()) == 1


def test_stirring_of_a_closed_round_does_nothing(open_round):
    hold(open_round, "1")
    Round.objects.update(state="closed")
    before = rows()
    assert (store.stir(open_round), rows()) == (False, before)


def test_stirring_that_fails_loses_nothing(open_round):
    hold(open_round, "2", "1")
    with transaction.atomic():
        store.stir(open_round)
        transaction.set_rollback(True)
    hold(open_round, "3")
    store.mix(open_round)
    assert store.raw_answers(open_round).block == bytes([1] * 23 + [2] * 23 + [3] * 23)


def test_answers_after_a_crash_between_writing_and_destroying_are_stirred_again(open_round, monkeypatch):
    hold(open_round, "1")
    monkeypatch.setattr(store, "destroy_holding_keys", lambda *facts, **more: None)
    store.stir(open_round)
    assert numbers(open_round) == [1, 2]
    monkeypatch.undo()
    assert (store.stir_rounds(), numbers(open_round)) == (1, [4])


def test_worker_stirs_where_something_came(open_round, house):
    quiet = make_open_round(make_cycle(house))
    hold(open_round, "1")
    hold(quiet, "1")
    store.stir(quiet)
    assert (store.stir_rounds(), numbers(open_round), numbers(quiet)) == (1, [2], [2])


def test_worker_stirs_once(open_round):
    hold(open_round, "1")
    assert (store.stir_rounds(), store.stir_rounds()) == (1, 0)


def test_trouble_of_one_round_does_not_keep_another_from_being_stirred(open_round, house, monkeypatch):
    other, stir = make_open_round(make_cycle(house)), store.stir
    hold(open_round, "1")
    hold(other, "1")

    def fail_for_one(round_):
        if round_.pk == open_round.pk:
            raise OSError("the disk is full")
        return stir(round_)

    monkeypatch.setattr(store, "stir", fail_for_one)
    assert (store.stir_rounds(), numbers(open_round), numbers(other)) == (1, [1], [2])


def test_closing_destroys_every_key(open_round):
    hold(open_round, "1")
    store.stir(open_round)
    hold(open_round, "2")
    store.mix(open_round)
    assert numbers(open_round) == []


def test_closing_that_fails_destroys_no_key(open_round):
    hold(open_round, "1")
    with transaction.atomic():
        store.mix(open_round)
        transaction.set_rollback(True)
    assert numbers(open_round) == [1]


def test_keys_that_a_crash_left_after_closing_are_destroyed(open_round):
    hold(open_round, "1")
    Round.objects.update(state="closed")
    store.stir_rounds()
    assert numbers(open_round) == []


def test_keys_of_a_round_that_this_database_does_not_know_stay(open_round):
    hold(open_round, "1")
    HeldResponse.objects.all().delete()
    Round.objects.all().delete()  # as where somebody named another database
    store.stir_rounds()
    assert numbers(open_round) == [1]


def test_what_a_backup_is_copying_stays_readable(open_round, tmp_path):
    hold(open_round, "1")
    with no_key_destroyed(tmp_path):
        store.stir_rounds()
        assert numbers(open_round) == [1, 2]
    store.stir_rounds()
    assert numbers(open_round) == [4]


def test_nearly_all_answers_are_equally_long(open_round):
    store.hold(open_round, "1" * 23, {})
    in_a_box = {f"D{number}": secrets.token_urlsafe(2048 + 48) for number in range(6)}  # nothing can be packed tighter
    store.hold(open_round, "1" * 23, in_a_box)
    assert len({len(sealed) for sealed in rows().values()}) == 1


def test_nothing_of_what_was_stirred_is_left_in_the_files(open_round):
    hold(open_round, *"12345")
    before = rows()
    store.stir(open_round)
    overwrite_stirred()
    assert [row for row, sealed in before.items() if sealed[200:260] in _files()] == []


def _files() -> bytes:
    """SQLite: the database and its log. PostgreSQL: what is live; dead rows are the forensic suite's business."""
    if connection.vendor == "sqlite":
        name = connection.settings_dict["NAME"]
        return b"".join(Path(f"{name}{end}").read_bytes() for end in ("", "-wal"))
    return b"".join(rows().values())
