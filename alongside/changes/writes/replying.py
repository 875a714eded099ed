"""Writing the reply, publishing it, and closing the loop."""

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from django.db import transaction

from alongside.access.api import Actor, Permission
from alongside.audit.api import record
from alongside.listening.api import Cycle, finish_cycle
from alongside.organizations.api import languages_of

from ..models import Reply, ReplyLine, ReplyText
from ..reads.deciding import findings_of, undecided
from ..reads.replying import draft_of, reply_of
from ..rules.deciding import ensure_released
from ..rules.replying import Text, ensure_answered, ensure_publishable, to_plain


@transaction.atomic
def write_reply(actor: Actor, cycle: Cycle, texts: Iterable[Text]) -> Reply:
    """Save drafts in one or more languages. Nothing of it is public before `publish_reply`.

    Headings of the lines are not stored: they follow from the decisions. Lines on findings of other cycles
    are left out. Raises `NotReleasedYet`.
    """
    actor.must(Permission.CHANGES_EDIT, cycle)
    ensure_released(cycle.released_on)
    reply, _made = Reply.objects.select_for_update().get_or_create(
        cycle=cycle, organization_id=actor.organization_id)
    texts = tuple(texts)
    _write_texts(actor, reply, texts)
    _write_lines(actor, reply, texts, {str(finding.pk) for finding in findings_of(actor, cycle)})
    record(actor, "reply.written", reply)
    return reply


@transaction.atomic
def publish_reply(actor: Actor, cycle: Cycle, *, today: date, own_words: bool = False) -> Reply:
    """Put the draft on the public page, in every language at once.

    `own_words` says that somebody looked at what seems to be a quote. Publishing again replaces the page and
    dates the change. Raises `ReplyIncomplete`, `LooksLikeAQuote` or `NotReleasedYet`.
    """
    actor.must(Permission.REPLY_PUBLISH, cycle)
    ensure_released(cycle.released_on)
    draft = draft_of(actor, cycle)
    ensure_publishable(draft, undecided(actor, cycle), own_words)
    reply, _made = Reply.objects.select_for_update().get_or_create(
        cycle=cycle, organization_id=actor.organization_id)
    plain = to_plain(draft)
    if reply.published == plain:
        return reply
    if reply.published_on is None:
        reply.published_on = today
    else:
        reply.changed_on = today
    reply.published = plain
    reply.save(update_fields=["published", "published_on", "changed_on"])
    record(actor, "reply.published", reply)
    return reply


@transaction.atomic
def finish(actor: Actor, cycle: Cycle, *, today: date) -> None:
    """Close the loop. Raises `NotAnsweredYet` unless everybody can read the reply in every language."""
    actor.must(Permission.REPLY_PUBLISH, cycle)
    reply = reply_of(actor, cycle)
    published = reply.published["languages"] if reply and reply.published else []
    ensure_answered(languages_of(cycle.organization), published)
    finish_cycle(actor, cycle, today=today)


def _write_texts(actor: Actor, reply: Reply, texts: tuple[Text, ...]) -> None:
    known = dict(reply.texts.values_list("language", "pk"))
    rows = [
        ReplyText(pk=known.get(text.language) or uuid4(), organization_id=actor.organization_id, reply=reply,
                  language=text.language, opening=text.opening, closing=text.closing)
        for text in texts
    ]
    # By id, to which the words are sealed: two who save at once wait for each other at the reply.
    ReplyText.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=["opening", "closing"])


def _write_lines(actor: Actor, reply: Reply, texts: tuple[Text, ...], known: set[str]) -> None:
    written = {(str(finding), language): row
               for finding, language, row in reply.lines.values_list("finding_id", "language", "pk")}
    rows = [
        ReplyLine(pk=written.get((line.finding_id, text.language)) or uuid4(), organization_id=actor.organization_id,
                  reply=reply, finding_id=line.finding_id, language=text.language, said=line.said, answer=line.answer)
        for text in texts for line in text.lines if line.finding_id in known
    ]
    ReplyLine.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["id"], update_fields=["said", "answer"])
