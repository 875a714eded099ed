"""Where four clients answered, nothing anywhere depends on what they said or how many they were.

Two organizations are the same to the letter but for their clients: four who say "always", or two who say
"never". Everything that can be opened, downloaded or printed must then be the same, too.
"""

import io
import json
import logging
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from alongside.access.api import Actor, Role
from alongside.audit.models import Entry
from alongside.findings.api import profile_plain, release_cycle
from alongside.listening import api as listening
from alongside.listening import store
from alongside.listening.models import Cycle
from alongside.organizations.api import add_contact, found_organization
from tests.personas import WORDS, make_member

from .test_crawl import addresses, browser, filled, names_in

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def house_with(clients: list[str], name: str) -> tuple[Actor, Cycle]:
    """An organization with a released cycle: twelve of the staff, seven consultants, and these clients."""
    house = found_organization(name="Quiet House (invented)", words=WORDS, languages=["en", "es"])
    actor = make_member(house, name, *Role)
    add_contact(actor, name="Night line", reach="555-0100", last_checked=timezone.localdate())
    opened = timezone.localdate() - timedelta(days=30)
    cycle = listening.plan_cycle(actor, listening.Plan(
        name="Winter", framework_key="alongside-practices/1", form="full", opens_on=opened,
        closes_on=opened + timedelta(days=21), reply_due=opened + timedelta(days=42),
        asks=tuple(listening.Ask(voice, 20, "codes") for voice in ("staff", "consultants", "clients"))))
    for round_ in listening.rounds_in(actor, cycle):
        listening.open_round(actor, round_, today=opened)
        round_.refresh_from_db()
        width = store.width_of(round_)
        answers = {"staff": ["1234512345"] * 6 + ["4321"] * 6, "consultants": ["2345k1"] * 4 + ["15243"] * 3,
                   "clients": clients}[round_.voice]
        for line in answers:
            words = {"M": f"we said {line}"} if round_.voice == "clients" else {}
            store.hold(round_, (line * width)[:width], words)
        listening.close_round(actor, round_, today=opened + timedelta(days=21))
    release_cycle(actor, cycle)
    return actor, cycle


def everything_of(actor: Actor, cycle: Cycle) -> dict[str, str]:
    """All that this organization's people can open, by address, without ids, tokens and addresses of the day."""
    client: Client = browser(actor)
    ids = ids_of_cycle(cycle)
    seen = {}
    for route, _ in addresses():
        if set(names_in(route)) <= set(ids) and route != "leave":  # that ends the session
            page = client.get(filled(route, ids))
            body = b"".join(page.streaming_content) if page.streaming else page.content
            seen[route] = f"{page.status_code} {plain(page.headers.get('Content-Type', ''), body, cycle)}"
    seen["profile command"] = plain("", json.dumps(profile_plain(actor, cycle, "inside")).encode(), cycle)
    seen["audit"] = " ".join(Entry.objects.filter(organization_id=actor.organization_id).order_by("id")
                             .values_list("act", flat=True))
    return seen


def ids_of_cycle(cycle: Cycle) -> dict:
    clients = cycle.rounds.get(voice="clients")
    return {"cycle_id": cycle.pk, "round_id": clients.pk, "domain_id": "M", "domain": "M", "voice": "clients",
            "language": "en", "address": clients.address}


def plain(kind: str, body: bytes, cycle: Cycle) -> str:
    if "pdf" in kind:
        body = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages).encode()
    text = UUID.sub("ID", body.decode(errors="replace"))
    text = re.sub(r'csrfmiddlewaretoken" value="\w+"', "TOKEN", text)
    text = re.sub(r"<code>[0-9a-f]+</code>", "NUMBER", text)
    text = re.sub(r"(four|two)@example\.org|\b(Four|Two)\b", "NAME", text)
    for address in [cycle.reply_address, *cycle.rounds.values_list("address", flat=True)]:
        text = text.replace(address, "ADDRESS")
    return text


@pytest.fixture
def two_houses(db, caplog):
    caplog.set_level(logging.DEBUG)
    return house_with(["5", "5", "5", "4"], "four"), house_with(["1", "2"], "two")


def test_nothing_depends_on_what_four_clients_said(two_houses):
    one, other = (everything_of(*house) for house in two_houses)
    assert [route for route in one if one[route] != other[route]] == []


def test_the_comparison_would_see_a_difference(db):
    """The same comparison, with five more of the clients: now the profile may differ, and must."""
    few, many = house_with(["5", "4", "3", "2"], "four"), house_with(["5", "4", "3", "2", "1", "2", "3"], "two")
    one, other = (everything_of(*house) for house in (few, many))
    assert "cycles/<uuid:cycle_id>/profile" in [route for route in one if one[route] != other[route]]


def test_logs_hold_no_answer(two_houses, caplog):
    assert "we said" not in caplog.text
