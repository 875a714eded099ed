"""One table: an act by staff, without values."""

from django.db import models

from alongside.kernel.api import Held


class Entry(models.Model):
    """An act of one of the staff. Names the thing by kind and id, never by its content."""

    held = Held(
        because="so that an organization can see which of its staff did what, and when",
        at_most="seven years, then purged", names_a_person=True, days=2557,
    )

    organization_id = models.UUIDField(null=True, db_index=True)
    account_id = models.UUIDField(null=True)
    act = models.CharField(max_length=60)
    thing_kind = models.CharField(max_length=60, blank=True)
    thing_id = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organization_id", "-id"], name="audit_newest_of_organization")]
