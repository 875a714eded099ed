"""Two tables: an act by staff, without values; and where the log of an organization begins and ends."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from alongside.kernel.api import Held

INSTALLATION = UUID(int=0)  # stands for the log of acts that belong to no organization


class Entry(models.Model):
    """An act of one of the staff. Names the thing by kind and id, never by its content.

    `mac` binds the entry to all before it (see `rules`): what is changed later no longer fits.
    """

    held = Held(
        title=_("The log: who of the staff did what"),
        because=_("so that an organization can see which of its staff did what, and when"),
        at_most=_("seven years, then purged"), names_a_person=True, days=2557, counted_from="at__date",
    )

    organization_id = models.UUIDField(null=True)
    number = models.BigIntegerField()
    account_id = models.UUIDField(null=True)
    act = models.CharField(max_length=60)
    thing_kind = models.CharField(max_length=60, blank=True)
    thing_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organization_id", "number"], name="a_number_stands_once_in_a_log"),
            models.UniqueConstraint(
                fields=["number"], condition=Q(organization_id__isnull=True),
                name="a_number_stands_once_in_the_installations_log"),
        ]


class Chain(models.Model):
    """The log of one organization: where it begins now (older entries were purged) and where it ends.

    `mac` covers these four, so that nobody without the key can move an end. Whoever writes an act locks this row.
    """

    held = Held(
        title=_("The log: where it begins and ends"),
        because=_("shows whether an act was changed, removed or put in later"), names_a_person=False,
        at_most=_("until the organization is deleted"),
    )

    organization_id = models.UUIDField(primary_key=True)  # INSTALLATION for acts of no organization
    purged_number = models.BigIntegerField(default=0)
    purged_mac = models.CharField(max_length=64, blank=True)
    last_number = models.BigIntegerField(default=0)
    last_mac = models.CharField(max_length=64, blank=True)
    mac = models.CharField(max_length=64, blank=True)
    # The head of the week, to be kept outside; and what the last check found.
    head_on = models.DateField(null=True)
    head_number = models.BigIntegerField(default=0)
    head_mac = models.CharField(max_length=64, blank=True)
    checked_on = models.DateField(null=True)
    broken_at = models.BigIntegerField(null=True)
    broken_how = models.CharField(max_length=20, blank=True)
