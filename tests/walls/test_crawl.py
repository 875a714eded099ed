"""Every address, with every method, as everybody: each role, several roles, no organization, nobody, strangers.

The list of addresses is read from the product itself, so a new page can't be forgotten: a new kind of id in an
address makes `test_every_id_in_an_address_is_filled_in` fail until it is added to `ids_of`. What is expected is made
from the doors and the table of permissions; that those say the right thing is read in docs/permissions.md.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.utils import timezone

from alongside.access.api import GRANTS, Actor, Door, Entrance, Role, door_of
from alongside.changes.models import Action, Decision, Finding
from alongside.config.addresses import addresses as every_address
from alongside.config.sample.story import make_sample
from alongside.findings.models import OutsideExport, ReviewedComment
from alongside.listening.models import Cycle, Round
from alongside.organizations.models import HoldKind, LegalHold, SupportContact, Unit
from alongside.people.api import mark_second_step
from alongside.people.models import Account, Invitation, Membership
from alongside.people.tests.factories import give_app, prove_again
from tests.personas import WORDS, make_member

pytestmark = pytest.mark.store
# Words that stand in the first organization's data and may never reach the other's people.
PLANTED = ("Lantern House", "Garden office", "Second look", "House rules were made", "Night line", "Ana (invented)")
PUBLIC = ("q/", "r/", "leave")


@cache
def addresses() -> list[tuple[str, object]]:
    """(route with <kind:name> parts, view) of every address of the product."""
    return [(one.route, one.view) for one in every_address()]


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
        "member_id": somebody.pk, "hold_id": a_hold(house).pk,
        "export_id": asked_export(cycle, somebody).pk,
        "invitation_id": first[Invitation].pk if first[Invitation] else "00000000-0000-0000-0000-000000000000",
        "account_id": somebody.account_id,
        "token": "no-such-token", "code": "no-such-code", "upload": "no-such-upload", "key": "no-such-key",
        "pk": "1", "kind": "invitation",
    }


def a_hold(house) -> LegalHold:
    """Something that must be kept for a court."""
    return LegalHold.objects.filter(organization=house).first() or LegalHold.objects.create(
        organization=house, kind=HoldKind.COURT, ordered_by="a court", since=timezone.localdate(),
        tell_by=timezone.localdate())


def asked_export(cycle, somebody: Membership) -> OutsideExport:
    """A request that waits for somebody else."""
    return OutsideExport.objects.get_or_create(
        organization_id=cycle.organization_id, cycle=cycle, asked_by=somebody.account_id,
        defaults={"asked_on": timezone.localdate(), "words": {"who": "Fin", "whom": "x", "why": "y"}})[0]


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


@dataclass(frozen=True)
class Visitor:
    """Somebody with a session. `standing`: nobody, setting up, unproven (second step not shown), proven."""

    name: str
    standing: str
    roles: frozenset[Role] = frozenset()
    is_stranger: bool = False
    is_sure: bool = True
    cookies: dict[str, str] = field(default_factory=dict)

    def asks(self, method: str, path: str):
        """The answer to one request, with everything undone that it did: the next one finds the same house."""
        client = Client(headers={"accept-encoding": "identity"}, raise_request_exception=False)
        for name, value in self.cookies.items():
            client.cookies[name] = value
        with transaction.atomic():
            answer = client.generic(method, path)
            transaction.set_rollback(True)
        return answer


def visitor(name: str, actor: Actor | None, standing: str = "proven", *, is_stranger: bool = False,
            is_sure: bool = True) -> Visitor:
    """A visitor with a session of their own. `is_sure`: gave the password once more a moment ago."""
    if actor is None:
        return Visitor(name, standing)
    if standing == "proven":
        client = browser(actor)
    else:
        client = Client()
        client.force_login(Account.objects.get(pk=actor.account_id), settings.AUTHENTICATION_BACKENDS[0])
    if is_sure and standing == "proven":
        prove_again(client)
    cookies = {key: one.value for key, one in client.cookies.items()}
    return Visitor(name, standing, actor.roles, is_stranger, is_sure, cookies)


def visitors(house, stranger: Actor) -> Iterator[Visitor]:
    """Everybody who may come by."""
    for role in Role:
        yield visitor(role, make_member(house, f"only-{role}", role))
    yield visitor("director and finance", make_member(house, "two", Role.DIRECTOR, Role.FINANCE))
    yield visitor("reader and keeper", make_member(house, "three", Role.READER, Role.SERVER_ADMIN))
    everybody = make_member(house, "everybody", *Role)
    yield visitor("everybody", everybody)
    yield visitor("everybody, not asked again", everybody, is_sure=False)
    yield visitor("everybody, second step not set up", everybody, "setting up")
    unproven = make_member(house, "unproven", *Role)
    give_app(unproven)
    yield visitor("everybody, second step not shown", unproven, "unproven")
    left = make_member(house, "left", *Role)
    Membership.objects.filter(account_id=left.account_id).delete()
    yield visitor("of no organization", Actor(left.account_id))
    yield visitor("nobody", None, "nobody")
    yield visitor("stranger", stranger, is_stranger=True)


def outcome(answer) -> str:
    """What became of a request, in one word or two."""
    goes_to = answer.headers.get("Location", "")
    if answer.status_code >= 500:
        return "broken"
    if answer.status_code == 302 and goes_to.startswith("/account/login/"):
        return "sign in"
    if answer.status_code == 302 and goes_to == "/account/second-step/":
        return "second step"
    if "people/again.html" in [template.name for template in answer.templates]:
        return "asked again"
    return {403: "refused", 404: "not there", 405: "no such method"}.get(answer.status_code, "in")


INSIDE = {"in", "not there", "no such method"}


def expected(route: str, door: Door, who: Visitor, method: str) -> set[str]:
    """What may become of a request, from the door and the table of permissions."""
    if method not in SPOKEN:
        return {"no such method"}
    if door.entrance is Entrance.ALL:
        return INSIDE | {"sign in", "second step"}
    if door.entrance is Entrance.ROLE and who.standing in ("setting up", "unproven"):
        return {"second step" if who.standing == "setting up" else "sign in"}
    if door.entrance is not Entrance.ROLE:
        return _about_oneself(door, who)
    if who.standing == "nobody":
        return {"sign in"}
    if not any(door.permissions & GRANTS[role] for role in who.roles):
        return {"refused"}
    if door.again and method == "POST" and not who.is_sure:
        return {"asked again"}
    of_a_house = any(name.endswith("_id") and name != "domain_id" for name in names_in(route))
    return INSIDE - {"in"} if who.is_stranger and of_a_house else INSIDE


def _about_oneself(door: Door, who: Visitor) -> set[str]:
    """Pages of an account's own sign-in. Those who are turned away may be told first that a page takes forms only."""
    if who.standing in ("nobody", "unproven"):
        return {"sign in", "no such method"}
    may_enter = who.standing == "proven" or door.entrance is Entrance.SETTING_UP
    return INSIDE | {"second step", "sign in"} if may_enter else {"second step", "no such method"}


SPOKEN, UNSPOKEN = ("GET", "HEAD", "POST"), ("PUT", "DELETE", "OPTIONS")


def test_every_address_answers_everybody_as_its_door_and_the_permissions_say(first_house, stranger, monkeypatch):
    for papers in ("alongside.findings.views.files.make_pdf", "alongside.changes.views.papers.make_pdf"):
        monkeypatch.setattr(papers, lambda html: b"%PDF-")  # what is in a PDF has its own tests, and takes a second
    ids, wrong = ids_of(first_house), []
    for who in list(visitors(first_house, stranger)):
        for route, view in addresses():
            for method in SPOKEN + UNSPOKEN:
                if not who.is_sure and not door_of(view).again:
                    continue  # the same as for everybody
                answer = who.asks(method, filled(route, ids))
                if outcome(answer) not in expected(route, door_of(view), who, method):
                    wrong.append((who.name, method, route, outcome(answer)))
                if who.is_stranger and not route.startswith(PUBLIC):
                    told = b"".join(answer.streaming_content) if answer.streaming else answer.content
                    wrong += [(who.name, method, route, word) for word in PLANTED
                              if word in told.decode(errors="replace")]
    assert wrong == []


# What takes a form without asking again who it is; the empty address, the start page, stands apart. A new page is
# thought about here: is it risky (figures leave, something is deleted for good, somebody gets power, a seal is opened)?
# Then its door says `again`.
ORDINARY = """
changes/
changes/<uuid:action_id>/
changes/<uuid:action_id>/end
changes/<uuid:action_id>/reopen
cycles/
cycles/<uuid:cycle_id>/
cycles/<uuid:cycle_id>/change
cycles/<uuid:cycle_id>/close
cycles/<uuid:cycle_id>/comments/
cycles/<uuid:cycle_id>/comments/box
cycles/<uuid:cycle_id>/comments/box/key
cycles/<uuid:cycle_id>/comments/release
cycles/<uuid:cycle_id>/comments/review
cycles/<uuid:cycle_id>/export/<uuid:export_id>/refuse
cycles/<uuid:cycle_id>/findings/
cycles/<uuid:cycle_id>/findings/<uuid:finding_id>/
cycles/<uuid:cycle_id>/findings/<uuid:finding_id>/actions/add
cycles/<uuid:cycle_id>/findings/<uuid:finding_id>/decide
cycles/<uuid:cycle_id>/findings/<uuid:finding_id>/move
cycles/<uuid:cycle_id>/findings/<uuid:finding_id>/remove
cycles/<uuid:cycle_id>/findings/add
cycles/<uuid:cycle_id>/finish
cycles/<uuid:cycle_id>/mail/
cycles/<uuid:cycle_id>/mail/<uuid:round_id>/
cycles/<uuid:cycle_id>/mail/<uuid:round_id>/<slug:kind>/
cycles/<uuid:cycle_id>/mail/<uuid:round_id>/remove
cycles/<uuid:cycle_id>/profile
cycles/<uuid:cycle_id>/profile.csv
cycles/<uuid:cycle_id>/profile.json
cycles/<uuid:cycle_id>/profile.pdf
cycles/<uuid:cycle_id>/profile/<slug:domain_id>
cycles/<uuid:cycle_id>/questions/<slug:voice>
cycles/<uuid:cycle_id>/reply/
cycles/<uuid:cycle_id>/reply/handout.pdf
cycles/<uuid:cycle_id>/reply/poster.pdf
cycles/<uuid:cycle_id>/reply/preview
cycles/<uuid:cycle_id>/reply/publish
cycles/<uuid:cycle_id>/reply/read-aloud.txt
cycles/<uuid:cycle_id>/rounds/<uuid:round_id>/
cycles/<uuid:cycle_id>/rounds/<uuid:round_id>/close
cycles/<uuid:cycle_id>/rounds/<uuid:round_id>/import
cycles/<uuid:cycle_id>/rounds/<uuid:round_id>/open
cycles/<uuid:cycle_id>/rounds/<uuid:round_id>/slips
cycles/box
cycles/box/keys
cycles/box/new
cycles/box/practice
cycles/new
organization/
organization/change
organization/contacts/<uuid:contact_id>
organization/contacts/<uuid:contact_id>/remove
organization/contacts/new
organization/dismiss
organization/units/<uuid:unit_id>
organization/units/<uuid:unit_id>/remove
organization/units/new
people/
people/acts/
people/acts/check
people/invitations/<uuid:invitation_id>/withdraw
welcome
welcome/sample
what-we-hold/
what-we-hold/holds/<uuid:hold_id>
what-we-hold/holds/<uuid:hold_id>/told
"""


def test_every_page_that_takes_forms_is_declared_risky_or_ordinary():
    of_roles = [one for one in every_address() if one.door.entrance is Entrance.ROLE and "POST" in one.methods]
    assert {one.route for one in of_roles if not one.door.again} == {"", *ORDINARY.split()}
