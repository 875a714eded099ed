"""Reviewing comments one by one, and releasing what became of them: once, in a new order."""

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission
from alongside.audit.api import record
from alongside.findings import reads
from alongside.findings.models import ReviewedComment
from alongside.findings.reads import SEALED_WORDS
from alongside.findings.refusals import NotAllRead, NotWaiting, TooCloseToTheWords
from alongside.findings.rules.paraphrase import shares_wording
from alongside.listening.api import Cycle, forget_comments, raw_comment
from alongside.privacy.api import seal, unseal


@transaction.atomic
def review(actor: Actor, comment: ReviewedComment, words: str | None) -> None:
    """Put a waiting comment in other words (`words`), or withhold it (None).

    Raises `TooCloseToTheWords` where `words` give the original back, `NotWaiting` where it was read before.
    """
    actor.must(Permission.COMMENTS_REVIEW, comment)
    row = _locked(comment)
    if words is None:
        row.withheld = True
    else:
        _ensure_other_words(row, words)
        row.sealed_words = _sealed(row, words.strip())
    row.save(update_fields=["withheld", "sealed_words"])
    record(actor, "comment.reviewed", row.cycle)


@transaction.atomic
def release_comments(actor: Actor, cycle: Cycle, *, today: date | None = None) -> None:
    """Let people read the comments of a cycle, in other words and in a new order. Raises `NotAllRead`.

    Each gets a new random id, and what it came from is deleted.
    """
    actor.must(Permission.COMMENTS_REVIEW, cycle)
    rows = list(ReviewedComment.objects.select_for_update().filter(cycle=cycle, released_on__isnull=True))
    if not rows or reads.waiting_in(cycle):
        raise NotAllRead(_(
            "Some comments were not read yet. Read every one of them, then release them together."))
    ReviewedComment.objects.filter(pk__in=[row.pk for row in rows]).delete()
    fresh = [_anew(row, today or timezone.localdate()) for row in rows]
    secrets.SystemRandom().shuffle(fresh)
    ReviewedComment.objects.bulk_create(fresh, batch_size=500)
    forget_comments(cycle)
    record(actor, "comments.released", cycle)


def _locked(comment: ReviewedComment) -> ReviewedComment:
    rows = ReviewedComment.objects.select_for_update(of=("self",)).select_related("cycle")
    waits = {"released_on__isnull": True, "withheld": False, "sealed_words__isnull": True}
    row = rows.filter(pk=comment.pk, **waits).first()
    if row is None:
        raise NotWaiting(_("This comment was read already. Here is the next one."))
    if row.comment_id in reads.locked_in(row.cycle):
        raise NotWaiting(_("This comment still lies in the box. Nobody can read it before the box is opened."))
    return row


def _ensure_other_words(row: ReviewedComment, words: str) -> None:
    original = raw_comment(row.comment_id)
    if original is None:
        raise NotWaiting(_("This comment was deleted on schedule. Here is the next one."))
    if shares_wording(original, words):
        raise TooCloseToTheWords(_(
            "This is still how the person wrote it, and people are known by how they write. Say what they "
            "mean in words of your own, or keep it to yourself."))


def _anew(row: ReviewedComment, today: date) -> ReviewedComment:
    """The same decision under a new id. One that was deleted before it was read counts as withheld."""
    new = ReviewedComment(
        organization_id=row.organization_id, cycle_id=row.cycle_id, voice=row.voice, domain=row.domain,
        withheld=row.sealed_words is None, released_on=today,
    )
    if row.sealed_words is not None:
        plain = unseal(row.organization_id, SEALED_WORDS, row.pk, row.sealed_words)
        new.sealed_words = _sealed(new, plain.decode())
    return new


def _sealed(row: ReviewedComment, words: str) -> bytes:
    return seal(row.organization_id, SEALED_WORDS, row.pk, words.encode())
