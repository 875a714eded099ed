"""The first five minutes: found the organization, then look at the sample or begin."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.module_loading import import_string
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from alongside.access.api import Permission, needs, open_to_all
from alongside.organizations.api import OrganizationForm, any_organization_exists

from . import setup_code
from .forms import AccountForm, SetupPage, contact_rows
from .founding import AlreadyFounded, found, open_sample
from .limits import WRONG_SETUP_CODE
from .middleware import CURRENT
from .signin import ONWARD, sign_in


@open_to_all(because="before the first run nobody has an account; the address holds the one-time setup code")
@sensitive_post_parameters("password")
def start(request: HttpRequest, code: str) -> HttpResponse:
    """The setup page. Wrong codes are counted; the right one always works."""
    if not setup_code.fits(code):
        if not WRONG_SETUP_CODE.allows():
            return render(request, "429.html", status=429)
        return _closed(request, 404)
    if request.method != "POST":
        return _show(request, SetupPage(OrganizationForm(), contact_rows(), AccountForm(prefix="me")))
    if "add_row" in request.POST:
        return _show(request, _typed(request).with_one_row_more())
    return _found(request)


@needs(Permission.PEOPLE_INVITE)
def welcome(request: HttpRequest) -> HttpResponse:
    """What to do first: look at a sample, or begin."""
    return render(request, "people/welcome.html")


@require_POST
@needs(Permission.PEOPLE_INVITE)
def sample(request: HttpRequest) -> HttpResponse:
    """Make the invented sample, or find it again, and go there."""
    organization = open_sample(request.actor, import_string(settings.SAMPLE_MAKER))
    request.session[CURRENT] = str(organization.pk)
    return redirect("/")


def _found(request: HttpRequest) -> HttpResponse:
    page = _typed(request)
    if not all(form.is_valid() for form in page.forms):
        return _show(request, page)
    contacts = [row.facts() for row in page.rows if row.has_changed()]
    try:
        first = found(organization=page.organization.facts(), contacts=contacts, **page.account.cleaned_data)
    except AlreadyFounded:
        return _closed(request, 409)
    request.session[ONWARD] = "/welcome"
    return sign_in(request, first)


def _typed(request: HttpRequest) -> SetupPage:
    return SetupPage(
        OrganizationForm(request.POST), contact_rows(request.POST), AccountForm(request.POST, prefix="me"))


def _show(request: HttpRequest, page: SetupPage) -> HttpResponse:
    return render(request, "people/start.html", {"page": page})


def _closed(request: HttpRequest, status: int) -> HttpResponse:
    known = {"is_founded": any_organization_exists()}
    return render(request, "people/start_closed.html", known, status=status)
