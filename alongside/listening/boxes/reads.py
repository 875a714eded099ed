"""Looking at boxes, and at what is locked in them. Nothing here counts comments of a round."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from alongside.access.api import Actor

from ..models import BoxState, Comment, CommentBox, Cycle, Round
from ..rules import COMMENTS_KEPT_DAYS


def boxes_of(actor: Actor) -> QuerySet[CommentBox]:
    """Every box of this actor's organization, newest first."""
    return CommentBox.objects.filter(organization_id=actor.organization_id)


def box_in(actor: Actor, state: BoxState) -> CommentBox | None:
    """The one box that is being made, or in use."""
    return boxes_of(actor).filter(state=state).first()


def promised_box(organization_id: UUID) -> dict:
    """{"box": ...} for the promise of a round that opens now; empty where no box is in use."""
    found = CommentBox.objects.filter(organization_id=organization_id, state=BoxState.IN_USE).first()
    return {"box": found.promise} if found else {}


def boxes_still_needed(actor: Actor, today: date) -> set[str]:
    """Public keys (hex) of boxes in which comments may still lie: their papers must be kept."""
    kept_since = today - timedelta(days=COMMENTS_KEPT_DAYS)
    may_hold = Q(cycle__released_on__isnull=True) | Q(cycle__released_on__gte=kept_since)
    rounds = _locked(Round.objects.filter(may_hold, organization_id=actor.organization_id))
    return {round_.frozen["promise"]["box"]["public"] for round_ in rounds}


def locked_comments(cycle: Cycle) -> dict[int, Round]:
    """Each comment of a cycle that is still locked, by its id, with its round."""
    rounds = {round_.pk: round_ for round_ in _locked(Round.objects.filter(cycle=cycle))}
    found = Comment.objects.filter(round__in=list(rounds)).values_list("id", "round_id")
    return {comment_id: rounds[round_id] for comment_id, round_id in found}


def _locked(rounds: QuerySet[Round]) -> list[Round]:
    """Those whose promise names a box that was not opened yet. The promise is sealed: looked at here."""
    opened = rounds.filter(unlocked_on__isnull=True, frozen__isnull=False)
    return [round_ for round_ in opened if "box" in round_.frozen["promise"]]
