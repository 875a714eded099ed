"""The people room's names for the other rooms."""

from .models import Account, Membership
from .reads import memberships_of

__all__ = ["Account", "Membership", "memberships_of"]
