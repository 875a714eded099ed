import logging

import pytest

from alongside.config.logs import WithoutPeople, place_of


def record_of(name: str, level: int, message: str, *args,
              error: Exception | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord(name, level, __file__, 1, message, args, info)


def broken() -> Exception:
    try:
        raise ValueError("words of somebody")
    except ValueError as error:
        return error


def told(record: logging.LogRecord) -> str | None:
    """What stands in the log, or None where nothing does."""
    return logging.Formatter().format(record) if WithoutPeople().filter(record) else None


@pytest.mark.parametrize("name", ["django.request", "django.security.csrf"])
def test_log_of_a_request_names_no_path(name):
    record = record_of(name, logging.ERROR, "Internal Server Error: %s", "/q/abc")
    assert told(record) == "a request could not be answered"


def test_log_of_an_exception_keeps_place_and_kind_alone():
    line = broken().__traceback__.tb_lineno
    record = record_of("alongside.x", logging.ERROR, "reading %s", "/q/abc", error=broken())
    assert told(record) == f"reading … · ValueError at config/tests/test_logs.py:{line}"


@pytest.mark.parametrize(("level", "message", "args"), [
    (logging.WARNING, "Invalid request from ip=%s: %s", ("203.0.113.9", "bad")),
    (logging.INFO, "Listening at: %s", ("x",)),
    (logging.DEBUG, "GET %s", ("/q/abc",)),
])
def test_server_tells_nothing_of_people(level, message, args):
    assert told(record_of("gunicorn.error", level, message, *args)) is None


def test_server_tells_that_a_process_was_killed():
    record = record_of("gunicorn.error", logging.ERROR, "Worker (pid:%s) was sent %s!", 7, "SIGKILL")
    assert told(record) == "Worker (pid:7) was sent SIGKILL!"


def test_server_tells_that_a_request_broke_but_not_which():
    record = record_of("gunicorn.error", logging.ERROR, "Error handling request %s", "/q/abc", error=broken())
    line = broken().__traceback__.tb_lineno
    assert told(record) == (
        f"the web server could not answer a request · ValueError at config/tests/test_logs.py:{line}")


def test_place_without_code_of_ours_is_unknown():
    assert place_of(None) == "unknown"
