"""Lists are sealed and whole; a message goes to all of them or to nobody."""

import pytest
from django.db import IntegrityError, connection, transaction

from alongside.access.api import Refused
from alongside.audit.api import entries_of
from alongside.outside.mail.models import AddressList, Mailing
from alongside.outside.mail.rules import EnoughSent, ListNotReadable, NobodyListed, NotTheTime, UnderWay
from alongside.outside.mail.writes import (
    keep_list,
    open_list,
    remove_list,
    send_to_all,
    sent_by_hand,
    take_batch,
)

from .factories import TODAY, WORDS, addresses, make_asked, make_waiting

pytestmark = pytest.mark.store


def _everything_stored() -> bytes:
    """Every byte of the two tables, as a thief of the database file would read them."""
    with connection.cursor() as cursor:
        found = []
        for table in ("mail_addresslist", "mail_mailing", "audit_entry"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - names from this file
            values = [value for row in cursor for value in row]
            found += [repr(bytes(v) if isinstance(v, bytes | memoryview) else v) for v in values]
    return " ".join(found).encode()


def test_keep_list_gives_back_what_was_kept(ana, house):
    assert open_list(ana, make_asked(ana, house, 2)) == ("p00@example.org", "p01@example.org")


def test_keep_list_again_replaces_it(ana, house):
    round_ = make_asked(ana, house)
    keep_list(ana, round_, "new@example.org")
    assert (open_list(ana, round_), AddressList.objects.get().people) == (("new@example.org",), 1)


def test_keep_list_with_a_wrong_line_keeps_the_old_one(ana, house):
    round_ = make_asked(ana, house, 1)
    with pytest.raises(ListNotReadable):
        keep_list(ana, round_, "new@example.org\nnobody")
    assert open_list(ana, round_) == ("p00@example.org",)


def test_no_address_can_be_read_from_the_database(ana, house):
    make_waiting(ana, house)
    assert b"p00@" not in _everything_stored()


def test_nobody_has_a_row_of_their_own(ana, house):
    make_waiting(ana, house, 30)
    assert (AddressList.objects.count(), Mailing.objects.count()) == (1, 1)


def test_open_list_is_recorded(ana, house):
    open_list(ana, make_asked(ana, house))
    assert entries_of(ana).first().act == "addresses.opened"


def test_remove_list_deletes_it(ana, house):
    remove_list(ana, make_asked(ana, house))
    assert AddressList.objects.count() == 0


@pytest.mark.parametrize("who", ["dee", "ben", "fay", "fin", "sol", "cleo"])
def test_lists_are_refused_to_everybody_else(request, ana, house, who):
    round_ = make_asked(ana, house)
    with pytest.raises(Refused):
        open_list(request.getfixturevalue(who), round_)


@pytest.mark.parametrize("who", ["dee", "ben", "fay", "fin", "sol", "cleo"])
def test_sending_is_refused_to_everybody_else(request, ana, house, who):
    round_ = make_asked(ana, house)
    with pytest.raises(Refused):
        send_to_all(request.getfixturevalue(who), round_, "invitation", WORDS, today=TODAY)


def test_sending_without_a_list_is_refused(ana, house):
    round_ = make_asked(ana, house)
    remove_list(ana, round_)
    with pytest.raises(NobodyListed):
        send_to_all(ana, round_, "invitation", WORDS, today=TODAY)


def test_sending_the_answer_before_it_is_published_is_refused(ana, house):
    with pytest.raises(NotTheTime):
        send_to_all(ana, make_asked(ana, house), "answer", WORDS, today=TODAY)


def test_sending_twice_at_once_is_refused(ana, house):
    mailing = make_waiting(ana, house)
    with pytest.raises(UnderWay):
        send_to_all(ana, mailing.round, "reminder", WORDS, today=TODAY)


def test_the_table_refuses_two_messages_under_way(ana, house):
    mailing = make_waiting(ana, house)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mailing.objects.create(
            organization=house, round=mailing.round, kind="reminder", subject="x", body="y", people=1,
            planned_on=TODAY)


def test_sent_by_hand_is_sent_to_all_and_holds_no_address(ana, house):
    mailing = sent_by_hand(ana, make_asked(ana, house), "invitation", WORDS, today=TODAY)
    assert (mailing.state, mailing.by_hand, mailing.people, mailing.sealed_queue) == ("sent", True, 3, None)


def test_sent_by_hand_again_is_refused(ana, house):
    round_ = make_asked(ana, house)
    sent_by_hand(ana, round_, "invitation", WORDS, today=TODAY)
    with pytest.raises(EnoughSent):
        sent_by_hand(ana, round_, "invitation", WORDS, today=TODAY)


def test_batches_together_are_everyone_once(ana, house):
    mailing = make_waiting(ana, house, 23)
    batches = []
    while taken := take_batch(mailing.pk, TODAY):
        batches.append(taken[1])
    everyone = sorted(address for batch in batches for address in batch)
    assert ([len(batch) for batch in batches], everyone) == ([10, 10, 3], addresses(23).split("\n"))


def test_the_last_batch_wipes_the_queue(ana, house):
    mailing = make_waiting(ana, house, 3)
    take_batch(mailing.pk, TODAY)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.sealed_queue, mailing.sent_on) == ("sent", None, TODAY)


def test_a_batch_is_taken_before_it_is_sent(ana, house):
    mailing = make_waiting(ana, house, 15)
    take_batch(mailing.pk, TODAY)
    mailing.refresh_from_db()
    assert (mailing.state, mailing.taken, mailing.unsure) == ("sending", 10, 10)
