"""What has to be done by the clock, done by one process in a loop. What it does stands in `duties.py`.

A duty that fails is logged without values and tried again at the next round; the others go on. Nothing is
lost when the worker is killed: a duty is one transaction (or several whole ones), and does nothing the second
time.
"""

import logging
import os
import signal
import threading
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connections

from .duties import DUTIES, Duty

log = logging.getLogger(__name__)

EVERY = 30  # seconds
BEAT = "worker.beat"
FAILED = "a duty of the worker failed: "


def work_until_told(parent: int | None = None) -> None:
    """Do the duties every 30 seconds until SIGTERM or SIGINT comes, or `parent` (a process id) has gone."""
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.set())
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    done: dict[str, datetime] = {}
    while not told.is_set() and (parent is None or os.getppid() == parent):
        work_once(done, told)
        _wait(told, parent)


def work_once(done: dict[str, datetime] | None = None, told: threading.Event | None = None) -> list[str]:
    """Do every duty that is due by `done` (duty name -> when it was done last; changed here).

    Gives the names of the duties that failed. `told` set in the midst ends it after the duty at hand.
    """
    done = {} if done is None else done
    failed = []
    for duty in DUTIES:
        if told is not None and told.is_set():
            break
        now = datetime.now(UTC)
        if duty.name in done and now - done[duty.name] < duty.every:
            continue
        if _do(duty, now):
            done[duty.name] = now
        else:
            failed.append(duty.name)
    connections.close_all()
    _beat()
    return failed


def _do(duty: Duty, now: datetime) -> bool:
    """Whether the duty was done."""
    try:
        duty.do(now)
    except OperationalError as error:
        # Where somebody else writes, the next round is soon enough.
        if not any(word in str(error) for word in ("locked", "lock timeout")):
            log.exception(FAILED + duty.name)
        return False
    except Exception:
        log.exception(FAILED + duty.name)  # not as an argument: the log drops those beside an exception
        return False
    return True


def _wait(told: threading.Event, parent: int | None) -> None:
    """Wait for the next round; notice within a second that the parent has gone."""
    for _ in range(EVERY):
        if told.wait(1) or (parent is not None and os.getppid() != parent):
            return


def _beat() -> None:
    """Leave a sign of life, for the doctor."""
    try:
        (Path(settings.DATA_DIR) / BEAT).touch(mode=0o600)
    except OSError:  # a full disk must not stop the worker
        log.warning("the worker could not leave its sign of life in the data folder")
