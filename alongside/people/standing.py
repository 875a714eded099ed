"""How far somebody has come in signing in. A password alone leads to the set-up of a second step, no further.

A session carries a mark once a second step was shown in it. The mark belongs to the session and not to the
account: a session opened with the password alone does not grow when a second step is set up elsewhere.
"""

from enum import Enum

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from .models import Account

MARK = "second_step"
SIGNED_IN_AT = "signed_in_at"
SHOWN = "shown"
INVENTED = "invented"
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Standing(Enum):
    """How far a session has come."""

    NOBODY = "not signed in"
    SETTING_UP = "has no second step yet"
    UNPROVEN = "has a second step and did not show it in this session"
    PROVEN = "signed in"


def standing(request: HttpRequest) -> Standing:
    """How far this session has come. Asks the database only where the session is not marked."""
    if not request.user.is_authenticated:
        return Standing.NOBODY
    if _is_marked(request):
        return Standing.PROVEN
    return Standing.UNPROVEN if has_second_step(request.user) else Standing.SETTING_UP


def has_second_step(account: Account) -> bool:
    """Whether the account has an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=account.pk, type__in=SECOND_STEPS).exists()


def mark(session: SessionBase, account: Account, kind: str = SHOWN) -> None:
    """Note in the session that its second step was shown, or (`INVENTED`) that none is needed in the demo."""
    session[MARK] = f"{kind}:{account.pk}"


def mark_if_shown(request: HttpRequest, account: Account) -> None:
    """Mark the session where the sign-in that just ended went through a second step."""
    if any(record.get("method") == "mfa" for record in get_authentication_records(request, account)):
        mark(request.session, account)


def is_invented(request: HttpRequest) -> bool:
    """Whether this session came through a demo door."""
    return request.session.get(MARK) == f"{INVENTED}:{request.user.pk}"


def _is_marked(request: HttpRequest) -> bool:
    if is_invented(request):
        return settings.DEMO  # where the demo ended, its sessions end
    return request.session.get(MARK) == f"{SHOWN}:{request.user.pk}"
