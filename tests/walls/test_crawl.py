"""Every address, as every persona, as nobody, and as the people of another organization.

The list of addresses is read from the product itself, so a new page can't be forgotten: a new kind of id in an
address makes `test_every_id_in_an_address_is_filled_in` fail until it is added to `ids_of`.
"""

import re
from functools import cache

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from alongside.access.api import GRANTS, Role, door_of
from alongside.changes.models import Action, Decision, Finding
from alongside.config.sample.story import make_sample
from alongside.findings.models import ReviewedComment
from alongside.listening.models import Cycle, Round
from alongside.organizations.models import SupportContact, Unit
from alongside.people.api import mark_second_step
from alongside.people.models import Account, Invitation, Membership
from tests.personas import WORDS, make_member

pytestmark = pytest.mark.store
# Words that stand in the first organization's data and may never reach the other's people.
PLANTED = ("Lantern House", "Garden office", "Second look", "House rules were made", "Night line", "Ana (invented)")
PUBLIC = ("q/", "r/", "leave")


@cache
def addresses() -> list[tuple[str, object]]:
    """(route with <kind:name> parts, view) of every address of the product."""
    found = []

    def walk(patterns, prefix: str) -> None:
        for pattern in patterns:
            route = prefix + str(pattern.pattern).lstrip("^").rstrip("$")
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, route)
            elif isinstance(pattern, URLPattern):
                found.append((route, pattern.callback))

    walk(get_resolver(settings.ROOT_URLCONF).url_patterns, "")
    return found


def names_in(route: str) -> list[str]:
    return re.findall(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>", route) and [
        a or b for a, b in re.findall(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>", route)]


def ids_of(house) -> dict[str, str]:
    """Something real of this organization for every kind of id that stands in an address."""
    cycle = Cycle.objects.filter(organization=house, released_on__isnull=False).first()
    first = {model: model.objects.filter(organization_id=house.pk).first()
             for model in (Unit, SupportContact, Finding, Decision, Action, ReviewedComment, Invitation)}
    # One of the sample's own people, never the one who visits: some of the addresses remove whom they are given.
    somebody = Membership.objects.get(organization=house, account__email="fin@lantern.invalid")
    return {
        "cycle_id": cycle.pk, "round_id": Round.objects.filter(cycle=cycle).first().pk,
        "domain_id": "G", "domain": "G", "voice": "clients", "language": "en",
        "address": Round.objects.filter(organization=house, state="open").first().address,
        "unit_id": first[Unit].pk, "contact_id": first[SupportContact].pk, "finding_id": first[Finding].pk,
        "decision_id": first[Decision].pk, "action_id": first[Action].pk, "comment_id": first[ReviewedComment].pk,
        "member_id": somebody.pk,
        "invitation_id": first[Invitation].pk if first[Invitation] else "00000000-0000-0000-0000-000000000000",
        "account_id": somebody.account_id,
        "token": "no-such-token", "code": "no-such-code", "upload": "no-such-upload", "key": "no-such-key",
        "pk": "1", "kind": "invitation",
    }


def filled(route: str, ids: dict) -> str:
    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda m: str(ids[m[1]]), route)


def browser(actor) -> Client:
    client = Client(headers={"accept-encoding": "identity"})
    account = Account.objects.get(pk=actor.account_id)
    client.force_login(account, settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    mark_second_step(session, account)
    session.save()
    return client


@pytest.fixture
def first_house(db):
    return make_sample()


@pytest.fixture
def stranger(other_house):
    """Somebody who may do everything, in the other organization."""
    other_house.is_invented = True
    other_house.words = WORDS
    other_house.save()
    return make_member(other_house, "cleo", *Role)


def test_every_id_in_an_address_is_filled_in(first_house):
    unknown = {name for route, _ in addresses() for name in names_in(route)} - set(ids_of(first_house))
    assert unknown == set()


def test_every_view_has_a_door():
    assert [route for route, view in addresses() if door_of(view) is None] == []


def test_nothing_of_one_organization_answers_to_the_people_of_another(first_house, stranger):
    ids, told = ids_of(first_house), []
    for route, _ in addresses():
        if route.startswith(PUBLIC):
            continue
        client = browser(stranger)  # anew for each address: some of them sign out
        for ask in (client.get, client.post):
            page = ask(filled(route, ids))
            body = b"".join(page.streaming_content) if page.streaming else page.content
            told += [(route, ask.__name__, word) for word in PLANTED if word in body.decode(errors="replace")]
            owned = [name for name in names_in(route) if name.endswith("_id") and name != "domain_id"]
            if owned and page.status_code not in (302, 403, 404, 405):
                told.append((route, ask.__name__, page.status_code))
    assert told == []


def test_nobody_gets_into_a_staff_page(first_house):
    client, ids, entered = Client(), ids_of(first_house), []
    for route, view in addresses():
        if not isinstance(door_of(view), str):
            for ask in (client.get, client.post):
                page = ask(filled(route, ids))
                if page.status_code not in (302, 403) or "/account/" not in page.headers.get("Location", "/account/"):
                    entered.append((route, page.status_code))
    assert entered == []


@pytest.mark.parametrize("role", list(Role))
def test_role_enters_where_the_table_says_and_nowhere_else(first_house, role):
    client, ids, wrong = browser(make_member(first_house, "someone", role)), ids_of(first_house), []
    for route, view in addresses():
        door = door_of(view)
        if isinstance(door, str):
            continue
        refused = client.get(filled(route, ids)).status_code == 403
        if refused == bool(door & GRANTS[role]):
            wrong.append((route, "refused" if refused else "let in"))
    assert wrong == []


def test_no_address_of_staff_breaks(first_house):
    """Every page, opened by somebody who may do everything, with real ids: no error of ours."""
    everybody, ids, broken = make_member(first_house, "everybody", *Role), ids_of(first_house), []
    for route, _ in addresses():
        if not route.startswith(PUBLIC):
            client = browser(everybody)  # anew for each address: some of them sign out
            for ask in (client.get, client.post):
                status = ask(filled(route, ids)).status_code
                broken += [(route, ask.__name__, status)] if status >= 500 else []
    assert broken == []
