"""What was released through the gate, and the review of comments."""

from django.db import models

from alongside.kernel.api import Held, RandomIdField, random_id
from alongside.listening.api import Cycle
from alongside.organizations.api import Owned


class Release(Owned):
    """The figures of one cycle as the gate let them out: once, for one audience, never changed."""

    held = Held(
        because="it is the profile; every page, file and export is made from it", names_a_person=False,
        at_most="until the organization removes the cycle",
    )

    INSIDE, OUTSIDE = "inside", "outside"

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, choices=[(INSIDE, INSIDE), (OUTSIDE, OUTSIDE)])
    payload = models.JSONField()
    released_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "audience"], name="a_cycle_is_released_once_to_an_audience"),
        ]


class ReviewedComment(models.Model):
    """A reviewer's decision on one comment: put in other words, or withheld. Sealed until released."""

    held = Held(
        because="people wrote it and the organization reads it in other words", names_a_person=False,
        at_most="until the organization removes the cycle",
    )

    id = RandomIdField(primary_key=True, default=random_id)
    organization_id = models.UUIDField()
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    voice = models.CharField(max_length=20)
    # The domain under whose heading it may stand; empty where it is pooled under "several areas".
    domain = models.CharField(max_length=20, blank=True)
    # The raw comment it came from; cleared at release, so that the order of release tells nothing.
    comment_id = models.BigIntegerField(null=True, unique=True)
    withheld = models.BooleanField(default=False)
    sealed_words = models.BinaryField(null=True)
    released_on = models.DateField(null=True, blank=True)
