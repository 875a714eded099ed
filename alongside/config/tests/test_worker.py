import logging
import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError

from alongside.config import worker
from alongside.config.duties import DAILY, DUTIES, OFTEN, Duty

pytestmark = [pytest.mark.django_db, pytest.mark.store]


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path, monkeypatch):
    """A data folder of its own; and the connection of the test is not closed under its feet."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)


def failing(error: Exception):
    def do(now):
        raise error

    return do


def give(monkeypatch, *duties: Duty) -> None:
    monkeypatch.setattr(worker, "DUTIES", duties)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.name)
def test_duty_is_done_any_number_of_times(duty, house):
    now = datetime.now(UTC)
    duty.do(now)
    assert not duty.do(now)


def test_failed_duty_does_not_keep_the_others_from_being_done(monkeypatch):
    done = []
    give(monkeypatch, Duty("first", failing(ValueError())), Duty("second", done.append))
    assert (worker.work_once(), len(done)) == (["first"], 1)


def test_failed_duty_is_logged_without_values(monkeypatch, caplog):
    give(monkeypatch, Duty("the first", failing(ValueError("words of somebody"))))
    worker.work_once()
    (message,) = [record.getMessage() for record in caplog.records]
    assert (message.split(" · ")[0], "words of somebody" in caplog.text) == (
        "a duty of the worker failed: the first", False)


def test_locked_database_is_no_news(monkeypatch, caplog):
    give(monkeypatch, Duty("first", failing(OperationalError("database is locked"))))
    with caplog.at_level(logging.DEBUG, logger="alongside"):
        failed = worker.work_once()
    assert (failed, caplog.records) == (["first"], [])


def test_daily_duty_is_done_once_a_day(monkeypatch):
    times = []
    give(monkeypatch, Duty("daily", times.append, DAILY), Duty("often", times.append, OFTEN))
    done: dict = {}
    worker.work_once(done)
    worker.work_once(done)
    assert len(times) == 3


def test_daily_duty_that_failed_is_tried_again(monkeypatch):
    done: dict = {}
    give(monkeypatch, Duty("daily", failing(ValueError()), DAILY))
    worker.work_once(done)
    assert done == {}


def test_daily_duty_is_done_again_the_next_day(monkeypatch):
    times = []
    give(monkeypatch, Duty("daily", times.append, DAILY))
    worker.work_once({"daily": datetime.now(UTC) - timedelta(hours=25)})
    assert len(times) == 1


def test_worker_that_is_told_to_stop_begins_no_further_duty(monkeypatch):
    told, done = threading.Event(), []
    give(monkeypatch, Duty("first", lambda now: told.set()), Duty("second", done.append))
    worker.work_once({}, told)
    assert done == []


def test_worker_leaves_a_sign_of_life(monkeypatch, tmp_path):
    give(monkeypatch)
    worker.work_once()
    assert (tmp_path / worker.BEAT).exists()


def test_worker_goes_on_where_the_disk_is_full(monkeypatch, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"
    give(monkeypatch)
    assert worker.work_once() == []
