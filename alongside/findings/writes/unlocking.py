"""Opening the box with several keys: once, after the release, and only for comments that may be read."""

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission
from alongside.audit.api import record
from alongside.findings import reads
from alongside.findings.models import ReviewedComment
from alongside.findings.refusals import BoxStaysShut
from alongside.listening.api import Cycle, Gathering, unlock_comments


def ensure_can_open(cycle: Cycle) -> dict:
    """The box that can be opened now, as it was promised. Raises `BoxStaysShut` with the reason why there is none."""
    if cycle.released_on is None:
        raise BoxStaysShut(_(
            "The box stays shut until every round of this cycle is closed and its results are released. That was "
            "promised."))
    found = reads.box_to_open(cycle)
    if found is None:
        raise BoxStaysShut(_(
            "There is nothing to open here. Either too few people wrote, and then nobody reads it; or the box was "
            "opened before; or there was none; or what was in it was deleted on schedule."))
    return found


@transaction.atomic
def open_box(actor: Actor, cycle: Cycle, gathering: Gathering, *, today: date | None = None) -> None:
    """Open all comments of a cycle that may be read and lie in the gathering's box, for their review.

    Raises `BoxStaysShut`, `NothingLocked` the second time, and `privacy.box.BoxRefused`.
    """
    actor.must(Permission.COMMENTS_REVIEW, cycle)
    ensure_can_open(cycle)
    waiting = {row.comment_id: row for row in reads.waiting_in(cycle)}
    opened = unlock_comments(cycle, waiting, gathering, today=today or timezone.localdate())
    ReviewedComment.objects.filter(pk__in=[waiting[old].pk for old in opened]).delete()
    fresh = [_anew(waiting[old], new) for old, new in opened.items()]
    secrets.SystemRandom().shuffle(fresh)
    ReviewedComment.objects.bulk_create(fresh, batch_size=500)
    for number in sorted(gathering.numbers):
        record(actor, f"box.key_{number}_used", cycle)
    record(actor, "comments.unlocked", cycle)


def _anew(row: ReviewedComment, comment_id: int | None) -> ReviewedComment:
    """A comment to review under a new id. One that did not open (None) counts as deleted."""
    return ReviewedComment(organization_id=row.organization_id, cycle_id=row.cycle_id, voice=row.voice,
                           domain=row.domain, comment_id=comment_id)
