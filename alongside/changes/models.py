"""What a cycle showed, what was decided, what was done, and what people were told."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_noop as _

from alongside.kernel.api import Held
from alongside.listening.api import Cycle
from alongside.organizations.api import Owned
from alongside.privacy.api import SealedTextField

KEPT_WITH_CYCLE = _("until the organization removes the cycle")


class Finding(Owned):
    """What this cycle says about one practice or domain, in the organization's words."""

    held = Held(
        title=_("Findings"),
        because=_("decisions answer findings"), at_most=KEPT_WITH_CYCLE, names_a_person=False)

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="+")
    domain_id = models.CharField(max_length=20)
    practice_id = models.CharField(max_length=20, blank=True)
    says = SealedTextField()
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
        title=_("Decisions"),
        because=_("people are told what was decided and why"), at_most=KEPT_WITH_CYCLE, names_a_person=False)

    finding = models.OneToOneField(Finding, on_delete=models.CASCADE, related_name="decision")
    choice = models.CharField(max_length=10, choices=Choice.choices)
    # None where none was given: the table itself insists on a reason, and can't see whether a sealed one is empty.
    reason = SealedTextField(null=True, blank=True)
    decided_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(choice="do") | Q(reason__isnull=False), name="later_and_wont_say_why"),
        ]


class ActionState(models.TextChoices):
    PROMISED = "promised"
    DONE = "done"
    DROPPED = "dropped"


class Action(Owned):
    """One thing that will change: who sees to it, until when, with what money, and survivors' part in it."""

    held = Held(
        title=_("Actions, and who sees to them"),
        because=_("a decision to do something is kept by it"), at_most=KEPT_WITH_CYCLE, names_a_person=True)

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="actions")
    what = SealedTextField()
    owner = SealedTextField()
    due = models.DateField(null=True, blank=True)
    money = SealedTextField(blank=True)
    survivors_part = SealedTextField(blank=True)
    state = models.CharField(max_length=10, choices=ActionState.choices, default=ActionState.PROMISED)
    result = SealedTextField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="promised") | Q(result__isnull=False), name="an_ended_action_says_what_came_of_it"),
        ]


class Reply(Owned):
    """What everyone who was asked is told, at the cycle's public address. Without it no cycle finishes."""

    held = Held(
        title=_("Replies"),
        because=_("people hear what became of their words"), at_most=KEPT_WITH_CYCLE, names_a_person=False)

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
        title=_("Replies: opening and closing words"),
        because=_("a reply is written in every language used"), at_most=KEPT_WITH_CYCLE, names_a_person=False)

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=12)
    opening = SealedTextField(blank=True)
    closing = SealedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "language"], name="a_reply_has_one_text_in_a_language"),
        ]


class ReplyLine(Owned):
    """One finding in one language: "You said ..." and what the organization answers."""

    held = Held(
        title=_("Replies: what was said and done"),
        because=_("each finding is answered in every language"), at_most=KEPT_WITH_CYCLE, names_a_person=False)

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="lines")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=12)
    said = SealedTextField(blank=True)
    answer = SealedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "finding", "language"], name="a_finding_is_answered_once_in_a_language"),
        ]
