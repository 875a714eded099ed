"""Four clients answered: nothing of what they said can be told from anything that leaves the server."""

import io
import re

import pytest
from django.db import transaction
from pypdf import PdfReader

from alongside.findings.api import Release, profile_plain, release_cycle
from alongside.findings.tests.factories import answer, close, comment, fill, make_round
from alongside.listening.store import width_of

PLACES = ("profile", "profile/M", "profile/H", "profile.csv", "profile.json", "comments/")
ANSWERED = {
    "high": lambda width: [bytes([5] * width)] * 4,
    "low": lambda width: [bytes([1] * width)] * 4,
    "unsure": lambda width: [bytes([6] * width)] * 4,
    "three": lambda width: [bytes([3] * width)] * 3,
    "nobody": lambda width: [],
}


class Undo(Exception):
    """Rolls everything back, so that the next run has the same ids."""


def text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def steady(body: bytes) -> bytes:
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", body)


def outputs(ana, ben, as_, clients, lines, comments=(), *, with_pdf=False):
    """All that leaves the server when these clients answered; everything is undone afterwards."""
    got = {}
    try:
        with transaction.atomic():
            answer(clients, lines(width_of(clients)))
            comment(clients, "G", list(comments))
            close(clients)
            release_cycle(ana, clients.cycle)
            signed = {"ana": as_(ana), "ben": as_(ben)}
            for name, client in signed.items():
                for place in PLACES:
                    got[name, place] = steady(client.get(f"/cycles/{clients.cycle_id}/{place}").content)
            if with_pdf:
                pdf = signed["ana"].get(f"/cycles/{clients.cycle_id}/profile.pdf").content
                got["ana", "profile.pdf"] = text_of(pdf)
            for audience in ("inside", "outside"):
                got["stored", audience] = Release.objects.get(audience=audience).payload
                got["plain", audience] = profile_plain(None, clients.cycle, audience)
            raise Undo
    except Undo:
        clients.state = "open"
    return got


@pytest.fixture
def clients(cycle):
    fill(make_round(cycle, "staff"), 40)
    return make_round(cycle, "clients")


def test_four_clients_change_nothing_whatever_they_say(ana, ben, as_, clients):
    said = {name: outputs(ana, ben, as_, clients, lines) for name, lines in ANSWERED.items()}
    differing = [
        (name, place) for name, got in said.items() for place in got if got[place] != said["high"][place]]
    assert differing == []


def test_four_clients_change_nothing_on_paper(ana, ben, as_, clients):
    high, low = (outputs(ana, ben, as_, clients, ANSWERED[name], with_pdf=True)["ana", "profile.pdf"]
                 for name in ("high", "low"))
    assert high == low


def test_nine_people_who_comment_change_nothing(ana, ben, as_, clients):
    with_words = outputs(ana, ben, as_, clients, ANSWERED["high"], ["The garden door sticks."] * 9)
    without = outputs(ana, ben, as_, clients, ANSWERED["high"], ["."])
    without_comments = {place: body for place, body in without.items() if place[1] == "comments/"}
    assert {place: with_words[place] for place in without_comments} == without_comments


def test_thirty_clients_do_change_the_profile(ana, ben, as_, clients):
    many = outputs(ana, ben, as_, clients, lambda width: [bytes([1 + at % 3] * width) for at in range(30)])
    few = outputs(ana, ben, as_, clients, ANSWERED["high"])
    assert many["ana", "profile"] != few["ana", "profile"]
