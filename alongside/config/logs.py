"""Logs say that something broke and where in the code; never whose request it was or what was in it."""

import logging


class WithoutPeople(logging.Filter):
    """Takes the request, the path and every argument out of a record; keeps the place in the code."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith(("django.request", "django.security")):
            record.msg, record.args, record.request = "a request could not be answered", (), None
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            record.msg = f"{record.msg} · {kind.__name__} at {_place(trace)}"
            record.exc_info, record.exc_text = None, None
        return True


def _place(trace) -> str:
    """file:line of the innermost frame of our own code, without values."""
    place = "unknown"
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if "alongside" in name:
            place = f"{name.rsplit('alongside/', 1)[-1]}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
