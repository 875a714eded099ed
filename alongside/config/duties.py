"""What the worker does by the clock. Each duty is a function of now that may be called at any time and any
number of times: the second call finds nothing to do. Each locks the rows that it changes, so two workers do
no harm.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from . import overwriting, writes

OFTEN, DAILY = timedelta(0), timedelta(days=1)


@dataclass(frozen=True)
class Duty:
    """`do` is handed now (UTC). `every`: not again before that much time has passed."""

    name: str
    do: Callable[[datetime], object]
    every: timedelta = OFTEN


def _stir_rounds(now: datetime) -> int:
    from alongside.listening.api import stir_rounds

    stirred = stir_rounds()
    if stirred:
        overwriting.overwrite_stirred()
    return stirred


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


def _make_heads(now: datetime) -> int:
    from alongside.audit.api import make_due_heads

    return make_due_heads(now.date())


def _send_heads(now: datetime) -> int:
    from alongside.outside.mail.api import send_heads

    return send_heads()


def _reseal(now: datetime) -> int:
    from alongside.people.api import reseal_second_steps
    from alongside.privacy.api import reseal

    return reseal(now, [reseal_second_steps])


def _age_out_backups(now: datetime) -> int:
    from .backups.ageing import age_out

    return age_out(Path(settings.DATA_DIR), now.date(), settings.BACKUP_DAYS)


DUTIES = (
    # First, and at every round: until then it can be told who of the last half minute gave which answer.
    Duty("stir answers that wait", _stir_rounds),
    Duty("close rounds whose last day is over", _close_rounds),
    Duty("release results of closed cycles", _release_results),
    Duty("propose the next cycle", _propose_cycles),
    Duty("send mail that is due", _send_mail),
    Duty("check the logs of acts, and make their heads", _make_heads, DAILY),
    Duty("send heads of the logs to their keepers", _send_heads),
    Duty("delete lists of addresses that have served", _forget_lists),
    Duty("delete uploads that nobody finished", _forget_uploads),
    Duty("seal with the newest key", _reseal, timedelta(minutes=5)),
    Duty("purge what is past its time", lambda now: writes.purge_expired(now.date()), DAILY),
    Duty("delete sessions that have ended", lambda now: writes.forget_ended_sessions(), DAILY),
    Duty("delete backups that are past their time", _age_out_backups, DAILY),
    Duty("overwrite what was deleted", lambda now: overwriting.overwrite_deleted(), DAILY),
)
