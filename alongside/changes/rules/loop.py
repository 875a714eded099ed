"""Where a cycle stands on the loop, and the one next step. Pure: today is handed in."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# "A reply within six weeks" is what people were promised at planning; after that the wait itself does harm.
LONGEST_WAIT_DAYS = 45
SOON = timedelta(days=14)


class Place(StrEnum):
    """The five places of the loop, in their order."""

    ASK = "ask"
    LISTEN = "listen"
    READ = "read"
    DECIDE = "decide"
    REPLY = "reply"


class Step(StrEnum):
    """What comes next."""

    PLAN = "plan"
    OPEN = "open"
    LISTEN = "listen"
    CLOSE = "close"
    FIND = "find"
    DECIDE = "decide"
    WRITE = "write"
    PUBLISH = "publish"
    FINISH = "finish"
    AGAIN = "again"


PLACE_OF = {
    Step.PLAN: Place.ASK, Step.OPEN: Place.ASK, Step.LISTEN: Place.LISTEN, Step.CLOSE: Place.LISTEN,
    Step.FIND: Place.READ, Step.DECIDE: Place.DECIDE, Step.WRITE: Place.REPLY, Step.PUBLISH: Place.REPLY,
    Step.FINISH: Place.REPLY, Step.AGAIN: Place.REPLY,
}


@dataclass(frozen=True)
class LoopState:
    """All that the next step depends on. No count of answers is among it."""

    has_cycle: bool = False
    opened: bool = False
    may_close: bool = False
    released: bool = False
    findings: int = 0
    decided: int = 0
    languages_missing: int = 0
    published: bool = False
    finished: bool = False


def next_step(state: LoopState) -> Step:
    """The first thing on the loop that is not done yet. A published reply is past deciding: what came up
    later is no reason to stay open."""
    done_before = (
        (state.has_cycle, Step.PLAN),
        (not state.finished, Step.AGAIN),
        (not state.published, Step.FINISH),
        (state.opened or state.released, Step.OPEN),
        (state.may_close or state.released, Step.LISTEN),
        (state.released, Step.CLOSE),
        (state.findings > 0, Step.FIND),
        (state.decided >= state.findings, Step.DECIDE),
        (state.languages_missing == 0, Step.WRITE),
    )
    return next((step for is_done, step in done_before if not is_done), Step.PUBLISH)


def may_close(*, closes_on: date, open_rounds: int, closed_rounds: int, today: date) -> bool:
    """Whether listening is over: the last day has passed, or every round that was opened is closed."""
    return (open_rounds > 0 and today > closes_on) or (open_rounds == 0 and closed_rounds > 0)


def days_waiting(asked_on: date | None, published_on: date | None, today: date) -> int | None:
    """Days since the first people were asked, as long as there is no reply; None where nobody waits."""
    if asked_on is None or published_on is not None or asked_on > today:
        return None
    return (today - asked_on).days


def waits_too_long(days: int | None, reply_due: date, today: date) -> bool:
    """Whether people wait longer than was promised, or than is fair."""
    return days is not None and (today > reply_due or days > LONGEST_WAIT_DAYS)


def is_overdue(due: date | None, today: date) -> bool:
    """A promise without a date is never overdue; one due today is still kept."""
    return due is not None and due < today


def is_due_soon(due: date | None, today: date) -> bool:
    """Due within two weeks from today, and not overdue."""
    return due is not None and today <= due <= today + SOON
