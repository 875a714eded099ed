"""Pages of the organization: its words, its units, its support contacts, its thresholds."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs

from . import reads, rules, writes
from .cards import contact_card, organization_card, unit_card
from .forms import ContactForm, OrganizationForm, ThresholdsForm, UnitForm

REMOVED_UNIT = "removed_unit"
REMOVED_CONTACT = "removed_contact"


@needs(Permission.ORGANIZATION_EDIT)
def overview(request: HttpRequest) -> HttpResponse:
    """Everything about the organization on one page."""
    today = timezone.localdate()
    return render(request, "organizations/overview.html", {
        "organization": organization_card(reads.organization_of(request.actor), dict(settings.LANGUAGES)),
        "units": [unit_card(unit) for unit in reads.units_by_name(request.actor)],
        "contacts": [contact_card(contact, today) for contact in reads.contacts_of(request.actor)],
        "removed_unit": _removed(request, REMOVED_UNIT),
        "removed_contact": _removed(request, REMOVED_CONTACT),
    })


@needs(Permission.ORGANIZATION_EDIT)
def change(request: HttpRequest) -> HttpResponse:
    """Change name, words and languages."""
    organization = reads.organization_of(request.actor)
    sent = request.method == "POST"
    form = OrganizationForm(request.POST) if sent else OrganizationForm.filled(organization)
    if form.is_valid():
        writes.change_organization(request.actor, organization, **form.facts())
        messages.success(request, _("What you changed is kept."))
        return redirect("organization")
    return render(request, "organizations/change.html", {"form": form})


@needs(Permission.ORGANIZATION_EDIT, again=True)
def thresholds(request: HttpRequest) -> HttpResponse:
    """Raise the number of people from which figures and comments are shown."""
    organization = reads.organization_of(request.actor)
    form = ThresholdsForm(request.POST or None, organization=organization)
    if form.is_valid():
        try:
            writes.raise_thresholds(request.actor, organization, **form.cleaned_data)
        except rules.CannotLoosen as refusal:  # somebody else raised it in between
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The new numbers hold for every cycle that opens from now on."))
            return redirect("organization")
    return render(request, "organizations/thresholds.html", {"form": form})


@needs(Permission.ORGANIZATION_EDIT)
def add_unit(request: HttpRequest) -> HttpResponse:
    """A new unit, or one that was removed by mistake."""
    form = UnitForm(request.POST or None)
    if form.is_valid() and _kept(form, lambda: writes.add_unit(request.actor, **form.cleaned_data)):
        request.session.pop(REMOVED_UNIT, None)
        messages.success(request, _("%(unit)s is on the list.") % {"unit": form.cleaned_data["name"]})
        return redirect("organization")
    return render(request, "organizations/unit.html", {"form": form})


@needs(Permission.ORGANIZATION_EDIT)
def rename_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Another name for a unit."""
    unit = get_object_or_404(reads.units_of(request.actor), pk=unit_id)
    form = UnitForm(request.POST or None, initial={"name": unit.name})
    card = unit_card(unit)
    if form.is_valid() and _kept(form, lambda: writes.rename_unit(request.actor, unit, **form.cleaned_data)):
        messages.success(request, _("The unit is called %(unit)s now.") % {"unit": form.cleaned_data["name"]})
        return redirect("organization")
    return render(request, "organizations/unit.html", {"form": form, "unit": card})


@require_POST
@needs(Permission.ORGANIZATION_EDIT)
def remove_unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Remove a unit; the next page offers to put it back."""
    unit = get_object_or_404(reads.units_of(request.actor), pk=unit_id)
    name = unit.name  # sealed to the row: it can't be read when the row is gone
    try:
        writes.remove_unit(request.actor, unit)
    except rules.UnitInUse as refusal:
        messages.error(request, str(refusal))
    else:
        _remember(request, REMOVED_UNIT, {"name": name})
    return redirect("organization")


@needs(Permission.ORGANIZATION_EDIT)
def add_contact(request: HttpRequest) -> HttpResponse:
    """A new support contact, or one that was removed by mistake."""
    form = ContactForm(request.POST or None)
    if form.is_valid():
        contact = writes.add_contact(request.actor, **form.facts())
        request.session.pop(REMOVED_CONTACT, None)
        messages.success(request, _("People who answer see %(name)s from now on.") % {"name": contact.name})
        return redirect("organization")
    return render(request, "organizations/contact.html", {"form": form})


@needs(Permission.ORGANIZATION_EDIT)
def change_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Change a support contact."""
    contact = get_object_or_404(reads.contacts_of(request.actor), pk=contact_id)
    now = {field: getattr(contact, field) for field in ContactForm.base_fields}
    form = ContactForm(request.POST or None, initial=now)
    if form.is_valid():
        writes.change_contact(request.actor, contact, **form.facts())
        messages.success(request, _("People who answer see the new words from now on."))
        return redirect("organization")
    return render(request, "organizations/contact.html", {"form": form, "contact_id": contact_id})


@require_POST
@needs(Permission.ORGANIZATION_EDIT)
def remove_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Remove a support contact; the next page offers to put it back."""
    contact = get_object_or_404(reads.contacts_of(request.actor), pk=contact_id)
    kept = {field: str(getattr(contact, field) or "") for field in ContactForm.base_fields}
    writes.remove_contact(request.actor, contact)
    _remember(request, REMOVED_CONTACT, kept)
    return redirect("organization")


@require_POST
@needs(Permission.ORGANIZATION_EDIT)
def dismiss(request: HttpRequest) -> HttpResponse:
    """Stop offering to put back what was removed."""
    for key in (REMOVED_UNIT, REMOVED_CONTACT):
        request.session.pop(key, None)
    return redirect("organization")


def _remember(request: HttpRequest, key: str, facts: dict) -> None:
    """Keep what was removed in this session, so that it can be put back where it was and nowhere else."""
    request.session[key] = {"organization": str(request.actor.organization_id), "facts": facts}


def _removed(request: HttpRequest, key: str) -> dict | None:
    kept = request.session.get(key)
    mine = kept and kept["organization"] == str(request.actor.organization_id)
    return kept["facts"] if mine else None


def _kept(form: UnitForm, write) -> bool:
    """Whether the name was free; else the form says so."""
    try:
        write()
    except rules.NameTaken as refusal:
        form.add_error("name", str(refusal))
        return False
    return True
