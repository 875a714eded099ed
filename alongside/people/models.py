"""Tables of staff accounts. Nobody who answers is in here."""

from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac

from alongside.kernel.api import Held
from alongside.organizations.api import Owned


class Accounts(BaseUserManager):
    """Makes accounts the way Django's authentication expects."""

    def create_user(self, email: str, password: str | None = None, *, name: str = "") -> "Account":
        """A new account. `password` None leaves it with a passkey or a link only."""
        account = self.model(email=self.normalize_email(email).lower(), name=name)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """One of the staff, who signs in."""

    held = Held(
        because="staff sign in with it", names_a_person=True,
        at_most="until the account is removed",
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    # Counting this up ends every session of the account: it is part of what a session is checked against.
    session_series = models.PositiveIntegerField(default=1)

    objects = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    def __str__(self) -> str:
        return self.name or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django checks each session against this; a new password or a new series ends the old ones."""
        bound = f"{self.session_series}|{self.password}"
        return salted_hmac("alongside.people.session", bound, secret=secret, algorithm="sha256").hexdigest()


class Membership(Owned):
    """An account's place in one organization, with its roles."""

    held = Held(
        because="says what an account may do in an organization", names_a_person=True,
        at_most="until the membership ends",
    )

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="memberships")
    roles = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "account"], name="one_membership_in_an_organization"),
        ]


class Invitation(Owned):
    """A link that is handed over and works once. Only a hash of it is kept, and its row goes when it is used.

    Without an account it invites a new colleague; with one it lets that colleague set a new password.
    """

    held = Held(
        because="lets an invited colleague in once", names_a_person=True,
        at_most="seven days after it was made, or until it is used", days=7,
    )

    token_hash = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=120)
    roles = models.JSONField(default=list)
    expires_on = models.DateField()
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")


class DemoDoor(models.Model):
    """A one-time sign-in link of the demo. Refused outside a demo installation."""

    held = Held(
        because="the demo signs its invented people in by link", names_a_person=False,
        at_most="until it is used; the demo only",
    )

    token_hash = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
