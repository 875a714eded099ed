"""What a cycle showed, what was decided, what was done, and what people were told."""

from django.db import models
from django.db.models import Q

from alongside.kernel.api import Held
from alongside.listening.api import Cycle
from alongside.organizations.api import Owned

KEPT_WITH_CYCLE = "until the organization removes the cycle"


class Finding(Owned):
    """What this cycle says about one practice or domain, in the organization's words."""

    held = Held(because="decisions answer findings", at_most=KEPT_WITH_CYCLE, names_a_person=False)

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    domain_id = models.CharField(max_length=20)
    practice_id = models.CharField(max_length=20, blank=True)
    says = models.CharField(max_length=300)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["place", "id"]


class Choice(models.TextChoices):
    DO = "do"
    LATER = "later"
    WONT = "wont"


class Decision(Owned):
    """Do, later, or won't, because."""

    held = Held(
        because="people are told what was decided and why", at_most=KEPT_WITH_CYCLE, names_a_person=False)

    finding = models.OneToOneField(Finding, on_delete=models.CASCADE, related_name="decision")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    reason = models.CharField(max_length=500, blank=True)
    decided_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(choice="do") | ~Q(reason=""), name="later_and_wont_say_why"),
        ]


class ActionState(models.TextChoices):
    PROMISED = "promised"
    DONE = "done"
    DROPPED = "dropped"


class Action(Owned):
    """One thing that will change: who sees to it, until when, with what money, and survivors' part in it."""

    held = Held(
        because="a decision to do something is kept by it", at_most=KEPT_WITH_CYCLE, names_a_person=True)

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=120)
    due = models.DateField(null=True, blank=True)
    money = models.CharField(max_length=120, blank=True)
    survivors_part = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.PROMISED)
    result = models.CharField(max_length=500, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="promised") | ~Q(result=""), name="an_ended_action_says_what_came_of_it"),
        ]


class Reply(Owned):
    """What everyone who was asked is told, at the cycle's public address. Without it no cycle finishes."""

    held = Held(
        because="people hear what became of their words", at_most=KEPT_WITH_CYCLE, names_a_person=False)

    cycle = models.OneToOneField(Cycle, on_delete=models.CASCADE, related_name="+")
    # What stands on the public page (see `rules.replying.to_plain`). Drafts are in ReplyText and ReplyLine,
    # so that nothing half-written is ever public.
    published = models.JSONField(null=True, blank=True)
    published_on = models.DateField(null=True, blank=True)
    changed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(published__isnull=True, published_on__isnull=True)
                | Q(published__isnull=False, published_on__isnull=False),
                name="a_published_reply_has_words_and_a_day"),
        ]


class ReplyText(Owned):
    """The opening and closing words of a reply in one language."""

    held = Held(
        because="a reply is written in every language used", at_most=KEPT_WITH_CYCLE, names_a_person=False)

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    opening = models.TextField(max_length=1000, blank=True)
    closing = models.TextField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "language"], name="a_reply_has_one_text_in_a_language"),
        ]


class ReplyLine(Owned):
    """One finding in one language: "You said ..." and what the organization answers."""

    held = Held(
        because="each finding is answered in every language", at_most=KEPT_WITH_CYCLE, names_a_person=False)

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="lines")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=12)
    said = models.CharField(max_length=300, blank=True)
    answer = models.CharField(max_length=600, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "finding", "language"], name="a_finding_is_answered_once_in_a_language"),
        ]
