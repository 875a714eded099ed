"""Tables of asking and answering. No time, no order, no person is stored with an answer."""

from django.db import models
from django.utils.translation import gettext_noop as _

from alongside.kernel.api import Held, RandomIdField, neutral_address, random_id
from alongside.organizations.api import Owned, Unit
from alongside.privacy.api import SealedByHand, SealedBytesField, SealedJSONField, SealedTextField


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


class BoxState(models.TextChoices):
    MAKING = "making"
    IN_USE = "in_use"
    RETIRED = "retired"


class Keeper(models.TextChoices):
    """Who keeps a key of the box: a role, never a name. In the order in which keys are numbered."""

    PARTNER = "partner"
    DIRECTOR = "director"
    BOARD = "board"
    STAFF = "staff"
    OUTSIDE = "outside"


class CommentBox(Owned):
    """A box with several keys for comments: what everybody may know of it. Its keys are on paper alone."""

    held = Held(
        title=_("The box of the comments: its lock"),
        because=_("locks comments so that several people must come together to open them"), names_a_person=False,
        at_most=_("until the organization is deleted"),
    )

    state = models.CharField(max_length=10, choices=BoxState.choices, default=BoxState.MAKING)
    # `privacy.box.Box` in plain, and `keepers`: what a round that opens takes into its promise.
    promise = models.JSONField()
    # How many keys were written down and checked, one after the other.
    handed = models.PositiveSmallIntegerField(default=0)
    made_on = models.DateField()
    practiced_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-made_on", "state"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(state="in_use"),
                name="an_organization_has_one_box_in_use"),
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(state="making"),
                name="an_organization_makes_one_box_at_a_time"),
        ]


class Cycle(Owned):
    """One time round the loop: asked, listened, read, decided, replied."""

    held = Held(
        title=_("Cycles: their names and dates"),
        because=_("holds together what was asked at one time"), names_a_person=False,
        at_most=_("until the organization removes it"),
    )

    name = SealedTextField()
    framework_key = models.CharField(max_length=120)
    form = models.CharField(max_length=10, choices=[("full", "full"), ("short", "short")], default="full")
    opens_on = models.DateField()
    closes_on = models.DateField()
    reply_due = models.DateField()
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    # Nobody is asked in two of these cycles, as when people leave a program: answers of too few wait for others.
    other_people = models.BooleanField(default=False)
    # What staff and consultants say is told as of one group, so that few consultants are heard. For good: see rules.
    together = models.BooleanField(default=False)
    # The cycle that this one repeats: it was proposed when the time for it had come.
    follows = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Where the reply will stand, known before anybody is asked: /r/<reply_address>.
    reply_address = models.CharField(max_length=16, unique=True, default=neutral_address)
    released_on = models.DateField(null=True, blank=True)
    # The last day of answers that may wait for others, or are under a legal hold; set at the release, whether or not
    # there are any. Empty where none may be left, and before it.
    answers_until = models.DateField(null=True, blank=True)
    finished_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-opens_on", "id"]
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
        title=_("Rounds: who was asked, and what they were promised"),
        because=_("says who was asked, how, and under which promise"), names_a_person=False,
        at_most=_("as long as its cycle"),
    )

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="rounds")
    voice = models.CharField(max_length=20, choices=Voice.choices)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entry = models.CharField(max_length=10, choices=Entry.choices, default=Entry.CODES)
    people = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.PLANNED)
    address = models.CharField(max_length=16, unique=True, default=neutral_address)
    # Set once, at opening: the instrument and the promise. Never changed afterwards.
    frozen = SealedJSONField(null=True, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    # When key holders opened the box for its comments. Empty: they are locked, or there never was a box.
    unlocked_on = models.DateField(null=True, blank=True)
    # How many codes were tried here that are none, within which ten minutes (counted from 1970). Nobody's address.
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    wrong_codes_in = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["voice", "unit_id"]
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
        title=_("Codes on slips"),
        because=_("lets one person answer once"), names_a_person=False,
        at_most=_("until its round is closed"),
    )

    fingerprint = models.CharField(primary_key=True, max_length=64)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    spent = models.BooleanField(default=False)


class HeldResponse(models.Model):
    """A response that waits, sealed, for its round to close. Its id is random, and it gets a new one soon."""

    held = Held(
        title=_("Answers that wait for their round to close"),
        because=_("an answer was given and its round is still open"), names_a_person=False,
        at_most=_("until its round is closed; then mixed into one store and overwritten here"),
    )

    id = RandomIdField(primary_key=True, default=random_id)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    sealed = models.BinaryField()


class AnswerStore(models.Model):
    """Answers of many people as one sorted block: one byte an item, one line a person, no ids.

    The lines are sorted by their content, so neither their order nor their place says who came when.
    """

    held = Held(
        title=_("Answers of closed rounds"),
        because=_("figures are made from it"), names_a_person=False,
        at_most=_("until figures are made of them; where they wait for those of others, a year after that at most"),
        days=0, counted_from="round__cycle__answers_until",
    )

    id = RandomIdField(primary_key=True, default=random_id)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    people = models.PositiveIntegerField()
    width = models.PositiveSmallIntegerField()
    commented = models.PositiveIntegerField(default=0)
    answers = SealedBytesField(owner="round__organization_id")


class Comment(models.Model):
    """Words that somebody wrote under a domain; joined to no rating and to no other comment."""

    held = Held(
        title=_("Comments as they were written"),
        because=_("one named person reads it and puts it in other words"), names_a_person=False,
        at_most=_("until all were read and put in other words, or 180 days after the release"), days=180,
        counted_from="round__cycle__released_on",
    )

    id = RandomIdField(primary_key=True, default=random_id)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    domain = models.CharField(max_length=20)
    sealed = SealedByHand(owner="round__organization_id")
