"""How allauth behaves here: accounts are made by invitation alone."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class StaffOnly(DefaultAccountAdapter):
    """Nobody signs up by themselves."""

    def is_open_for_signup(self, request) -> bool:
        return False


class SecondStep(DefaultMFAAdapter):
    """Seals the secrets of the second step."""
