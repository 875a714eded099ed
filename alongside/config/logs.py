"""Logs say that something broke and where in the code; never whose request it was or what was in it."""

import logging
from pathlib import Path
from types import TracebackType

OURS = str(Path(__file__).resolve().parents[1])
SERVER = "gunicorn"
# What the web server may say in its own words: about its processes, never about a request.
ABOUT_PROCESSES = ("Worker (pid:", "WORKER TIMEOUT", "Worker failed to boot", "Reason: ")


class WithoutPeople(logging.Filter):
    """Takes the request, the path and every argument out of a record; keeps the place in the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(SERVER) and not _tell_of_server(record):
            return False
        if record.name.startswith(("django.request", "django.security")):
            record.msg, record.args, record.request = "a request could not be answered", (), None
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            # The message is a template of ours; its arguments may be paths or words of people, so they go as
            # well.
            record.msg = f"{_without_marks(record.msg)} · {kind.__name__} at {place_of(trace)}"
            record.args = ()
            record.exc_info, record.exc_text = None, None
        record.stack_info = None
        return True


def place_of(trace: TracebackType | None) -> str:
    """file:line of the innermost frame of our own code, without values."""
    place = "unknown"
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(OURS):
            place = f"{name[len(OURS) + 1:]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _without_marks(message: object) -> str:
    """A message whose arguments are gone must not be formatted with them again."""
    return str(message).replace("%s", "…").replace("%d", "…").replace("%r", "…")


def _tell_of_server(record: logging.LogRecord) -> bool:
    """Whether a record of the web server is told. A bad request is logged there with address and path: not
    here."""
    if record.levelno < logging.WARNING:
        return False
    if str(record.msg).startswith(ABOUT_PROCESSES):
        return True
    record.msg, record.args = "the web server could not answer a request", ()
    return record.levelno >= logging.ERROR
