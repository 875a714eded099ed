"""Facts about accounts for whoever runs the server. Names nobody outside real organizations."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef

from .models import Membership
from .standing import SECOND_STEPS


def accounts_without_second_step() -> list[str]:
    """The e-mail addresses of members of real organizations who have no second step yet, sorted.

    They reach nothing but its set-up; the fact is for reminding them.
    """
    steps = Authenticator.objects.filter(user_id=OuterRef("account_id"), type__in=SECOND_STEPS)
    members = Membership.objects.filter(~Exists(steps), organization__is_invented=False)
    return sorted({member.account.email for member in members.select_related("account")})
