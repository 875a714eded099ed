import pytest
from django.db import DatabaseError

from alongside.config import reads

pytestmark = pytest.mark.django_db


def test_health_is_well_on_a_database_that_is_up_to_date(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


def test_health_is_not_well_where_a_migration_is_missing(client, monkeypatch):
    wanted = reads._wanted_migrations() | {("people", "9999_tomorrow")}
    monkeypatch.setattr(reads, "_wanted_migrations", lambda: wanted)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


def test_health_is_not_well_where_the_database_does_not_answer(client, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(reads, "is_migrated", refuse)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"ok": False})


def test_health_makes_no_session(client):
    assert client.get("/healthz").cookies == {}


def test_leaving_ends_the_session_on_the_server(as_, ana):
    client = as_(ana)
    assert client.get("/").status_code == 200
    client.get("/leave")
    assert client.get("/").status_code == 302


def test_leaving_without_a_session_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/leave").status_code == 303
