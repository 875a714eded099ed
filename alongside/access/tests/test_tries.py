"""Tries are counted rightly by any number of processes and threads at once."""

import multiprocessing
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alongside.access.api import forget_tries, may_try
from alongside.access.models import Tries

pytestmark = [pytest.mark.store, pytest.mark.django_db(transaction=True)]
AT_ONCE, EACH, MOST = 4, 15, 10
PATIENCE = 60  # seconds, on a busy machine


def try_often(results) -> None:
    """One process: tries with a connection of its own, and says how often it was let."""
    connections.close_all()
    allowed = sum(may_try("door", "ana", most=MOST, seconds=600) for _ in range(EACH))
    connection.close()
    results.put(allowed)


def test_several_processes_together_try_no_more_often_than_one():
    connections.close_all()
    system = multiprocessing.get_context("fork")
    results = system.Queue()
    processes = [system.Process(target=try_often, args=(results,)) for _ in range(AT_ONCE)]
    for process in processes:
        process.start()
    allowed = [results.get(timeout=PATIENCE) for _ in processes]
    for process in processes:
        process.join(PATIENCE)
    assert (sum(allowed), Tries.objects.get().count) == (MOST, AT_ONCE * EACH)


def test_wrong_passwords_sent_at_once_are_checked_five_times(ana):
    said = []

    def guess() -> None:
        for _ in range(3):
            page = Client().post(reverse("account_login"), {"login": "ana@example.org", "password": "wrong"})
            said.append("too often" not in page.content.decode())
        connection.close()

    threads = [threading.Thread(target=guess, daemon=True) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert (len(said), sum(said)) == (12, 5)


def test_many_names_do_not_wipe_out_the_count_of_one():
    assert [may_try("door", "ana", most=1, seconds=600) for _ in range(2)] == [True, False]
    for number in range(400):
        may_try("door", f"somebody {number}", most=1, seconds=600)
    assert not may_try("door", "ana", most=1, seconds=600)


def test_the_count_begins_anew_when_its_time_is_over():
    assert [may_try("door", "ana", most=1, seconds=600) for _ in range(2)] == [True, False]
    Tries.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert may_try("door", "ana", most=1, seconds=600)


def test_tries_beyond_the_limit_do_not_make_the_wait_longer():
    may_try("door", "ana", most=1, seconds=600)
    until = Tries.objects.get().until
    may_try("door", "ana", most=1, seconds=600)
    assert Tries.objects.get().until == until


def test_one_secret_does_not_use_up_the_tries_of_another():
    for what, whom in (("door", "ana"), ("window", "ana"), ("door", "ben")):
        assert may_try(what, whom, most=1, seconds=600)


def test_what_was_right_is_forgotten():
    may_try("door", "ana", most=1, seconds=600)
    forget_tries("door", "ana")
    assert may_try("door", "ana", most=1, seconds=600)


def test_the_table_tells_neither_who_nor_what():
    may_try("door", "ana", most=1, seconds=600)
    assert not {"door", "ana"} & set(Tries.objects.get().key.split())
