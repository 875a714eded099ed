"""Who was asked, sealed as one list; and what was sent to all of them. No row stands for one person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from alongside.kernel.api import Held
from alongside.listening.api import Round
from alongside.organizations.api import Owned
from alongside.privacy.api import SealedByHand


class AddressList(Owned):
    """The addresses of everyone asked in one round: one sealed list, with no mark on any of them."""

    held = Held(
        title=_("Addresses of everyone who was asked"),
        because=_("everyone asked gets the invitation, the reminder and the answer"),
        at_most=_("until the answer was sent to all of it, or 30 days after the cycle was finished"),
        names_a_person=True, days=30, counted_from="round__cycle__finished_on",
    )

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="+")
    # Addresses, one a line. Saved in alphabetical order: the order in which they were typed tells nothing.
    sealed = SealedByHand()
    people = models.PositiveIntegerField()


class Kind(models.TextChoices):
    INVITATION = "invitation"
    REMINDER = "reminder"
    ANSWER = "answer"


class MailingState(models.TextChoices):
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"


class Mailing(Owned):
    """One message to everyone asked in a round: its exact words, and how far the sending is.

    `taken` says how many addresses of the sealed queue were handed to a batch. It moves before a batch is
    sent, so that nobody gets a message twice; `unsure` counts those of batches that were broken off.
    """

    held = Held(
        title=_("Messages to everyone who was asked"),
        because=_("says what everyone asked was told, and lets a sending go on after a break"),
        at_most=_("as long as its cycle; the addresses in it until it is sent"), names_a_person=True,
    )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=MailingState.choices, default=MailingState.PLANNED)
    by_hand = models.BooleanField(default=False)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sealed_queue = SealedByHand(null=True)
    people = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(default=0)
    unsure = models.PositiveIntegerField(default=0)
    planned_on = models.DateField()
    sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["planned_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sealed_queue__isnull=True),
                name="a_sent_mailing_holds_no_address"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_on__isnull=False), name="a_sent_mailing_has_a_day"),
            models.UniqueConstraint(
                fields=["round"], condition=~Q(state="sent"), name="one_mailing_of_a_round_is_under_way"),
        ]
