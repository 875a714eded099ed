"""Tables of asking and answering. No time, no order, no person is stored with an answer."""

from django.db import models

from alongside.kernel.api import Held, RandomIdField, neutral_address, random_id
from alongside.organizations.api import Owned, Unit

A_NAME = 100


class Voice(models.TextChoices):
    """The three voices, in the order in which they are always shown."""

    STAFF = "staff"
    CONSULTANTS = "consultants"
    CLIENTS = "clients"


class RoundState(models.TextChoices):
    PLANNED = "planned"
    OPEN = "open"
    CLOSED = "closed"


class Entry(models.TextChoices):
    """How people get in: a slip with a code for one answer, or one open link for all."""

    CODES = "codes"
    LINK = "link"


class Cycle(Owned):
    """One time round the loop: asked, listened, read, decided, replied."""

    held = Held(
        because="holds together what was asked at one time", names_a_person=False,
        at_most="until the organization removes it",
    )

    name = models.CharField(max_length=A_NAME)
    framework_key = models.CharField(max_length=120)
    form = models.CharField(max_length=10, choices=[("full", "full"), ("short", "short")], default="full")
    opens_on = models.DateField()
    closes_on = models.DateField()
    reply_due = models.DateField()
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    # The cycle that this one repeats: it was proposed when the time for it had come.
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Where the reply will stand, known before anybody is asked: /r/<reply_address>.
    reply_address = models.CharField(max_length=16, unique=True, default=neutral_address)
    released_on = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-opens_on", "name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="a_cycle_closes_after_it_opens"),
            models.CheckConstraint(
                condition=models.Q(reply_due__gte=models.F("closes_on")), name="a_reply_comes_after_closing"),
            models.UniqueConstraint(fields=["follows"], name="a_cycle_is_repeated_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Round(Owned):
    """One voice asked by one method in one cycle, in the whole organization or one unit."""

    held = Held(
        because="says who was asked, how, and under which promise", names_a_person=False,
        at_most="as long as its cycle",
    )

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="rounds")
    voice = models.CharField(max_length=20, choices=Voice.choices)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entry = models.CharField(max_length=10, choices=Entry.choices, default=Entry.CODES)
    people = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.PLANNED)
    address = models.CharField(max_length=16, unique=True, default=neutral_address)
    # Set once, at opening: the instrument and the promise. Never changed afterwards.
    frozen = models.JSONField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["voice", "unit__name"]
        constraints = [
            # Two constraints, because SQLite can't make one in which two empty units are the same.
            models.UniqueConstraint(
                fields=["cycle", "voice", "unit"], name="a_voice_of_a_unit_is_asked_once_in_a_cycle"),
            models.UniqueConstraint(
                fields=["cycle", "voice"], condition=models.Q(unit__isnull=True),
                name="a_voice_of_all_is_asked_once_in_a_cycle"),
            models.CheckConstraint(
                condition=models.Q(state="planned") | models.Q(frozen__isnull=False),
                name="an_open_round_has_its_promise_frozen"),
        ]


class Code(models.Model):
    """An access code from the pool: only its keyed hash, and whether it was spent. Nobody's in particular."""

    held = Held(
        because="lets one person answer once", names_a_person=False,
        at_most="until its round is closed",
    )

    fingerprint = models.CharField(primary_key=True, max_length=64)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    spent = models.BooleanField(default=False)


class HeldResponse(models.Model):
    """A response that waits, sealed, for its round to close. Its id is random and tells no order."""

    held = Held(
        because="an answer was given and its round is still open", names_a_person=False,
        at_most="until its round is closed; then mixed into one store and overwritten here",
    )

    id = RandomIdField(primary_key=True, default=random_id)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()


class AnswerStore(models.Model):
    """Answers of many people as one sorted block: one byte an item, one line a person, no ids.

    The lines are sorted by their content, so neither their order nor their place says who came when.
    """

    held = Held(
        because="figures are made from it", names_a_person=False,
        at_most="three years after the cycle was released", days=1096,
    )

    id = RandomIdField(primary_key=True, default=random_id)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    people = models.PositiveIntegerField()
    width = models.PositiveSmallIntegerField()
    commented = models.PositiveIntegerField(default=0)
    answers = models.BinaryField()


class Comment(models.Model):
    """Words that somebody wrote under a domain; joined to no rating and to no other comment."""

    held = Held(
        because="one named person reads it and puts it in other words", names_a_person=False,
        at_most="180 days after the cycle was released", days=180,
    )

    id = RandomIdField(primary_key=True, default=random_id)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    domain = models.CharField(max_length=20)
    sealed = models.BinaryField()
