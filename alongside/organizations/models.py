"""Tables of the organization itself. `Owned` is the base of every table that belongs to one organization."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_noop as _

from alongside.kernel.api import Held
from alongside.privacy.api import FingerprintField, SealedTextField


class Organization(models.Model):
    """One organization of the installation."""

    held = Held(
        title=_("The organization: its words, languages and settings"),
        because=_("everything else belongs to an organization"), names_a_person=False,
        at_most=_("until the organization is deleted"),
    )

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    # {"en": {"survivor": "survivor", "survivors": "survivors"}, "es": {...}}: the word the organization uses.
    words = models.JSONField(default=dict)
    languages = models.JSONField(default=list)
    is_invented = models.BooleanField(default=False)
    k_scores = models.PositiveSmallIntegerField(default=5)
    k_comments = models.PositiveSmallIntegerField(default=10)
    created_on = models.DateField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(k_scores__gte=5), name="scores_need_five_people_or_more"),
            models.CheckConstraint(
                condition=models.Q(k_comments__gte=10), name="comments_need_ten_people_or_more"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def organization_id(self):
        """Its own id, so that `actor.must(permission, organization)` works as for anything it owns."""
        return self.pk


class Owned(models.Model):
    """Belongs to one organization, has a random id."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")

    class Meta:
        abstract = True


class Unit(Owned):
    """A part of the organization: a house, an office, a program."""

    held = Held(
        title=_("Units"),
        because=_("a cycle asks people of a unit, and says what was not covered"), names_a_person=False,
        at_most=_("until the organization removes it"),
    )

    name = SealedTextField()
    name_mark = FingerprintField(of="name")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "name_mark"], name="two_units_never_share_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SupportContact(Owned):
    """Somebody who supports people in distress. Shown on every page where people answer."""

    held = Held(
        title=_("Support contacts"),
        because=_("people who answer must find help on every page"), names_a_person=True,
        at_most=_("until the organization removes it"),
    )

    name = SealedTextField()
    reach = SealedTextField()
    languages = SealedTextField(blank=True)
    hours = SealedTextField(blank=True)
    may_be_told = SealedTextField(blank=True)
    last_checked = models.DateField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]


class HoldKind(models.TextChoices):
    """Why nothing may be deleted."""

    COURT = "court", _("a court or an authority ordered it")
    CLAIM = "claim", _("a claim or a lawsuit is expected")
    INQUIRY = "inquiry", _("an inspection or an inquiry asks for it")


class LegalHold(Owned):
    """A legal duty not to delete: all that the organization holds, or one cycle.

    It stops deleting. It opens nothing: who may read what stays as people were promised.
    """

    held = Held(
        title=_("Legal holds"),
        because=_("what a law or a court wants kept must not be deleted, and people must be told"),
        at_most=_("until the organization is deleted"), names_a_person=True,
    )

    kind = models.CharField(max_length=10, choices=HoldKind.choices)
    ordered_by = SealedTextField()
    about = SealedTextField(blank=True)
    # The cycle that it covers; None: everything. Not a key: this room does not know cycles.
    cycle_id = models.UUIDField(null=True, blank=True)
    since = models.DateField()
    tell_by = models.DateField()
    told_on = models.DateField(null=True, blank=True)
    lifted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-since", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tell_by__gte=models.F("since")), name="people_are_told_after_a_hold_began"),
        ]
