"""What was released through the gate, and the review of comments."""

from django.db import models
from django.utils.translation import gettext_noop as _

from alongside.kernel.api import Held, RandomIdField, random_id
from alongside.listening.api import Cycle
from alongside.organizations.api import Owned
from alongside.privacy.api import SealedByHand, SealedJSONField, SealedTextField


class Release(Owned):
    """The figures of one cycle as the gate let them out: once, for one audience, never changed."""

    held = Held(
        title=_("Released figures"),
        because=_("it is the profile; every page, file and export is made from it"), names_a_person=False,
        at_most=_("until the organization removes the cycle"),
    )

    INSIDE, OUTSIDE = "inside", "outside"

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=10, choices=[(INSIDE, INSIDE), (OUTSIDE, OUTSIDE)])
    payload = SealedJSONField()
    # How many people stand behind each shown figure: what later releases must reckon with. Shown to nobody.
    memory = SealedJSONField()
    released_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "audience"], name="a_cycle_is_released_once_to_an_audience"),
        ]


class OutsideExport(Owned):
    """A request to take the outside profile of a cycle out of the organization, and what a second person said."""

    held = Held(
        title=_("Requests to take figures out"),
        because=_("a second person decides whether figures leave the organization"), names_a_person=True,
        at_most=_("ninety days after somebody asked"), days=90, counted_from="asked_on",
    )

    ASKED, APPROVED, REFUSED = "asked", "approved", "refused"

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    # Ids of accounts and no keys: this room knows no account.
    asked_by = models.UUIDField()
    asked_on = models.DateField()
    # {"who": name of whoever asks, "whom": for whom it is, "why": what for}
    words = SealedJSONField()
    state = models.CharField(max_length=10, default=ASKED, choices=[(one, one) for one in (ASKED, APPROVED, REFUSED)])
    decided_by = models.UUIDField(null=True)
    decided_on = models.DateField(null=True)
    reason = SealedTextField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "asked_by"], name="one_request_of_a_person_for_a_cycle"),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True) | ~models.Q(decided_by=models.F("asked_by")),
                name="somebody_else_decides_about_an_export"),
            models.CheckConstraint(
                condition=models.Q(state="asked", decided_by__isnull=True, decided_on__isnull=True)
                | models.Q(~models.Q(state="asked"), decided_by__isnull=False, decided_on__isnull=False),
                name="a_decided_export_says_by_whom_and_when"),
        ]


class ReviewedComment(models.Model):
    """A reviewer's decision on one comment: put in other words, or withheld. Sealed until released."""

    held = Held(
        title=_("Comments in the reader's words"),
        because=_("people wrote it and the organization reads it in other words"), names_a_person=False,
        at_most=_("until the organization removes the cycle"),
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
    sealed_words = SealedByHand(null=True)
    released_on = models.DateField(null=True, blank=True)
