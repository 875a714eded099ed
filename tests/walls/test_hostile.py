"""Hostile input at every address. `make attack` sends a hundred thousand pieces; each build sends some."""

import socket
import urllib.request
from urllib.parse import urlsplit

import pytest
from django.test import Client

from alongside.access.api import Role
from tests.journeys.conftest import product  # noqa: F401 - a fixture
from tests.personas import make_member
from tests.walls.hostile.described import made_up
from tests.walls.hostile.doors import doors
from tests.walls.hostile.firing import Shot, fire, judge
from tests.walls.test_crawl import browser, first_house, ids_of  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
PIECES = 2500  # of each of the two seeds; what schemathesis makes up comes on top
MADE_UP = 2
SLOW = 6


@pytest.fixture
def targets(first_house):  # noqa: F811 - the fixture
    everybody = browser(make_member(first_house, "everybody", *Role))
    everybody.raise_request_exception = False
    nobody = Client(raise_request_exception=False)
    return [everybody, everybody, nobody], doors(everybody, ids_of(first_house))


@pytest.mark.parametrize("seed", [1, 2])
def test_hostile_input_gets_nowhere(targets, seed):
    clients, all_doors = targets
    outcome = fire(clients, all_doors, PIECES, print, seed)
    assert (outcome.found, outcome.tried) == ((), PIECES)


def test_requests_that_nobody_would_think_of_get_nowhere(targets):
    clients, all_doors = targets
    found = []
    with_forms = [door for door in all_doors if door.fields]
    made_up(with_forms, MADE_UP, lambda shot: found.append((str(shot), judge(clients[0], shot))))
    assert len(found) >= len(with_forms) * MADE_UP
    assert [one for one in found if one[1]] == []


def test_forms_are_found_with_their_fields(targets):
    _, all_doors = targets
    assert sum(bool(door.fields) for door in all_doors) > 20


def test_error_of_ours_is_seen(targets, monkeypatch):
    def broken(*_args, **_more):
        raise RuntimeError

    monkeypatch.setattr("alongside.config.reads.is_migrated", broken)
    clients, all_doors = targets
    health = next(door for door in all_doors if door.path == "/healthz")
    assert judge(clients[0], Shot(health, "GET")) == "an error of ours, 500"


def test_clients_that_send_a_byte_now_and_then_keep_nobody_else_waiting(product):  # noqa: F811 - the fixture
    where = urlsplit(product.base)
    slow = [socket.create_connection((where.hostname, where.port)) for _ in range(SLOW)]
    try:
        for one in slow:
            one.sendall(b"POST /q/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\na")
        with urllib.request.urlopen(f"{product.base}/healthz", timeout=20) as answer:
            assert answer.status == 200
    finally:
        for one in slow:
            one.close()
