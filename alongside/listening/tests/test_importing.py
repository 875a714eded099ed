"""Importing into an open round: all or nothing."""

import io
import time

import pytest

from alongside.access.api import Refused
from alongside.audit.api import entries_of
from alongside.listening import store, writes
from alongside.listening.importing import import_answers
from alongside.listening.models import AnswerStore, Comment
from alongside.listening.refusals import ImportRefused, RoundNotOpen

from .factories import OPENED, csv_of, make_cycle, make_open_round

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture
def opened(house):
    return make_open_round(make_cycle(house))


def line(value: str, round_) -> str:
    return ",".join([value] * store.width_of(round_))


def run(actor, round_, content: bytes, **how):
    return import_answers(actor, round_, io.BytesIO(content), **how)


def test_dry_run_stores_nothing(ana, opened):
    result = run(ana, opened, csv_of(opened, line("3", opened)))
    assert (result.rows, result.imported, AnswerStore.objects.count()) == (1, False, 0)


def test_import_stores_every_line_in_the_order_of_the_instrument(ana, opened):
    width = store.width_of(opened)
    ids = [item["id"] for page in opened.frozen["instrument"]["pages"] for item in page["items"]]
    content = csv_of(opened, ",".join(["1", *["5"] * (width - 1)]), header=[ids[-1], *ids[:-1]])
    result = run(ana, opened, content, dry_run=False)
    assert (result.rows, result.imported) == (1, True)
    assert bytes(AnswerStore.objects.get().answers) == bytes([*[5] * (width - 1), 1])


def test_one_bad_cell_stores_nothing(ana, opened):
    content = csv_of(opened, *[line("3", opened)] * 50, line("9", opened))
    result = run(ana, opened, content, dry_run=False)
    assert (result.imported, AnswerStore.objects.count()) == (False, 0)


def test_trouble_while_storing_leaves_nothing(ana, opened, monkeypatch):
    def breaks(*_):
        raise ValueError("broken")

    monkeypatch.setattr(store, "put_imported_comments", breaks)
    with pytest.raises(ValueError, match="broken"):
        run(ana, opened, csv_of(opened, line("3", opened)), dry_run=False)
    assert AnswerStore.objects.count() == 0


def test_imported_comments_are_sealed_and_counted_after_closing(ana, opened):
    ids = [item["id"] for page in opened.frozen["instrument"]["pages"] for item in page["items"]]
    content = csv_of(opened, line("3", opened) + ",the blue door", line("4", opened) + ",",
                     header=[*ids, "comment_M"])
    run(ana, opened, content, dry_run=False)
    assert b"blue" not in bytes(Comment.objects.get().sealed)
    writes.close_round(ana, opened, today=OPENED)
    assert store.raw_answers(opened).commented == 1
    assert [(domain, words) for _, domain, words in store.raw_comments(opened)] == [("M", "the blue door")]


def test_import_into_a_closed_round_is_refused(ana, opened):
    content = csv_of(opened, line("3", opened))
    writes.close_round(ana, opened, today=OPENED)
    with pytest.raises(RoundNotOpen):
        run(ana, opened, content)


def test_round_that_closes_during_the_reading_takes_nothing(ana, opened):
    content = csv_of(opened, line("3", opened))

    def close_meanwhile(rows):
        type(opened).objects.filter(pk=opened.pk).update(state="closed")

    with pytest.raises(RoundNotOpen):
        run(ana, opened, content, dry_run=False, progress=close_meanwhile)
    assert AnswerStore.objects.count() == 0


def test_file_without_answers_is_not_imported(ana, opened):
    assert run(ana, opened, csv_of(opened), dry_run=False).imported is False


def test_broken_file_is_refused(ana, opened):
    with pytest.raises(ImportRefused):
        run(ana, opened, b"\xff\xfe")


@pytest.mark.parametrize("name", ["dee", "fay", "fin", "ben", "sol", "cleo"])
def test_only_the_coordinator_of_the_organization_imports(request, opened, name):
    with pytest.raises(Refused):
        run(request.getfixturevalue(name), opened, csv_of(opened, line("3", opened)))


def test_command_line_imports_without_an_account(ana, opened):
    assert run(None, opened, csv_of(opened, line("3", opened)), dry_run=False).imported is True
    assert [(entry.act, entry.account_id) for entry in entries_of(ana)] == [("answers.imported", None)]


def test_result_tells_nothing_about_others(ana, opened):
    content = csv_of(opened, line("3", opened))
    alone = run(ana, opened, content)
    for _ in range(7):
        store.hold(opened, "2" * store.width_of(opened), {})
    assert run(ana, opened, content) == alone


def test_hundred_thousand_lines_are_imported_in_seconds(ana, house):
    big = make_open_round(make_cycle(house), voice="staff")
    content = csv_of(big, *[line("3", big)] * 100_000)
    start = time.perf_counter()
    assert run(ana, big, content, dry_run=False).rows == 100_000
    assert time.perf_counter() - start < 10  # about 1.2 s on one core of 2020; ten times that is a fault
