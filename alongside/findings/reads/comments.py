"""Looking at comments: those that wait for their reviewer, and those that were released."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import get_language

from alongside.access.api import Actor, Permission
from alongside.findings.models import Release, ReviewedComment
from alongside.listening.api import Cycle, Voice, comments_still_held, locked_comments, rounds_in, voice_label
from alongside.privacy.api import unseal

from .releases import read_release

SEALED_WORDS = "findings_reviewedcomment.sealed_words"


def comments_of(actor: Actor) -> QuerySet[ReviewedComment]:
    """Comments of this actor's organization that went through the gate, read by a reviewer or not yet."""
    return ReviewedComment.objects.filter(organization_id=actor.organization_id)


def waiting_comments(actor: Actor, cycle: Cycle) -> list[ReviewedComment]:
    """Comments of a cycle that wait for a reviewer and are not locked. Raises `Refused` for anybody else."""
    actor.must(Permission.COMMENTS_REVIEW, cycle)
    locked = locked_comments(cycle)
    return [row for row in waiting_in(cycle) if row.comment_id not in locked]


def locked_in(cycle: Cycle) -> dict[int, dict]:
    """Comments that the gate let through and that still lie in a box: comment id -> the box as it was promised."""
    locked = locked_comments(cycle)
    return {row.comment_id: locked[row.comment_id].frozen["promise"]["box"]
            for row in waiting_in(cycle) if row.comment_id in locked}


def box_to_open(cycle: Cycle) -> dict | None:
    """The box (see `privacy.box`) in which comments of a cycle lie that may be read; None where there is none.

    None as long as the cycle is not released. Where rounds were opened with different boxes, one after the other.
    """
    boxes = locked_in(cycle).values()
    return min(boxes, key=lambda one: one["public"], default=None)


def waiting_in(cycle: Cycle) -> list[ReviewedComment]:
    """Comments of a cycle that nobody has read, without those that were deleted on schedule meanwhile."""
    held = comments_still_held(cycle)
    unread = ReviewedComment.objects.filter(
        cycle=cycle, released_on__isnull=True, withheld=False, sealed_words__isnull=True)
    return [row for row in unread.order_by("id") if row.comment_id in held]


def any_of(waiting: Sequence[ReviewedComment]) -> ReviewedComment | None:
    """One of those that wait, by chance, so that reading follows no order; None where none does."""
    return secrets.choice(waiting) if waiting else None


def words_of(row: ReviewedComment) -> str:
    """A comment in the reviewer's words; empty where it was withheld."""
    if row.sealed_words is None:
        return ""
    return unseal(row.organization_id, SEALED_WORDS, row.pk, row.sealed_words).decode()


@dataclass(frozen=True)
class Group:
    """Released comments under one heading; `area` is empty where several areas had to be put together."""

    area: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class VoiceComments:
    """What one voice wrote. `state`: too_few (nobody reads it) or open; `groups` come with the release."""

    voice: str
    label: str
    state: str
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class CommentsPage:
    """Comments of one cycle. `state`: before (not closed), none, locked (in a box), reading or released."""

    state: str
    voices: tuple[VoiceComments, ...]


@dataclass(frozen=True)
class Progress:
    """How many comments were read of how many. Only there where enough people commented to open any."""

    read: int
    all: int
    left: int


def comments_page(actor: Actor, cycle: Cycle) -> CommentsPage:
    """What this actor's organization may read of a cycle's comments: words only after their release."""
    if cycle.released_on is None:
        return CommentsPage("before", ())
    rows = list(comments_of(actor).filter(cycle=cycle).order_by("id"))
    asked = {round_.voice for round_ in rounds_in(actor, cycle)}
    titles = area_titles(cycle)
    voices = tuple(_voice(voice, [row for row in rows if row.voice == voice], titles)
                   for voice in Voice.values if voice in asked)
    if not rows:
        return CommentsPage("none", voices)
    if rows[0].released_on:
        return CommentsPage("released", voices)
    locked = locked_in(cycle)
    is_left = any(row.comment_id not in locked for row in waiting_in(cycle)) or not locked
    return CommentsPage("reading" if is_left else "locked", voices)


def _voice(voice: str, rows: Sequence[ReviewedComment], titles: dict[str, str]) -> VoiceComments:
    if not rows:
        return VoiceComments(voice, voice_label(voice), "too_few")
    by_area: dict[str, list[str]] = {}
    for row in rows:
        if row.released_on and not row.withheld:
            by_area.setdefault(row.domain, []).append(words_of(row))
    groups = (Group(titles.get(area, ""), tuple(by_area[area])) for area in (*titles, "") if area in by_area)
    return VoiceComments(voice, voice_label(voice), "open", tuple(groups))


def progress_of(actor: Actor, cycle: Cycle) -> Progress:
    """How far the reviewer is."""
    left = len(waiting_in(cycle))
    all_of_them = comments_of(actor).filter(cycle=cycle).count()
    return Progress(all_of_them - left, all_of_them, left)


def area_titles(cycle: Cycle) -> dict[str, str]:
    """Domain id -> title in the language of the screen, as it was at the release."""
    release = Release.objects.select_related("cycle").filter(cycle=cycle, audience=Release.INSIDE).first()
    domains = read_release(release).content.domains if release else ()
    return {domain.id: domain.title.in_(get_language() or "en") for domain in domains}
