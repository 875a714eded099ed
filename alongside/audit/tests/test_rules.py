from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.audit.rules import (
    Break,
    Ends,
    Facts,
    How,
    Link,
    NotAHead,
    first_break,
    head_of,
    is_older_than_kept,
    mac_of,
    mac_of_ends,
    parse_head,
)

KEY, HOUSE = b"k" * 32, UUID(int=7)
LONG = 9


def made(count: int = LONG, act: str = "round.opened", other: int = 0) -> tuple[Ends, list[Link]]:
    """A whole log of so many entries; the one with the number `other` says something else."""
    links, mac = [], ""
    for number in range(1, count + 1):
        at = datetime(2027, 3, 1, tzinfo=UTC) + timedelta(hours=number)
        said = "round.closed" if number == other else act
        facts = Facts(number, HOUSE, UUID(int=1), said, "listening.round", str(number), at)
        mac = mac_of(KEY, mac, facts)
        links.append(Link(facts, mac))
    return sealed(Ends(HOUSE, 0, "", count, mac, "")), links


def sealed(ends: Ends) -> Ends:
    return replace(ends, mac=mac_of_ends(KEY, ends))


def changed(link: Link, **facts) -> Link:
    return replace(link, facts=replace(link.facts, **facts))


def head(links: list[Link], number: int):
    return head_of(number, links[number - 1].mac)


def test_whole_log_is_whole():
    assert first_break(KEY, *made()) is None


def test_empty_log_is_whole():
    assert first_break(KEY, sealed(Ends(HOUSE, 0, "", 0, "", "")), []) is None


@pytest.mark.parametrize("fact", [
    {"act": "round.closed"}, {"account_id": UUID(int=2)}, {"account_id": None}, {"thing_id": "0"},
    {"thing_kind": "listening.cycle"}, {"at": datetime(2027, 1, 1, tzinfo=UTC)}, {"organization_id": UUID(int=8)},
])
@given(at=st.integers(0, LONG - 1))
def test_changed_entry_is_found(fact, at):
    ends, links = made()
    links[at] = changed(links[at], **fact)
    assert first_break(KEY, ends, links) == Break(at + 1, How.CHANGED)


@given(at=st.integers(0, LONG - 2))
def test_removed_entry_is_found(at):
    ends, links = made()
    del links[at]
    assert first_break(KEY, ends, links) == Break(at + 1, How.MISSING)


@given(at=st.integers(0, LONG - 2))
def test_removed_entry_is_found_where_the_others_were_numbered_anew(at):
    ends, links = made()
    del links[at]
    links = [changed(link, number=number) for number, link in enumerate(links, start=1)]
    assert first_break(KEY, ends, links) == Break(at + 1, How.CHANGED)


@given(at=st.integers(0, LONG - 1))
def test_inserted_entry_is_found(at):
    ends, links = made()
    links.insert(at, replace(links[at], mac="0" * 64))
    assert first_break(KEY, ends, links) == Break(at + 1, How.CHANGED)


@given(at=st.integers(0, LONG - 1))
def test_entry_that_stands_twice_is_found(at):
    ends, links = made()
    links.insert(at, links[at])
    assert first_break(KEY, ends, links) == Break(at + 1, How.ADDED)


@given(st.data())
def test_swapped_entries_are_found(data):
    one, other = sorted(data.draw(st.sets(st.integers(0, LONG - 1), min_size=2, max_size=2)))
    ends, links = made()
    links[one], links[other] = changed(links[other], number=one + 1), changed(links[one], number=other + 1)
    assert first_break(KEY, ends, links) == Break(one + 1, How.CHANGED)


@given(left=st.integers(0, LONG - 1))
def test_cut_end_is_found(left):
    ends, links = made()
    assert first_break(KEY, ends, links[:left]) == Break(left + 1, How.CUT)


def test_ends_that_were_moved_together_with_the_cut_are_found():
    ends, links = made()
    moved = replace(ends, last_number=5, last_mac=links[4].mac)
    assert first_break(KEY, moved, links[:5]) == Break(0, How.ENDS)


def test_older_copy_of_the_whole_log_is_found_with_a_head():
    _, links = made()
    ends, older = made(5)
    assert first_break(KEY, ends, older) is None
    assert first_break(KEY, ends, older, head(links, LONG)) == Break(6, How.CUT)


def test_log_written_anew_with_the_key_is_found_with_a_head():
    _, links = made()
    ends, anew = made(act="round.closed")
    assert first_break(KEY, ends, anew) is None
    assert first_break(KEY, ends, anew, head(links, 4)) == Break(4, How.OTHER_HEAD)


@given(st.data())
def test_head_vouches_for_every_entry_before_it(data):
    other = data.draw(st.integers(1, LONG))
    held = data.draw(st.integers(other, LONG))
    _, links = made()
    ends, anew = made(other=other)  # by somebody who has the key
    assert first_break(KEY, ends, anew, head(links, held)) == Break(held, How.OTHER_HEAD)


@given(at=st.integers(1, LONG - 2))
def test_entry_of_another_course_of_events_is_found(at):
    """A log that was cut and went on; later an entry of before is put in the place of one of after."""
    _, before = made(act="round.closed")
    ends, links = made()
    links[at] = before[at]
    assert first_break(KEY, ends, links) == Break(at + 1, How.CHANGED)


@given(number=st.integers(1, LONG))
def test_head_of_any_entry_fits_a_whole_log(number):
    ends, links = made()
    assert first_break(KEY, ends, links, head(links, number)) is None


@given(purged=st.integers(1, LONG))
def test_purged_log_is_whole(purged):
    ends, links = made()
    shorter = sealed(replace(ends, purged_number=purged, purged_mac=links[purged - 1].mac))
    for held in range(purged, LONG + 1):
        assert first_break(KEY, shorter, links[purged:], head(links, held)) is None


def test_beginning_that_was_removed_by_hand_is_found():
    ends, links = made()
    assert first_break(KEY, ends, links[3:]) == Break(1, How.MISSING)
    claimed = replace(ends, purged_number=3, purged_mac=links[2].mac)
    assert first_break(KEY, claimed, links[3:]) == Break(0, How.ENDS)


def test_other_head_at_the_beginning_of_a_purged_log_is_found():
    ends, links = made()
    shorter = sealed(replace(ends, purged_number=3, purged_mac=links[2].mac))
    assert first_break(KEY, shorter, links[3:], head_of(3, "0" * 64)) == Break(3, How.OTHER_HEAD)


def test_head_older_than_what_is_kept_says_nothing():
    ends, links = made()
    shorter = sealed(replace(ends, purged_number=3, purged_mac=links[2].mac))
    assert [is_older_than_kept(shorter, head(links, number)) for number in (2, 3)] == [True, False]


def test_log_does_not_fit_under_another_key():
    assert first_break(b"x" * 32, *made()) == Break(0, How.ENDS)


@given(number=st.integers(1, 10**9), mac=st.binary(min_size=32, max_size=32))
def test_head_reads_back_as_it_was_written(number, mac):
    written = head_of(number, mac.hex())
    assert parse_head(str(written)) == written


@pytest.mark.parametrize("typed", [
    " 12 : 0123 4567 89AB cdef ", "12:0123456789abcdef", "12:0123\u20114567\u201189ab\u2011cdef"])
def test_head_is_read_however_it_was_copied(typed):
    assert parse_head(typed) == head_of(12, "0123456789abcdef")


@pytest.mark.parametrize("typed", [
    "", "12", "12:", "12:0123", "0:0123456789abcdef", "12:0123456789abcdefg", "-1:0" * 9])
def test_what_is_no_head_is_refused(typed):
    with pytest.raises(NotAHead):
        parse_head(typed)
