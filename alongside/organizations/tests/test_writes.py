import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from alongside.access.api import Refused
from alongside.audit.api import entries_of
from alongside.organizations import reads, rules, writes
from alongside.organizations.models import Organization, Unit

pytestmark = [pytest.mark.django_db, pytest.mark.store]
WORDS = {"en": {"survivor": "thriver", "survivors": "thrivers"}}

WRITES = {
    "organization": lambda actor, house: writes.change_organization(
        actor, house, name="New", words=WORDS, languages=["en"]),
    "thresholds": lambda actor, house: writes.raise_thresholds(actor, house, k_scores=6, k_comments=10),
    "unit": lambda actor, house: writes.add_unit(actor, name="North house"),
    "contact": lambda actor, house: writes.add_contact(actor, name="Rosa", reach="555 0100"),
}


@pytest.mark.parametrize("act", WRITES)
def test_coordinator_and_director_may_and_nobody_else(act, house, ana, dee, fay, fin, ben, sol):
    for actor in (fay, fin, ben, sol):
        with pytest.raises(Refused):
            WRITES[act](actor, house)
    for actor in (ana, dee):
        with transaction.atomic():
            WRITES[act](actor, house)
            transaction.set_rollback(True)


def test_another_organization_can_not_be_changed(house, cleo, ana):
    unit = writes.add_unit(ana, name="North house")
    contact = writes.add_contact(ana, name="Rosa", reach="1")
    for act in (
        lambda: WRITES["organization"](cleo, house), lambda: WRITES["thresholds"](cleo, house),
        lambda: writes.rename_unit(cleo, unit, name="X"), lambda: writes.remove_unit(cleo, unit),
        lambda: writes.change_contact(cleo, contact, name="X"), lambda: writes.remove_contact(cleo, contact),
    ):
        with pytest.raises(Refused):
            act()


def test_thresholds_go_up_only(house, ana):
    writes.raise_thresholds(ana, house, k_scores=8, k_comments=12)
    with pytest.raises(rules.CannotLoosen):
        writes.raise_thresholds(ana, house, k_scores=7, k_comments=12)
    house.refresh_from_db()
    assert (house.k_scores, house.k_comments) == (8, 12)


@pytest.mark.parametrize("field", ["k_scores", "k_comments"])
def test_the_table_itself_refuses_a_threshold_below_the_least(field, house):
    least = {"k_scores": 5, "k_comments": 10}[field]
    with pytest.raises(IntegrityError):
        Organization.objects.filter(pk=house.pk).update(**{field: least - 1})


def test_two_units_never_share_a_name(house, ana):
    writes.add_unit(ana, name="North house")
    with pytest.raises(rules.NameTaken):
        writes.add_unit(ana, name="North house")
    assert [unit.name for unit in reads.units_of(ana)] == ["North house"]


def test_a_unit_that_is_in_use_stays_and_its_removal_is_not_recorded(house, ana, monkeypatch):
    unit = writes.add_unit(ana, name="North house")

    def protected(self):
        raise ProtectedError("a round asks it", {self})

    monkeypatch.setattr(Unit, "delete", protected)
    with pytest.raises(rules.UnitInUse):
        writes.remove_unit(ana, unit)
    assert [entry.act for entry in entries_of(ana)] == ["unit.added"]


def test_a_contact_sent_twice_is_one_contact(house, ana):
    for _ in range(2):
        writes.add_contact(ana, name="Rosa", reach="555 0100")
    assert reads.contacts_of(ana).count() == 1


def test_acts_are_recorded_without_values(house, ana):
    unit = writes.add_unit(ana, name="North house")
    writes.rename_unit(ana, unit, name="South house")
    entries = list(entries_of(ana).values_list("act", "thing_kind", "thing_id"))
    assert entries == [
        ("unit.renamed", "organizations.unit", str(unit.pk)),
        ("unit.added", "organizations.unit", str(unit.pk))]
