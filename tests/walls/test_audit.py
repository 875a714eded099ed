"""The log of acts: what was changed, removed, put in, cut or moved in the database is found."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from alongside.access.api import Actor
from alongside.audit import writes
from alongside.audit.api import (
    Break,
    How,
    check_log,
    entries_of,
    make_due_heads,
    purge_entries,
    record,
    record_reading,
    state_of,
)
from alongside.audit.models import Chain, Entry
from alongside.organizations.api import add_unit

pytestmark = [pytest.mark.store, pytest.mark.django_db]
ACTS = 8
TODAY = date(2027, 6, 1)


@pytest.fixture
def log(ana, house):
    """A log with eight acts."""
    for _ in range(ACTS):
        record(ana, "round.opened", house)
    return Entry.objects.filter(organization_id=house.pk)


def broken(house, head=None) -> Break | None:
    return check_log(house.pk, head).broken


def test_log_of_acts_is_whole(log, house):
    assert (check_log(house.pk).entries, broken(house)) == (ACTS, None)


@pytest.mark.parametrize(("column", "value"), [
    ("act", "round.closed"), ("account_id", None), ("thing_id", "other"), ("thing_kind", "other"), ("mac", "0" * 64),
    ("at", datetime(2020, 1, 1, tzinfo=UTC)),
])
def test_changed_row_is_found(log, house, column, value):
    log.filter(number=3).update(**{column: value})
    assert broken(house) == Break(3, How.CHANGED)


def test_removed_row_is_found(log, house):
    log.filter(number=3).delete()
    assert broken(house) == Break(3, How.MISSING)


def test_row_put_in_at_the_end_is_found(log, house):
    Entry.objects.create(organization_id=house.pk, number=ACTS + 1, act="round.opened", at=timezone.now(), mac="0" * 64)
    assert broken(house) == Break(ACTS + 1, How.ADDED)


def test_row_put_in_between_is_found(log, house):
    for entry in log.filter(number__gte=4).order_by("-number"):
        Entry.objects.filter(pk=entry.pk).update(number=entry.number + 1)
    Entry.objects.create(organization_id=house.pk, number=4, act="round.opened", at=timezone.now(), mac="0" * 64)
    assert broken(house) == Break(4, How.CHANGED)


def test_swapped_rows_are_found(log, house):
    for old, new in ((2, 99), (5, 2), (99, 5)):
        log.filter(number=old).update(number=new)
    assert broken(house) == Break(2, How.CHANGED)


def test_cut_end_is_found(log, house):
    log.filter(number__gt=6).delete()
    assert broken(house) == Break(7, How.CUT)


def test_cut_end_with_the_ends_put_back_is_found(log, house):
    last = log.get(number=6)
    log.filter(number__gt=6).delete()
    Chain.objects.filter(pk=house.pk).update(last_number=6, last_mac=last.mac)
    assert broken(house) == Break(0, How.ENDS)


def test_older_copy_of_the_whole_table_is_found_by_whoever_holds_a_head(log, house, ana):
    older = Chain.objects.get(pk=house.pk)
    record(ana, "cycle.removed", house)
    held = check_log(house.pk).head
    log.filter(number__gt=ACTS).delete()
    older.save()
    assert (broken(house), broken(house, held)) == (None, Break(ACTS + 1, How.CUT))


def test_log_that_was_removed_whole_is_found_by_whoever_holds_a_head(log, house):
    held = check_log(house.pk).head
    log.delete()
    Chain.objects.all().delete()
    assert broken(house, held) == Break(1, How.CUT)


def test_row_of_another_organization_does_not_fit(log, house, cleo):
    record(cleo, "round.closed", house)
    strange = Entry.objects.get(organization_id=cleo.organization_id)
    log.filter(number=1).update(mac=strange.mac, account_id=strange.account_id, act=strange.act, at=strange.at)
    assert broken(house) == Break(1, How.CHANGED)


def test_acts_after_a_break_do_not_heal_it(log, house, ana):
    log.filter(number=3).update(act="round.closed")
    Chain.objects.filter(pk=house.pk).update(last_number=5)
    record(ana, "round.opened", house)
    assert (log.count(), broken(house)) == (ACTS + 1, Break(0, How.ENDS))


def test_lost_ends_do_not_stop_the_work_and_are_not_healed(log, house, ana):
    Chain.objects.all().delete()
    record(ana, "round.opened", house)
    assert (log.count(), broken(house)) == (ACTS + 1, Break(0, How.ENDS))


def test_acts_of_the_installation_have_a_log_of_their_own(ana, house):
    record(Actor(account_id=ana.account_id), "password.changed", house)
    Entry.objects.filter(organization_id=None).update(act="other")
    assert (check_log(None).broken, broken(house)) == (Break(1, How.CHANGED), None)


# -- purging -----------------------------------------------------------------------------------------------------

@pytest.fixture
def old_log(ana, house, monkeypatch):
    """Eight acts, one a day, the last on May 31."""
    for ago in range(ACTS, 0, -1):
        day = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC) - timedelta(days=ago)
        monkeypatch.setattr(timezone, "now", lambda day=day: day)
        record(ana, "round.opened", house)
    monkeypatch.undo()
    return Entry.objects.filter(organization_id=house.pk)


@pytest.mark.parametrize("days", range(ACTS + 1))
def test_purged_log_can_still_be_checked(old_log, house, ana, days):
    assert purge_entries(TODAY - timedelta(days=days)) == ACTS - days
    record(ana, "round.opened", house)
    assert (old_log.count(), broken(house)) == (days + 1, None)


def test_change_after_a_purge_is_found(old_log, house):
    purge_entries(TODAY - timedelta(days=5))
    old_log.filter(number=5).update(act="other")
    assert broken(house) == Break(5, How.CHANGED)


def test_entry_that_was_made_old_is_purged_and_leaves_the_log_broken(old_log, house):
    old_log.filter(number__lte=4).update(at=datetime(2001, 1, 1, tzinfo=UTC))
    purge_entries(date(2010, 1, 1))
    assert (old_log.count(), broken(house)) == (4, Break(0, How.ENDS))


# -- heads -------------------------------------------------------------------------------------------------------

def test_head_of_the_week_is_made_once_a_week(log, house, ana):
    made = [make_due_heads(TODAY + timedelta(days=day)) for day in (0, 1, 6, 7)]
    assert made == [1, 0, 0, 1]
    assert state_of(ana).head == check_log(house.pk).head


def test_weekly_check_notes_a_break_and_makes_no_head(log, house, ana):
    log.filter(number=3).update(act="other")
    make_due_heads(TODAY)
    assert (state_of(ana).broken, state_of(ana).head) == (Break(3, How.CHANGED), None)


# -- several at once ---------------------------------------------------------------------------------------------

WRITERS, EACH = 4, 15


def act_at_once(actor, house, start: threading.Barrier, failed: list) -> None:
    """One writer: an ordinary act that locks a row of its own and is recorded, again and again."""
    try:
        start.wait()
        for number in range(EACH):
            with transaction.atomic():
                add_unit(actor, name=f"{threading.get_ident()} {number}")
                record(actor, "unit.renamed", house)
    except Exception as error:
        failed.append(error)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_parallel_acts_make_one_unbroken_chain(house, ana):
    failed, start = [], threading.Barrier(WRITERS)
    writers = [threading.Thread(target=act_at_once, args=(ana, house, start, failed)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    numbers = list(Entry.objects.filter(organization_id=house.pk).order_by("number").values_list("number", flat=True))
    assert (failed, broken(house)) == ([], None)
    assert numbers == list(range(1, 2 * WRITERS * EACH + 1))


@pytest.mark.django_db(transaction=True)
def test_act_that_is_undone_leaves_no_entry_and_no_gap(house, ana):
    def undone() -> None:
        with transaction.atomic():
            record(ana, "round.opened", house)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        undone()
    record(ana, "round.opened", house)
    assert (list(entries_of(ana).values_list("number", flat=True)), broken(house)) == ([1], None)


@pytest.mark.django_db(transaction=True)
def test_recording_by_itself_is_whole_or_not_at_all(house, ana, monkeypatch):
    def broken_off(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(writes, "_move", broken_off)
    with pytest.raises(ZeroDivisionError):
        record(ana, "round.opened", house)
    assert entries_of(ana).count() == 0


# -- readings ----------------------------------------------------------------------------------------------------

def test_reading_is_recorded_once_a_day_for_each_person_and_thing(ana, dee, house, other_house):
    for who, what in ((ana, house), (ana, house), (dee, house), (ana, other_house)):
        record_reading(who, "comments.read", what)
    assert entries_of(ana).count() == 3


def test_reading_is_recorded_again_the_next_day(ana, house):
    record_reading(ana, "comments.read", house)
    record_reading(ana, "comments.read", house, today=timezone.localdate() + timedelta(days=1))
    assert entries_of(ana).count() == 2


def test_no_key_of_the_log_is_in_the_database(log, settings):
    key = settings.AUDIT_KEY_FILE.read_text().strip()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'select * from "{table}"')  # noqa: S608 - names from the database itself
            assert key not in str(cursor.fetchall())
