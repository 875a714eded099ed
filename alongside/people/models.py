"""Tables of staff accounts. Nobody who answers is in here."""

from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop as _

from alongside.kernel.api import Held
from alongside.organizations.api import Owned
from alongside.privacy.api import LookupSealedField, SealedTextField


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
        title=_("Accounts of staff"),
        because=_("staff sign in with it"), names_a_person=True,
        at_most=_("until the account is removed"),
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = LookupSealedField(unique=True)
    name = SealedTextField(owner=None, blank=True)  # the installation's: an account may work for several
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
        title=_("Roles of staff"),
        because=_("says what an account may do in an organization"), names_a_person=True,
        at_most=_("until the membership ends"),
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
        title=_("Invitations and links to sign in"),
        because=_("lets an invited colleague in once"), names_a_person=True,
        at_most=_("seven days after it was made, or until it is used"), days=0, counted_from="expires_on",
    )

    token_hash = models.CharField(max_length=64, unique=True)
    label = SealedTextField()
    roles = models.JSONField(default=list)
    expires_on = models.DateField()
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")


class HeadKeeper(Owned):
    """Somebody outside who keeps the weekly head of the log of acts (see the audit room), by e-mail."""

    held = Held(
        title=_("Where the weekly head of the log is sent"),
        because=_("with a head kept outside anybody can see whether the log of acts was changed"), names_a_person=True,
        at_most=_("until the organization deletes it"),
    )

    address = SealedTextField()
    # The day of the head that was sent last.
    sent_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization"], name="an_organization_has_one_keeper_of_heads"),
        ]


class DemoDoor(models.Model):
    """A one-time sign-in link of the demo. Refused outside a demo installation."""

    held = Held(
        title=_("Doors of the demo"),
        because=_("the demo signs its invented people in by link"), names_a_person=False,
        at_most=_("until it is used; the demo only"),
    )

    token_hash = models.CharField(max_length=64, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+")
