"""The chain that makes a log tamper-evident, and what breaks it. Pure.

Each entry has a number and mac = HMAC-SHA256(key, mac of the entry before, newline, the entry as canonical JSON).
Without the key nobody can change, remove, insert or move an entry so that the rest still fits. Whoever has the
key could write the whole log anew: against that stands a head, number and mac of one entry, kept by a person.
"""

import hmac
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

SHORT = 16  # hex digits of a mac that are written down by hand: nobody finds another entry with the same 64 bits


@dataclass(frozen=True)
class Facts:
    """What an entry says."""

    number: int
    organization_id: UUID | None
    account_id: UUID | None
    act: str
    thing_kind: str
    thing_id: str
    at: datetime


@dataclass(frozen=True)
class Link:
    """An entry as it stands in the log."""

    facts: Facts
    mac: str


@dataclass(frozen=True)
class Ends:
    """Where a log begins and ends: number and mac of the newest entry that was purged, and of the newest of all.

    `mac` covers the four and whose log it is. Number 0 and an empty mac: none was purged, or there is none.
    """

    organization_id: UUID
    purged_number: int
    purged_mac: str
    last_number: int
    last_mac: str
    mac: str


@dataclass(frozen=True)
class Head:
    """One entry, as a person outside keeps it: its number and the first 16 hex digits of its mac."""

    number: int
    mac: str

    def __str__(self) -> str:
        return f"{self.number}:{'-'.join(self.mac[at:at + 4] for at in range(0, SHORT, 4))}"


class NotAHead(ValueError):
    """What was typed is not number:mac."""


class How(StrEnum):
    """In which way a log is broken."""

    ENDS = "ends"  # the row with its two ends was changed or removed
    CHANGED = "changed"  # this entry, or its place, is not what was recorded
    MISSING = "missing"  # there is no entry with this number
    ADDED = "added"  # this entry was put in
    CUT = "cut"  # this entry and those after it are missing, or the log was written anew
    OTHER_HEAD = "other head"  # the entry with this number is not the one that the person holds


@dataclass(frozen=True)
class Break:
    """The first place where a log is broken."""

    number: int
    how: How


def head_of(number: int, mac: str) -> Head:
    """The head that names this entry."""
    return Head(number, mac[:SHORT])


def parse_head(text: str) -> Head:
    """A head as it was typed: spaces, hyphens and capitals don't matter. Raises `NotAHead`."""
    found = re.fullmatch(r"([1-9]\d{0,14}):([0-9a-f]{16})", re.sub(r"[\s\-\u2010\u2011]", "", text).lower())
    if not found:
        raise NotAHead
    return Head(int(found[1]), found[2])


def mac_of(key: bytes, previous: str, facts: Facts) -> str:
    """The mac (64 hex digits) of an entry that comes after the one with the mac `previous` ("" for the first)."""
    return _mac(key, previous, {
        "number": facts.number, "organization": _text(facts.organization_id), "account": _text(facts.account_id),
        "act": facts.act, "kind": facts.thing_kind, "thing": facts.thing_id,
        "at": facts.at.astimezone(UTC).isoformat(timespec="microseconds"),
    })


def mac_of_ends(key: bytes, ends: Ends) -> str:
    """The mac that belongs to these ends."""
    return _mac(key, "ends", [
        str(ends.organization_id), ends.purged_number, ends.purged_mac, ends.last_number, ends.last_mac])


def fits(key: bytes, ends: Ends) -> bool:
    """Whether the ends are as they were written last."""
    return hmac.compare_digest(mac_of_ends(key, ends), ends.mac)


def first_break(key: bytes, ends: Ends, links: Iterable[Link], head: Head | None = None) -> Break | None:
    """The first place where the log is broken, or None. `links`: every entry up to the last number, by number."""
    if not fits(key, ends):
        return Break(0, How.ENDS)
    number, mac = ends.purged_number, ends.purged_mac
    wrong = _wrong_head(head, number, mac)
    for link in links:
        wrong = wrong or _wrong_link(key, number, mac, link)
        number, mac = link.facts.number, link.mac
        wrong = wrong or _wrong_head(head, number, mac)
        if wrong:
            return wrong
    if number < ends.last_number:
        return Break(number + 1, How.CUT)
    if head and head.number > number:
        return Break(number + 1, How.CUT)
    return wrong


def is_older_than_kept(ends: Ends, head: Head) -> bool:
    """Whether the entry that a head names was purged with those after it, so that nothing can be said."""
    return head.number < ends.purged_number


def _wrong_link(key: bytes, number: int, mac: str, link: Link) -> Break | None:
    """What is wrong with the entry that comes after the one with this number and mac."""
    found = link.facts.number
    if found <= number:
        return Break(found, How.ADDED)
    if found > number + 1:
        return Break(number + 1, How.MISSING)
    fitting = hmac.compare_digest(mac_of(key, mac, link.facts), link.mac)
    return None if fitting else Break(found, How.CHANGED)


def _wrong_head(head: Head | None, number: int, mac: str) -> Break | None:
    if head is None or head.number != number or (number, mac) == (0, ""):
        return None
    return None if hmac.compare_digest(head.mac, mac[:SHORT]) else Break(number, How.OTHER_HEAD)


def _mac(key: bytes, previous: str, said: object) -> str:
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hmac.digest(key, f"{previous}\n{text}".encode(), "sha256").hex()


def _text(value: UUID | None) -> str | None:
    return None if value is None else str(value)
