"""Where answers wait and rest."""

import pytest
from django.db import connection, transaction

from alongside.listening import store
from alongside.listening.models import AnswerStore, Code, Comment, HeldResponse
from alongside.privacy.api import forget_keys

from .factories import make_code, make_cycle, make_open_round

pytestmark = [pytest.mark.django_db, pytest.mark.store]
ONE, TWO = "1" * 23, "2" * 23


@pytest.fixture
def open_round(house):
    return make_open_round(make_cycle(house))


def test_held_response_can_not_be_read_without_the_key(open_round):
    store.hold(open_round, ONE, {"M": "the blue door"})
    raw = bytes(HeldResponse.objects.get().sealed)
    assert ONE.encode() not in raw
    assert b"blue" not in raw


def test_length_of_a_held_response_tells_nothing(open_round):
    store.hold(open_round, ONE, {})
    store.hold(open_round, ONE, {"M": "words " * 30})
    assert len({len(row.sealed) for row in HeldResponse.objects.all()}) == 1


def test_mixing_leaves_one_sorted_block_and_an_empty_holding_place(open_round):
    for letters in (TWO, ONE, TWO):
        store.hold(open_round, letters, {})
    store.mix(open_round)
    raw = store.raw_answers(open_round)
    assert raw.block == bytes([1] * 23 + [2] * 46)
    assert HeldResponse.objects.count() == 0


def test_answer_after_one_that_was_undone_opens_in_another_process(open_round):
    with transaction.atomic():
        store.hold(open_round, ONE, {})
        transaction.set_rollback(True)
    store.hold(open_round, TWO, {})
    forget_keys()  # as the process that closes the round knows none
    store.mix(open_round)
    assert store.raw_answers(open_round).block == bytes([2] * 23)


def test_mixing_forgets_the_codes(open_round):
    make_code(open_round)
    store.mix(open_round)
    assert Code.objects.count() == 0


def test_imported_and_answered_lines_can_not_be_told_apart(open_round):
    store.hold(open_round, TWO, {})
    store.put_imported(open_round, [bytes([3] * 23), bytes([1] * 23)], 23)
    store.mix(open_round)
    assert store.raw_answers(open_round).block == bytes([1] * 23 + [2] * 23 + [3] * 23)
    assert AnswerStore.objects.count() == 1


def test_comments_are_joined_to_no_rating_and_no_other_comment(open_round):
    store.hold(open_round, ONE, {"M": "first", "G": "second"})
    store.mix(open_round)
    assert {field.name for field in Comment._meta.get_fields()} == {"id", "round", "domain", "sealed"}
    assert sorted(words for _, _, words in store.raw_comments(open_round)) == ["first", "second"]


def test_people_who_commented_are_counted_once(open_round):
    store.hold(open_round, ONE, {"M": "first", "G": "second"})
    store.hold(open_round, ONE, {})
    store.mix(open_round)
    assert store.raw_answers(open_round).commented == 1


def test_round_of_nobody_mixes_to_nothing(open_round):
    store.mix(open_round)
    assert store.raw_answers(open_round).people == 0


def test_no_table_of_answers_has_a_time_or_a_person():
    for model in (HeldResponse, AnswerStore, Comment, Code):
        kinds = {field.get_internal_type() for field in model._meta.get_fields()}
        assert not kinds & {"DateTimeField", "DateField", "TimeField", "GenericIPAddressField"}, model


def test_deleted_answers_are_overwritten(open_round):
    if connection.vendor != "sqlite":
        assert connection.vendor == "postgresql"  # there VACUUM does it; see the purge
        return
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA secure_delete").fetchone() == (1,)
