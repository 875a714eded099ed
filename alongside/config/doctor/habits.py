"""Checks of what people have to do now and then, and of the worker. Looks at dates and counts, at nobody's
words."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Q

from alongside.audit.api import broken_logs
from alongside.config.worker import BEAT, EVERY
from alongside.listening.api import Round, RoundState, day_everywhere
from alongside.organizations.api import SupportContact
from alongside.people.api import accounts_without_second_step

from .finding import ADVICE, PROBLEM, Finding

CONTACT_DAYS = 180
LATE = 20 * EVERY  # seconds without a sign of life


def support_contacts() -> Iterator[Finding]:
    """Numbers that people in distress are given still work."""
    limit = _today() - timedelta(days=CONTACT_DAYS)
    real = SupportContact.objects.filter(organization__is_invented=False)
    old = real.filter(Q(last_checked__isnull=True) | Q(last_checked__lt=limit)).count()
    if old:
        yield Finding(
            "support contacts", f"{old} support contacts were not checked for {CONTACT_DAYS} days.",
            "Somebody in distress may call a number that nobody answers.",
            "A coordinator calls them and sets the date on the page of the organization.")


def second_steps() -> Iterator[Finding]:
    """Staff sign in with two steps."""
    without = len(accounts_without_second_step())
    if without:
        yield Finding(
            "sign-in", f"{without} accounts have no second step yet.",
            "They can open nothing but its set-up; a thief of the password could set up one of his own.",
            "Remind them to sign in and set it up, or remove accounts that nobody uses.", ADVICE)


def worker() -> Iterator[Finding]:
    """The worker is alive and closes rounds."""
    beat = Path(settings.DATA_DIR) / BEAT
    silent = time.time() - beat.stat().st_mtime if beat.exists() else None
    if silent is None or silent > LATE:
        since = "never ran here" if silent is None else f"has been silent for {int(silent // 60)} minutes"
        yield Finding(
            "worker", f"The worker {since}.", "Nothing closes, is released, mailed or purged.",
            "Run alongside serve (it starts the worker), or alongside worker. If the worker runs on another "
            "machine, run the doctor there.", ADVICE if silent is None else PROBLEM)


def rounds_past_closing() -> Iterator[Finding]:
    """No round is open longer than was promised."""
    limit = day_everywhere(datetime.now(UTC)) - timedelta(days=1)
    late = Round.objects.filter(state=RoundState.OPEN, cycle__closes_on__lt=limit).count()
    if late:
        yield Finding(
            "rounds", f"{late} rounds are open after the day on which they were to close.",
            "People were promised that date, and results wait for it.",
            "See that the worker is running: alongside worker --once tries now and says what fails.")


def logs_of_acts() -> Iterator[Finding]:
    """The last weekly check found every log whole."""
    broken = broken_logs()
    if broken:
        yield Finding(
            "log of acts", f"{broken} logs of acts are not what they were.",
            "Somebody changed the database by hand, an older copy of it was put back, or the key of the logs is "
            "another one. Staff can no longer rely on who did what.",
            "alongside verify-audit says where each breaks. Tell the organizations whose logs they are.")


def _today() -> date:
    return datetime.now(UTC).date()


CHECKS = (support_contacts, second_steps, worker, rounds_past_closing, logs_of_acts)
