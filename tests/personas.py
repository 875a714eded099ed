"""The fixed cast of the tests. All are invented.

Ana coordinates, Dee directs, Fay facilitates, Fin does the money, Ben only reads, Sol keeps the server.
Cleo coordinates another organization and must get nothing of the first. Remy answers and has no account.
"""

import pytest
from django.db import connection

from alongside.access.api import Actor, Role
from alongside.organizations.api import found_organization
from alongside.people.api import mark_second_step
from alongside.people.models import Account, Membership
from alongside.privacy.api import forget_keys

ROLES = {
    "ana": Role.COORDINATOR, "dee": Role.DIRECTOR, "fay": Role.FACILITATOR, "fin": Role.FINANCE,
    "ben": Role.READER, "sol": Role.SERVER_ADMIN,
}
PASSWORD = "correct horse battery"
# Statements by which a page of staff tells PostgreSQL whose rows it may show, and takes that back.
WALL = 2 if connection.vendor == "postgresql" else 0
WORDS = {"en": {"survivor": "survivor", "survivors": "survivors"},
         "es": {"survivor": "persona sobreviviente", "survivors": "personas sobrevivientes"}}


def make_member(organization, name: str, *roles: Role) -> Actor:
    """An account with a second step set up is not needed here: an Actor is all that reads and writes take."""
    account = Account.objects.create_user(f"{name}@example.org", PASSWORD, name=name.title())
    Membership.objects.create(organization=organization, account=account, roles=[str(role) for role in roles])
    return Actor(account.pk, organization.pk, frozenset(roles), account.name)


@pytest.fixture(autouse=True)
def _fresh_keys():
    """Keys are cached by process; each test has its own database."""
    forget_keys()
    yield
    forget_keys()


@pytest.fixture
def house(db):
    """The organization that most tests are about."""
    return found_organization(name="Lantern House (invented)", words=WORDS, languages=["en", "es"])


@pytest.fixture
def other_house(db):
    """Another organization in the same installation."""
    return found_organization(name="Juniper Center (invented)", words=WORDS, languages=["en"])


def _persona(name: str):
    @pytest.fixture(name=name)
    def persona(house):
        return make_member(house, name, ROLES[name])

    return persona


ana, dee, fay, fin, ben, sol = (_persona(name) for name in ROLES)


@pytest.fixture
def cleo(other_house):
    """Coordinates the other organization."""
    return make_member(other_house, "cleo", Role.COORDINATOR)


@pytest.fixture
def as_(client, settings):
    """`as_(actor)` gives a test client signed in as that actor, second step included.

    `sure=True`: somebody who typed the password once more a moment ago, as risky acts ask.
    """
    from django.test import Client

    def sign_in(actor: Actor, *, sure: bool = False) -> Client:
        signed, account = Client(), Account.objects.get(pk=actor.account_id)
        signed.force_login(account, settings.AUTHENTICATION_BACKENDS[0])
        session = signed.session
        mark_second_step(session, account)
        session.save()
        if sure:
            signed.post("/account/again/", {"password": PASSWORD})
        return signed

    return sign_in
