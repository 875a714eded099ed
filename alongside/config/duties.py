"""What the worker does by the clock. Each duty is a function of now that may be called at any time and any
number of times: the second call finds nothing to do. Each locks the rows that it changes, so two workers do
no harm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from . import writes

OFTEN, DAILY = timedelta(0), timedelta(days=1)


@dataclass(frozen=True)
class Duty:
    """`do` is handed now (UTC). `every`: not again before that much time has passed."""

    name: str
    do: Callable[[datetime], object]
    every: timedelta = OFTEN


def _close_rounds(now: datetime) -> int:
    from alongside.listening.api import close_due_rounds, day_everywhere

    return close_due_rounds(day_everywhere(now))


def _release_results(now: datetime) -> int:
    from alongside.findings.api import release_ready_cycles

    return release_ready_cycles(now.date())


def _propose_cycles(now: datetime) -> int:
    from alongside.listening.api import propose_due_cycles

    return propose_due_cycles(now.date())


def _send_mail(now: datetime) -> int:
    from alongside.outside.mail.api import send_due_mail

    return send_due_mail(now.date())


def _forget_lists(now: datetime) -> int:
    from alongside.outside.mail.api import forget_lists

    return forget_lists(now.date())


def _forget_uploads(now: datetime) -> int:
    from alongside.listening.api import forget_old_uploads

    return forget_old_uploads(now.timestamp())


DUTIES = (
    Duty("close rounds whose last day is over", _close_rounds),
    Duty("release results of closed cycles", _release_results),
    Duty("propose the next cycle", _propose_cycles),
    Duty("send mail that is due", _send_mail),
    Duty("delete lists of addresses that have served", _forget_lists),
    Duty("delete uploads that nobody finished", _forget_uploads),
    Duty("purge what is past its time", lambda now: writes.purge_expired(now.date()), DAILY),
    Duty("delete sessions that have ended", lambda now: writes.forget_ended_sessions(), DAILY),
    Duty("overwrite what was deleted", lambda now: writes.overwrite_deleted(), DAILY),
)
