"""Removing an organization or a cycle: what was theirs is looked for in every table that there is."""

import pytest
from django.apps import apps
from django.db import models
from django.utils import timezone

from alongside.access.api import Actor, Role
from alongside.audit.models import Entry
from alongside.config.commands import main
from alongside.config.removing import remove_organization
from alongside.config.sample import make_sample
from alongside.listening.models import Cycle, Round
from alongside.listening.tests.factories import rest_until_release
from alongside.organizations.api import Organization, UnderHold, put_hold
from alongside.outside.mail.writes import keep_list
from alongside.people.models import Account, Membership
from alongside.privacy.models import SealingKey
from tests.personas import make_member

pytestmark = [pytest.mark.store, pytest.mark.django_db(transaction=True)]
OURS = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]


@pytest.fixture
def sample() -> Organization:
    """An organization with something in nearly every table."""
    made = make_sample()
    rest_until_release(Round.objects.filter(organization=made, state="open").first())
    ana = make_member(made, "zoe", Role.COORDINATOR, Role.DIRECTOR)
    keep_list(ana, Round.objects.filter(organization=made).first(), "listed@example.org")
    return made


def rows_of(organization_id) -> dict[str, int]:
    """How many rows of each table lead to this organization by any path of two keys or fewer."""
    found = {}
    for model in OURS:
        count = sum(model._base_manager.filter(**{path: organization_id}).count() for path in _paths(model))
        if count:
            found[model._meta.label_lower] = count
    return found


def _paths(model, deep=2) -> list[str]:
    fields = model._meta.concrete_fields
    own = [field.attname for field in fields if field.attname == "organization_id"]
    if model is Organization:
        own = ["pk"]
    if own or not deep:
        return own
    keys = [field for field in fields if isinstance(field, models.ForeignKey) and field.related_model in OURS]
    return [f"{key.name}__{path}" for key in keys for path in _paths(key.related_model, deep - 1)]


def test_search_finds_what_the_organization_has(sample):
    assert set(rows_of(sample.pk)) >= {
        "organizations.organization", "listening.round", "listening.answerstore", "listening.comment",
        "findings.release", "changes.replyline", "mail.addresslist", "people.membership", "audit.entry",
        "privacy.sealingkey"}


def test_removed_organization_is_in_no_table(sample, house):
    remove_organization(sample)
    assert (rows_of(sample.pk), Organization.objects.get()) == ({}, house)


def test_removed_organization_takes_its_keys_along(sample):
    remove_organization(sample)
    assert not SealingKey.objects.filter(organization_id=sample.pk).exists()


def test_accounts_that_belong_elsewhere_stay(sample, house, ana):
    Membership.objects.create(organization=sample, account_id=ana.account_id, roles=[])
    remove_organization(sample)
    assert list(Account.objects.values_list("pk", flat=True)) == [ana.account_id]


def test_log_of_the_installation_tells_that_an_organization_was_removed(sample):
    remove_organization(sample)
    assert [(one.organization_id, one.act) for one in Entry.objects.all()] == [(None, "organization.removed")]


@pytest.mark.parametrize("everything", [True, False])
def test_organization_under_a_hold_stays(sample, everything):
    cycle = None if everything else Cycle.objects.filter(organization=sample).first().pk
    zoe = Actor(organization_id=sample.pk, roles=frozenset({Role.DIRECTOR}))
    put_hold(zoe, kind="claim", ordered_by="a lawyer", about="", cycle_id=cycle, today=timezone.localdate())
    before = rows_of(sample.pk)
    with pytest.raises(UnderHold):
        remove_organization(sample)
    assert rows_of(sample.pk) == before


def test_command_removes_nothing_where_nobody_is_asked(house, capsys):
    code = main(["organization", "remove", house.name])
    assert (code, Organization.objects.count(), capsys.readouterr().err) == (
        2, 1, "Nobody is here to ask. Say --yes to remove it.\n")


@pytest.mark.parametrize(("typed", "left"), [("Lantern House (invented)", 0), ("yes", 1)])
def test_command_removes_what_was_typed_again(house, monkeypatch, typed, left, capsys):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: typed)
    main(["organization", "remove", house.name])
    assert Organization.objects.count() == left


def test_command_knows_no_such_organization(house, capsys):
    assert (main(["organization", "remove", "Nobody", "--yes"]), Organization.objects.count()) == (1, 1)
