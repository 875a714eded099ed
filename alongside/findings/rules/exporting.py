"""When a file may leave the organization: somebody else said so, and not long ago."""

from datetime import date, timedelta
from uuid import UUID

# So many days a request waits for an answer, and an approved one can be fetched.
WAITS, FETCHED = 14, 7


def is_open(state: str, asked_on: date, today: date) -> bool:
    """Whether a request still waits for somebody."""
    return state == "asked" and today <= asked_on + timedelta(days=WAITS)


def is_alive(state: str, asked_on: date, decided_on: date | None, today: date) -> bool:
    """Whether a request still waits, or still lets somebody fetch the file."""
    return is_open(state, asked_on, today) or may_fetch(state, decided_on, today)


def may_decide(asked_by: UUID, decider: UUID | None) -> bool:
    """Nobody approves their own request, whatever their roles and however often they are signed in."""
    return decider is not None and decider != asked_by


def last_day(decided_on: date) -> date:
    """The last day on which an approved file can be fetched."""
    return decided_on + timedelta(days=FETCHED)


def may_fetch(state: str, decided_on: date | None, today: date) -> bool:
    """Whether the file can be fetched today."""
    return state == "approved" and decided_on is not None and today <= last_day(decided_on)
