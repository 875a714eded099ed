"""The people room's names for the other rooms."""

from .checks import accounts_without_second_step
from .models import Account, Membership
from .reads import account_names, memberships_of
from .setup_code import setup_address
from .standing import mark as mark_second_step
from .writes import add_member, invite, make_demo_door

__all__ = [
    "Account", "Membership", "account_names", "accounts_without_second_step", "add_member", "invite", "make_demo_door",
    "mark_second_step", "memberships_of", "setup_address",
]
