"""The people room's names for the other rooms."""

from .checks import accounts_without_second_step
from .heads import WaitingHead, head_was_sent, waiting_heads
from .models import Account, Membership
from .reads import account_names, memberships_of
from .resealing import reseal_second_steps
from .roles import role_name
from .setup_code import setup_address
from .standing import mark as mark_second_step
from .writes import add_member, invite, make_demo_door

__all__ = [
    "Account", "Membership", "WaitingHead", "account_names", "accounts_without_second_step", "add_member",
    "head_was_sent", "invite", "make_demo_door", "mark_second_step", "memberships_of", "reseal_second_steps",
    "role_name", "setup_address",
    "waiting_heads",
]
