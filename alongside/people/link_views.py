"""Pages behind links that were handed over: joining, a new password, the doors of the demo."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET

from alongside.access.api import open_to_all

from . import reads, writes
from .doors import turned_away
from .forms import AccountForm, PasswordForm
from .limits import WRONG_LINK
from .middleware import CURRENT
from .models import Invitation
from .roles import names_of
from .rules import LinkGone, PeopleRefusal
from .signin import sign_in
from .standing import INVENTED, Standing, mark, standing

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_to_all(because="an invited colleague has no account yet; the address holds a one-time token")
@sensitive_post_parameters("password")
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation, with a new account or the one that is signed in."""
    invitation = reads.invitation_by_token(token, timezone.localdate())
    if invitation is None:
        return _gone(request)
    where = standing(request)
    if where is Standing.NOBODY:
        return _join_as_new(request, invitation)
    return turned_away(request, where) or _join_as_known(request, invitation)


@open_to_all(because="who forgot their password can't sign in; the address holds a one-time token")
@sensitive_post_parameters("password")
def new_password(request: HttpRequest, token: str) -> HttpResponse:
    """Set a new password with a link that somebody of the organization handed over."""
    link = reads.sign_in_link_by_token(token, timezone.localdate())
    if link is None:
        return _gone(request)
    form = PasswordForm(request.POST or None)
    if not form.is_valid():
        return render(request, "people/new_password.html", {"form": form, "email": link.account.email})
    try:
        writes.set_password_by_link(link, form.cleaned_data["password"])
    except LinkGone:
        return _gone(request)
    messages.success(request, _("Your new password is set. Sign in with it."))
    return redirect("account_login")


@require_GET
@open_to_all(because="the demo's invented people come in by a one-time link; closed where there is no demo")
def demo_door(request: HttpRequest, token: str) -> HttpResponse:
    """Sign an invented person in, once, in a demo installation only."""
    door = reads.demo_door_by_token(token)
    if door is None or not writes.spend_demo_door(door):
        return render(request, "people/door_closed.html", status=404) if reads.is_demo() else _no_such_page()
    login(request, door.account, backend=BACKEND)
    mark(request.session, door.account, INVENTED)
    return redirect("/")


def _join_as_new(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = AccountForm(request.POST or None)
    if form.is_valid():
        try:
            account = writes.join_as_new(invitation, **form.cleaned_data)
        except LinkGone:
            return _gone(request)
        except PeopleRefusal as refusal:
            form.add_error("email", str(refusal))
        else:
            return sign_in(request, account)
    return _join_page(request, invitation, {"form": form})


def _join_as_known(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    if request.method == "POST":
        try:
            writes.join(invitation, request.user)
        except LinkGone:
            return _gone(request)
        except PeopleRefusal as refusal:
            return _join_page(request, invitation, {"refusal": str(refusal), "email": request.user.email})
        request.session[CURRENT] = str(invitation.organization_id)
        messages.success(request, _("You belong to %(name)s now.") % {"name": invitation.organization.name})
        return redirect("/")
    return _join_page(request, invitation, {"email": request.user.email})


def _join_page(request: HttpRequest, invitation: Invitation, more: dict) -> HttpResponse:
    return render(request, "people/join.html", more | {
        "organization": invitation.organization.name, "roles": names_of(invitation.roles),
        "path": request.path})


def _gone(request: HttpRequest) -> HttpResponse:
    """The same page for a link that was used, is too old, or never was."""
    if not WRONG_LINK.allows():
        return render(request, "429.html", status=429)
    return render(request, "people/link_gone.html", status=404)


def _no_such_page() -> HttpResponse:
    raise Http404
