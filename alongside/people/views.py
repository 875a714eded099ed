"""Pages about people: who belongs here, invitations, roles, and one's own account."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.i18n import set_language as django_set_language

from alongside.access.api import Permission, needs, open_to_all

from . import reads, writes
from .cards import invitation_card, member_card, place_card, role_cards, session_card
from .doors import for_account
from .forms import InvitationForm, RolesForm
from .middleware import CURRENT, member_behind
from .rules import LINK_DAYS, PeopleRefusal
from .standing import is_invented


@needs(Permission.PEOPLE_INVITE)
def people(request: HttpRequest) -> HttpResponse:
    """Who belongs to the organization, and who is invited."""
    actor, today = request.actor, timezone.localdate()
    return render(request, "people/people.html", {
        "members": [member_card(one, actor.account_id) for one in reads.members_by_name(actor)],
        "invitations": [invitation_card(one) for one in reads.invitations_of(actor, today)],
        "may_see_acts": actor.may(Permission.AUDIT_SEE),
    })


@needs(Permission.PEOPLE_INVITE, again=True)
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody. The link stands on the answer to this form and nowhere else."""
    form = InvitationForm(request.POST or None)
    if not form.is_valid():
        return _invitation_page(request, form)
    facts = form.cleaned_data
    try:
        token = writes.invite(
            request.actor, invitation_id=facts["number"], label=facts["label"], roles=facts["roles"],
            today=timezone.localdate())
    except PeopleRefusal as refusal:
        form.add_error(None, str(refusal))
        return _invitation_page(request, form)
    return _link_page(request, facts["label"], reverse("join", args=[token]))


@require_POST
@needs(Permission.PEOPLE_INVITE)
def withdraw(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    mine = reads.invitations_of(request.actor, timezone.localdate())
    writes.withdraw(request.actor, get_object_or_404(mine, pk=invitation_id))
    messages.success(request, _("The invitation is withdrawn. Its link no longer works."))
    return redirect("people")


@needs(Permission.PEOPLE_INVITE, again=True)
def member(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """One colleague: roles, sign-in, removal."""
    found = get_object_or_404(reads.members_with_second_step(request.actor), pk=member_id)
    form = RolesForm(request.POST) if request.method == "POST" else RolesForm(
        initial={"roles": found.roles})
    if not form.is_valid():
        return _member_page(request, found, form)
    try:
        writes.change_roles(request.actor, found, form.cleaned_data["roles"])
    except PeopleRefusal as refusal:
        form.add_error(None, str(refusal))
        return _member_page(request, found, form)
    messages.success(request, _("%(name)s has these roles from now on.") % {"name": found.account})
    return redirect("people")


@require_POST
@needs(Permission.PEOPLE_INVITE, again=True)
def remove(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """End a colleague's membership."""
    found = get_object_or_404(reads.memberships_of(request.actor), pk=member_id)
    name = str(found.account)  # sealed to the row: it can't be read when the row is gone
    try:
        writes.remove_member(request.actor, found)
    except PeopleRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect("member", member_id)
    messages.success(request, _("%(name)s no longer belongs to this organization.") % {"name": name})
    return redirect("people")


@require_POST
@needs(Permission.PEOPLE_INVITE, again=True)
def make_sign_in_link(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """A link for a colleague's new password. It stands on this answer and nowhere else."""
    found = get_object_or_404(reads.memberships_of(request.actor), pk=member_id)
    try:
        token = writes.make_sign_in_link(request.actor, found, timezone.localdate())
    except PeopleRefusal as refusal:
        messages.error(request, str(refusal))
        return redirect("member", member_id)
    return _link_page(request, str(found.account), reverse("new_password", args=[token]), is_password=True)


@require_POST
@needs(Permission.PEOPLE_INVITE, again=True)
def forget_second_step(request: HttpRequest, member_id: UUID) -> HttpResponse:
    """For a colleague who lost phone and recovery codes."""
    found = get_object_or_404(reads.memberships_of(request.actor), pk=member_id)
    try:
        writes.forget_second_step(request.actor, found)
    except PeopleRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("%(name)s sets up a new second step at the next sign-in.") % {"name": found.account})
    return redirect("member", member_id)


@for_account()
def account(request: HttpRequest) -> HttpResponse:
    """One's own account: organizations, password, second step, sessions."""
    current, this = request.actor.organization_id, reads.handle_of(request.session.session_key)
    return render(request, "people/account.html", {
        "sessions": sorted(
            (session_card(handle, held, this) for handle, held in reads.sessions_of(request.user)),
            key=lambda one: not one.is_this),
        "name": str(request.user), "email": request.user.email, "is_invented": is_invented(request),
        "places": [place_card(place, current) for place in reads.own_memberships(request.user)],
    })


@require_POST
@for_account()
def switch(request: HttpRequest) -> HttpResponse:
    """Act for another of one's own organizations."""
    try:
        wanted = UUID(request.POST.get("organization", ""))
    except ValueError:
        raise Http404 from None
    place = get_object_or_404(reads.own_memberships(request.user), organization_id=wanted)
    request.session[CURRENT] = str(place.organization_id)
    return redirect("/")


@require_POST
@for_account()
def end_session(request: HttpRequest) -> HttpResponse:
    """End one other session of one's own account."""
    if writes.end_session(member_behind(request), request.user, request.POST.get("session", "")):
        messages.success(request, _("That session has ended."))
    else:
        messages.info(request, _("That session had ended already."))
    return redirect("account")


@require_POST
@for_account()
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's own account."""
    writes.sign_out_everywhere(member_behind(request), request.user)
    logout(request)
    messages.success(request, _("You are signed out on every device."))
    return redirect("account_login")


@require_POST
@open_to_all(because="everybody reads in their own language, also before signing in")
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie and go back to the page."""
    return django_set_language(request)


def _invitation_page(request: HttpRequest, form: InvitationForm) -> HttpResponse:
    return render(request, "people/invite.html", {
        "form": form, "roles": role_cards(form["roles"].value() or []), "days": LINK_DAYS})


def _member_page(request: HttpRequest, found, form: RolesForm) -> HttpResponse:
    return render(request, "people/member.html", {
        "form": form, "member": member_card(found, request.actor.account_id),
        "roles": role_cards(form["roles"].value() or [])})


def _link_page(request: HttpRequest, label: str, path: str, *, is_password: bool = False) -> HttpResponse:
    base = settings.PUBLIC_ADDRESS or f"{request.scheme}://{request.get_host()}"
    return render(request, "people/link.html", {
        "label": label, "link": base + path, "days": LINK_DAYS, "is_password": is_password})
