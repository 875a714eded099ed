"""Comments are locked as they come in: by a form, or from a file."""

import io

import pytest
from django.core.cache import cache

from alongside.listening import store
from alongside.listening.answering.pages import forget_pages
from alongside.listening.answering.sheets import forget_sheets
from alongside.listening.answering.tests.conftest import Remy
from alongside.listening.boxes.locking import locked, place_of
from alongside.listening.importing import import_answers
from alongside.listening.models import Comment
from alongside.listening.tests.factories import csv_of, make_code, make_cycle, make_open_round
from alongside.listening.writes import close_round
from alongside.privacy.api import box

from .factories import box_in_use, boxed_round

pytestmark = [pytest.mark.django_db, pytest.mark.store]
WORDS = "The door is loud at night."


@pytest.fixture(autouse=True)
def _nothing_kept():
    forget_sheets()
    forget_pages()
    cache.clear()
    yield
    forget_sheets()


def opened(row, words, round_) -> list[str]:
    made = box.Box.from_plain(row.promise)
    private = box.combine(made, words[:made.needed])
    return [box.open_locked(private, place_of(round_.pk, domain), text)
            for _id, domain, text in store.raw_comments(round_)]


def send_one(round_) -> None:
    remy = Remy(round_.address)
    remy.open()
    remy.press("next", c=make_code(round_))
    remy.press("next", t1=WORDS)
    remy.press(str(len(round_.frozen["instrument"]["pages"]) + 1))
    remy.press("send")
    assert remy.response.status_code == 200


def test_comment_that_was_sent_is_locked(house, ana):
    row, words = box_in_use(ana)
    round_ = boxed_round(make_cycle(house), row)
    send_one(round_)
    close_round(ana, round_)
    assert WORDS not in str(store.raw_comments(round_))
    assert opened(row, words, round_) == [WORDS]


def test_comment_is_locked_before_it_waits(house, ana, monkeypatch):
    row, _ = box_in_use(ana)
    kept = []
    monkeypatch.setattr("alongside.listening.store.hold", lambda *facts: kept.append(facts))
    round_ = boxed_round(make_cycle(house), row)
    send_one(round_)
    assert len(kept) == 1
    assert WORDS not in str(kept)


def test_comments_of_a_file_are_locked(house, ana):
    row, words = box_in_use(ana)
    round_ = boxed_round(make_cycle(house), row)
    asked = [item["id"] for page in round_.frozen["instrument"]["pages"] for item in page["items"]]
    header = [*asked, "comment_" + round_.frozen["instrument"]["pages"][0]["domain_id"]]
    file = csv_of(round_, ",".join(["3"] * len(asked) + [WORDS]), header=header)
    assert import_answers(ana, round_, io.BytesIO(file), dry_run=False).imported
    assert WORDS not in str(store.raw_comments(round_))
    assert opened(row, words, round_) == [WORDS]


def test_round_without_a_box_keeps_comments_as_before(house, ana):
    box_in_use(ana)
    round_ = make_open_round(make_cycle(house))
    send_one(round_)
    close_round(ana, round_)
    assert [text for *_, text in store.raw_comments(round_)] == [WORDS]


def test_locked_comments_of_one_round_do_not_open_in_another(house, ana):
    row, words = box_in_use(ana)
    cycle = make_cycle(house)
    mine, other = boxed_round(cycle, row), boxed_round(cycle, row, "staff")
    store.put_imported_comments(other, locked(mine, [("M", WORDS)]))
    with pytest.raises(box.StaysShut):
        opened(row, words, other)


def test_stored_comments_are_equally_long(house, ana):
    row, _ = box_in_use(ana)
    round_ = boxed_round(make_cycle(house), row)
    store.put_imported_comments(round_, locked(round_, [("M", "No."), ("M", "x" * 1990)]))
    assert len({len(bytes(one.sealed)) for one in Comment.objects.all()}) == 1
