"""Sealed fields, tried on the tables of this room: noise in the database, words on the attribute, no search."""

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction
from django.db.models import Value

from alongside.organizations.models import SupportContact, Unit
from alongside.people.models import Account
from alongside.privacy.api import CannotOpen
from alongside.privacy.fields import Sealed, SealedJSONField, SealedTextField

pytestmark = [pytest.mark.django_db, pytest.mark.store]
WORDS = "the yellow stairs"


@pytest.fixture
def unit(house) -> Unit:
    return Unit.objects.create(organization=house, name=WORDS)


def raw(unit: Unit) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("select name from organizations_unit where id = %s", [
            unit.pk.hex if connection.vendor == "sqlite" else unit.pk])
        return bytes(cursor.fetchone()[0])


def put(unit: Unit, sealed: bytes) -> None:
    """Write bytes past the program, as somebody with the database alone would."""
    Unit.objects.filter(pk=unit.pk).update(name=Sealed(sealed))


def test_words_are_noise_in_the_database(unit):
    assert WORDS.encode() not in raw(unit)


def test_words_appear_on_the_attribute(unit):
    assert Unit.objects.get(pk=unit.pk).name == WORDS


@pytest.mark.parametrize("text", ["", "0", "x" * 5000, "ñandú 🪑"])
def test_any_text_comes_back_as_it_was(house, text):
    unit = Unit.objects.create(organization=house, name=text)
    assert Unit.objects.get(pk=unit.pk).name == text


@pytest.mark.parametrize("value", [None, "", 0, False, [], {"a": [1, "b"]}])
def test_any_json_comes_back_as_it_was(value):
    field = SealedJSONField()
    assert field.from_bytes(field.to_bytes(value)) == value


def test_nothing_stays_nothing(unit):
    assert SealedTextField(null=True).get_db_prep_value(None, connection) is None


def test_rows_made_together_are_sealed(house):
    made = Unit.objects.bulk_create(Unit(organization=house, name=name) for name in ("one", "two"))
    assert sorted(one.name for one in Unit.objects.filter(pk__in=[one.pk for one in made])) == ["one", "two"]


def test_row_that_was_read_and_saved_keeps_its_words(unit):
    again = Unit.objects.get(pk=unit.pk)
    again.save()
    assert Unit.objects.get(pk=unit.pk).name == WORDS


def test_words_that_were_left_out_are_fetched_when_they_are_read(unit):
    assert Unit.objects.only("organization_id").get(pk=unit.pk).name == WORDS


@pytest.mark.parametrize("asked", [
    lambda units: units.filter(name=WORDS), lambda units: units.exclude(name__contains="stairs"),
    lambda units: units.get(name__in=[WORDS]), lambda units: list(units.order_by("name")),
    lambda units: str(units.values_list("name", flat=True)[0]), lambda units: units.update(name="other"),
    lambda units: units.update(name=Value("other")),
    lambda units: units.bulk_update(list(units), ["name"]),
])
def test_search_order_and_update_are_refused(unit, asked):
    with pytest.raises(FieldError, match="sealed"):
        asked(Unit.objects.all())


def test_whether_there_is_anything_may_be_asked(unit):
    inside = Unit.objects.filter(name__isnull=False)
    assert list(Unit.objects.filter(pk__in=inside.values("pk"))) == [unit]


def test_words_of_another_row_do_not_open(house, unit):
    other = Unit.objects.create(organization=house, name="another")
    put(other, raw(unit))
    with pytest.raises(CannotOpen):
        _ = Unit.objects.get(pk=other.pk).name


def test_words_of_another_organization_do_not_open(house, other_house, unit):
    Unit.objects.create(organization=other_house, name="so that there is a key")
    Unit.objects.filter(pk=unit.pk).update(organization=other_house)
    with pytest.raises(CannotOpen):
        _ = Unit.objects.get(pk=unit.pk).name


def test_words_of_another_column_do_not_open(house):
    contact = SupportContact.objects.create(organization=house, name="Rosa", reach="555 0100")
    SupportContact.objects.filter(pk=contact.pk).update(
        reach=SupportContact.objects.values_list("name", flat=True).get())
    with pytest.raises(CannotOpen):
        _ = SupportContact.objects.get().reach


def test_words_of_a_removed_row_say_that_it_is_gone(unit):
    again = Unit.objects.get(pk=unit.pk)
    again.delete()
    with pytest.raises(CannotOpen, match="gone"):
        _ = again.name


def test_two_units_never_share_a_name_though_it_is_sealed(house, other_house, unit):
    Unit.objects.create(organization=other_house, name=WORDS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Unit.objects.create(organization=house, name=WORDS)


def test_mark_of_a_name_says_nothing_of_other_organizations(house, other_house, unit):
    assert Unit.objects.create(organization=other_house, name=WORDS).name_mark != unit.name_mark


def test_address_is_found_in_any_case_and_lies_sealed():
    account = Account.objects.create_user("Ana@Example.org", None, name="Ana")
    with connection.cursor() as cursor:
        cursor.execute("select email from people_account")
        kept = bytes.fromhex(cursor.fetchone()[0])
    found = Account.objects.get(email="ANA@example.ORG")
    assert (found.pk, found.email, b"example" in kept) == (account.pk, "ana@example.org", False)


def test_library_that_takes_a_sealed_address_for_a_text_does_no_harm():
    """allauth's migrations make addresses small with the database's own function."""
    account = Account.objects.create_user("ana@example.org")
    with connection.cursor() as cursor:
        cursor.execute("update people_account set email = lower(email)")
    assert Account.objects.get(email="ana@example.org") == account


def test_address_belongs_to_one_account():
    Account.objects.create_user("ana@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create_user("ANA@example.org")


def test_address_can_not_be_searched_by_a_part_of_it():
    with pytest.raises(FieldError, match="only whole"):
        Account.objects.filter(email__contains="example")
