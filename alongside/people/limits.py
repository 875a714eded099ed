"""How often secrets may be tried. Counted by account in the table of `access`, never by network address.

How it is weighed. A limit by account stops guessing from any number of places, but lets a stranger who knows an
e-mail address keep its owner out. So a browser in which somebody signed in before (it holds a signed cookie that
says no more than that) has tries of its own: strangers share one count for an account, and use up only that. A
passkey can't be guessed and is never counted. Codes are asked for after the right password only, so a stranger
can't use those up. Links and the setup code are too long to guess: a right one always works, only wrong ones wait.
"""

import secrets
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from alongside.access.api import forget_tries, may_try
from alongside.privacy.api import fingerprint

from .models import Account

KNOWN, KNOWN_SALT, KNOWN_FOR = "k", "alongside.people.known", 90 * 24 * 60 * 60


@dataclass(frozen=True)
class Limit:
    """At most so many tries of one kind of secret, for one account, within so many seconds."""

    what: str
    most: int
    seconds: int

    def allows(self, whom: object = "") -> bool:
        """Count one try; False where it is one too many."""
        return may_try(self.what, str(whom), most=self.most, seconds=self.seconds)

    def forget(self, whom: object = "") -> None:
        """The secret was right: begin anew."""
        forget_tries(self.what, str(whom))


PASSWORD = Limit("password", most=5, seconds=300)
# Six digits, three of which are right at a time: one in seven hundred a day, for who has the password already.
CODE = Limit("code", most=5, seconds=900)
# A code is right for its own half minute and the ones beside it. Once used, it is refused until all are over.
USED_CODE = Limit("used code", most=1, seconds=120)
WRONG_LINK = Limit("wrong link", most=60, seconds=60)
WRONG_SETUP_CODE = Limit("wrong setup code", most=60, seconds=60)


def who_tries(request: HttpRequest, email: str) -> str:
    """For whom a password is counted: the account, or the account in one browser that it knows."""
    email = email.lower()
    mark, _, number = _known(request).partition(":")
    return f"{email} {number}" if mark == _mark_of(email) else email


def remember_browser(request: HttpRequest, response: HttpResponse, account: Account) -> None:
    """Note in a cookie that this account signed in here before. It opens nothing."""
    if who_tries(request, account.email) == account.email:
        response.set_signed_cookie(
            KNOWN, f"{_mark_of(account.email)}:{secrets.token_hex(8)}", salt=KNOWN_SALT, max_age=KNOWN_FOR,
            path="/account/", secure=request.is_secure(), httponly=True, samesite="Strict")


def _known(request: HttpRequest) -> str:
    return request.get_signed_cookie(KNOWN, "", salt=KNOWN_SALT, max_age=KNOWN_FOR)


def _mark_of(email: str) -> str:
    return fingerprint("people.known", email)[:32]
