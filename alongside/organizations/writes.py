"""Changing the organization and what belongs to it."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission
from alongside.audit.api import record, thing_of
from alongside.privacy.api import make_key

from . import rules
from .models import HoldKind, LegalHold, Organization, SupportContact, Unit


def found_organization(*, name: str, words: dict, languages: list[str],
                       is_invented: bool = False) -> Organization:
    """A new organization. The caller (setup, sample, command line) has decided that it may exist."""
    founded = Organization.objects.create(name=name, words=words, languages=languages, is_invented=is_invented)
    # Now, not with the first answer: were that one undone (a full disk), its key would be gone but remembered.
    make_key(founded.pk)
    return founded


@transaction.atomic
def change_organization(actor: Actor, organization: Organization, *, name: str, words: dict,
                        languages: list[str]) -> None:
    """Change what the organization is called, the words and the languages it uses."""
    actor.must(Permission.ORGANIZATION_EDIT, organization)
    organization.name, organization.words, organization.languages = name, words, languages
    organization.save(update_fields=["name", "words", "languages"])
    record(actor, "organization.changed", organization)


@transaction.atomic
def raise_thresholds(actor: Actor, organization: Organization, *, k_scores: int, k_comments: int) -> None:
    """Show figures and comments only from so many people on. Raises `CannotLoosen`."""
    actor.must(Permission.ORGANIZATION_EDIT, organization)
    now = Organization.objects.select_for_update().get(pk=organization.pk)
    rules.ensure_not_loosened(scores=(now.k_scores, k_scores), comments=(now.k_comments, k_comments))
    now.k_scores, now.k_comments = k_scores, k_comments
    now.save(update_fields=["k_scores", "k_comments"])
    record(actor, "thresholds.raised", organization)


@transaction.atomic
def add_unit(actor: Actor, *, name: str) -> Unit:
    """A new unit of the actor's organization. Raises `NameTaken`."""
    actor.must(Permission.ORGANIZATION_EDIT)
    unit = Unit(organization_id=actor.organization_id, name=name)
    _save(unit)
    record(actor, "unit.added", unit)
    return unit


@transaction.atomic
def rename_unit(actor: Actor, unit: Unit, *, name: str) -> None:
    """Call a unit by another name. Raises `NameTaken`."""
    actor.must(Permission.ORGANIZATION_EDIT, unit)
    unit.name = name
    _save(unit)
    record(actor, "unit.renamed", unit)


@transaction.atomic
def remove_unit(actor: Actor, unit: Unit) -> None:
    """Remove a unit that no round asks. Raises `UnitInUse` where one does."""
    actor.must(Permission.ORGANIZATION_EDIT, unit)
    gone = thing_of(unit)
    try:
        with transaction.atomic():
            unit.delete()
    except ProtectedError:
        raise rules.UnitInUse(
            _("A round asks the people of %(unit)s, so it stays. What was found there would lose its place.")
            % {"unit": unit.name}) from None
    record(actor, "unit.removed", gone)


@transaction.atomic
def add_contact(actor: Actor, *, name: str, reach: str, languages: str = "", hours: str = "",
                may_be_told: str = "", last_checked: date | None = None) -> SupportContact:
    """A support contact at the end of the list. One that is there word for word is not added twice."""
    actor.must(Permission.ORGANIZATION_EDIT)
    facts = {"name": name, "reach": reach, "languages": languages, "hours": hours, "may_be_told": may_be_told,
             "last_checked": last_checked}
    mine = list(SupportContact.objects.filter(organization_id=actor.organization_id))
    for known in mine:
        if all(getattr(known, field) == value for field, value in facts.items()):
            return known
    contact = SupportContact.objects.create(
        organization_id=actor.organization_id, place=len(mine), **facts)
    record(actor, "contact.added", contact)
    return contact


@transaction.atomic
def change_contact(actor: Actor, contact: SupportContact, **facts) -> None:
    """Change facts of a contact (the field names of `SupportContact`)."""
    actor.must(Permission.ORGANIZATION_EDIT, contact)
    for field, value in facts.items():
        setattr(contact, field, value)
    contact.save(update_fields=list(facts))
    record(actor, "contact.changed", contact)


@transaction.atomic
def remove_contact(actor: Actor, contact: SupportContact) -> None:
    """Remove a contact from every page where people answer, at once."""
    actor.must(Permission.ORGANIZATION_EDIT, contact)
    gone = thing_of(contact)
    contact.delete()
    record(actor, "contact.removed", gone)


@transaction.atomic
def put_hold(actor: Actor, *, kind: str, ordered_by: str, about: str, cycle_id: UUID | None, today: date) -> LegalHold:
    """Stop deleting, from today on. `cycle_id` None covers everything; the caller sees to it that the cycle is the
    actor's own."""
    actor.must(Permission.HOLD_SET)
    hold = LegalHold.objects.create(
        organization_id=actor.organization_id, kind=HoldKind(kind), ordered_by=ordered_by, about=about,
        cycle_id=cycle_id, since=today, tell_by=rules.tell_by(today))
    record(actor, "hold.put", hold)
    return hold


@transaction.atomic
def mark_told(actor: Actor, hold: LegalHold, *, today: date) -> None:
    """People who answered were told that deleting was stopped; the reply page says so from now on."""
    actor.must(Permission.HOLD_SET, hold)
    locked = _standing(hold)
    locked.told_on = locked.told_on or today
    locked.save(update_fields=["told_on"])
    record(actor, "hold.told", hold)


@transaction.atomic
def lift_hold(actor: Actor, hold: LegalHold, *, today: date) -> None:
    """The duty is over: the next purge deletes what is past its time. Raises `HoldLifted`."""
    actor.must(Permission.HOLD_SET, hold)
    locked = _standing(hold)
    locked.lifted_on = today
    locked.save(update_fields=["lifted_on"])
    record(actor, "hold.lifted", hold)


def _standing(hold: LegalHold) -> LegalHold:
    locked = LegalHold.objects.select_for_update().get(pk=hold.pk)
    if locked.lifted_on is not None:
        raise rules.HoldLifted(_("This hold was lifted already. What it covered is deleted on schedule again."))
    return locked


def _save(unit: Unit) -> None:
    """The table decides whether a name is free, so that two people at once can't both take it."""
    try:
        with transaction.atomic():
            unit.save()
    except IntegrityError:
        raise rules.NameTaken(_("There is a unit with this name already.")) from None
