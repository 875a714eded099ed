"""Tables of the organization itself. `Owned` is the base of every table that belongs to one organization."""

from uuid import uuid4

from django.db import models

from alongside.kernel.api import Held


class Organization(models.Model):
    """One organization of the installation."""

    held = Held(
        because="everything else belongs to an organization", names_a_person=False,
        at_most="until the organization is deleted",
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
        because="a cycle asks people of a unit, and says what was not covered", names_a_person=False,
        at_most="until the organization removes it",
    )

    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "name"], name="two_units_never_share_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class SupportContact(Owned):
    """Somebody who supports people in distress. Shown on every page where people answer."""

    held = Held(
        because="people who answer must find help on every page", names_a_person=True,
        at_most="until the organization removes it",
    )

    name = models.CharField(max_length=120)
    reach = models.CharField(max_length=200)
    languages = models.CharField(max_length=120, blank=True)
    hours = models.CharField(max_length=120, blank=True)
    may_be_told = models.CharField(max_length=300, blank=True)
    last_checked = models.DateField(null=True, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "name"]
