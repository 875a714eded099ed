"""What the findings room alone does: releasing a cycle's results, reading single comments."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alongside.organizations.api import held_back
from alongside.privacy.api import unseal

from . import rules
from .boxes.locking import box_of
from .models import AnswerStore, Comment, Cycle, Round, RoundState
from .refusals import ListeningRefused
from .store import COMMENT


class AlreadyReleased(ListeningRefused):
    """The results of a cycle are released once."""


class StillOpen(ListeningRefused):
    """Answers can still come in, so nothing of the cycle may be shown."""


@transaction.atomic
def lock_for_release(cycle: Cycle) -> list[Round]:
    """The rounds of a cycle, kept from others until the transaction ends.

    Raises `AlreadyReleased`.
    """
    locked = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if locked.released_on is not None:
        raise AlreadyReleased(_("The results of this cycle were released before. They are released once."))
    rounds = Round.objects.select_for_update(of=("self",)).filter(cycle=cycle).select_related("unit")
    return list(rounds.order_by("voice", "unit_id"))


@transaction.atomic
def mark_released(cycle: Cycle, today: date, done_with: Iterable[Round] = ()) -> None:
    """Set the day of release, once. Rounds that were never opened go: nobody can be asked here any more.

    So do the answers of the rounds in `done_with`, of this and of earlier cycles: no figure will be made of them any
    more. Others of this cycle, and those under a legal hold, go a year later at the latest. Whether that last day is
    set depends on the plan and the hold alone: it must not tell whether too few answered.

    Raises `AlreadyReleased`, and `StillOpen` where a round is open.
    """
    rounds = lock_for_release(cycle)
    if any(round_.state == RoundState.OPEN for round_ in rounds):
        raise StillOpen(_("A round of this cycle is still open. Close it first."))
    Round.objects.filter(cycle=cycle, state=RoundState.PLANNED).delete()
    held = held_back()
    free = [one.pk for one in done_with if not held.covers(one.organization_id, one.cycle_id)]
    AnswerStore.objects.filter(round__in=free).delete()
    cycle.released_on = today
    if cycle.other_people or held.covers(cycle.organization_id, cycle.pk):
        cycle.answers_until = today + timedelta(days=rules.ANSWERS_WAIT_DAYS)
    cycle.save(update_fields=["released_on", "answers_until"])


@transaction.atomic
def forget_comments(cycle: Cycle, *, but: Collection[int] = ()) -> None:
    """Delete the comments of a cycle, all but those with these ids: nobody will read them any more. Under a legal hold
    they stay as long as the others."""
    if not held_back().covers(cycle.organization_id, cycle.pk):
        Comment.objects.filter(pk__in=comments_still_held(cycle).difference(but)).delete()


def closed_cycles() -> QuerySet[Cycle]:
    """Cycles, of all organizations, with a closed round, without an open one or a release. For the worker."""
    return (
        Cycle.objects.filter(released_on__isnull=True, rounds__state=RoundState.CLOSED)
        .exclude(rounds__state=RoundState.OPEN).select_related("organization").distinct()
    )


def earlier_waves(cycle: Cycle) -> list[Round]:
    """Closed rounds of cycles that were released up to a year before this one closes, whose people were promised to
    be told together with others. Oldest first."""
    rounds = Round.objects.filter(
        organization_id=cycle.organization_id, state=RoundState.CLOSED, cycle__other_people=True,
        cycle__released_on__isnull=False, cycle__framework_key=cycle.framework_key, cycle__form=cycle.form,
    ).exclude(cycle=cycle).select_related("cycle", "unit").order_by("cycle__closes_on", "cycle_id", "voice", "unit_id")
    return [round_ for round_ in rounds if round_.frozen["promise"].get("waves_months")
            and rules.may_be_told_together(round_.cycle.closes_on, cycle.closes_on)]


def raw_people(round_: Round) -> int:
    """How many people answered a closed round. For the gate alone."""
    return sum(AnswerStore.objects.filter(round=round_).values_list("people", flat=True))


def comment_ids(round_: Round) -> list[tuple[int, str]]:
    """(comment id, domain id) of a closed round. Ids are random."""
    return list(Comment.objects.filter(round=round_).order_by("id").values_list("id", "domain"))


def comments_still_held(cycle: Cycle) -> set[int]:
    """Ids of the comments of a cycle that were not deleted yet."""
    return set(Comment.objects.filter(round__cycle=cycle).values_list("id", flat=True))


def raw_comment(comment_id: int) -> str | None:
    """The words of one comment, for its reviewer alone; None where it was deleted on schedule, or is locked."""
    row = Comment.objects.select_related("round").filter(pk=comment_id).first()
    if row is None or (box_of(row.round) and row.round.unlocked_on is None):
        return None
    return unseal(row.round.organization_id, COMMENT, row.pk, row.sealed).decode()
