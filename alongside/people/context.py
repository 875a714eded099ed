"""What the frame of every staff page needs: the links one may open, the organization, the language."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from alongside.access.api import NOBODY, Actor, Permission
from alongside.organizations.api import organization_of


@dataclass(frozen=True)
class Link:
    """One link of the main navigation."""

    href: str
    label: str
    here: bool


@dataclass(frozen=True)
class Frame:
    """The frame around a staff page."""

    links: tuple[Link, ...]
    organization: str
    invented: bool
    signed_in: bool
    language: str
    direction: str
    languages: list
    path: str


def frame(request: HttpRequest) -> dict:
    """Context processor: `frame` for `ui/base.html`."""
    actor = getattr(request, "actor", NOBODY)
    organization = organization_of(actor) if actor.organization_id else None
    return {"frame": Frame(
        links=_links(actor, request.path), organization=organization.name if organization else "",
        invented=bool(organization and organization.is_invented), signed_in=actor.is_signed_in,
        language=get_language() or "en", direction="rtl" if get_language_bidi() else "ltr",
        languages=settings.LANGUAGES, path=request.path,
    )}


def _links(actor: Actor, path: str) -> tuple[Link, ...]:
    doors = [
        ("/", _("Home"), Permission.HOME),
        ("/cycles/", _("Cycles"), Permission.CYCLES_SEE),
        ("/changes/", _("Changes"), Permission.CHANGES_SEE),
        ("/organization/", _("Organization"), Permission.ORGANIZATION_EDIT),
        ("/people/", _("People"), Permission.PEOPLE_INVITE),
    ]
    return tuple(
        Link(href, label, path == href or (href != "/" and path.startswith(href)))
        for href, label, needed in doors if actor.may(needed)
    )
