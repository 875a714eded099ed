"""Where answers wait and rest. Nothing here knows who, when, or with which code.

An answer waits sealed in the holding place, padded so that its length says nothing. When the round closes, all
that waits (and all that was imported) becomes one sorted block; comments become rows of their own that no rating
can be joined to; the holding place is emptied.
"""

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from alongside.kernel.api import random_id
from alongside.privacy.api import seal, unseal

from . import packing
from .models import AnswerStore, Code, Comment, HeldResponse, Round

HELD = "listening_heldresponse.sealed"
COMMENT = "listening_comment.sealed"
PADDED_TO = 512
LINES_IN_A_BLOCK = 200_000


@dataclass(frozen=True)
class RawAnswers:
    """All answers of one closed round. `block` is people x width bytes; see `packing` for their meaning."""

    people: int
    width: int
    commented: int
    block: bytes


def hold(round_: Round, letters: str, comments: dict[str, str]) -> None:
    """Put one response into the holding place. `letters` one per item; `comments` by domain id, not empty."""
    row = random_id()
    plain = json.dumps({"a": letters, "c": comments}, ensure_ascii=False).encode()
    padded = plain.ljust(-(-len(plain) // PADDED_TO) * PADDED_TO)
    HeldResponse(
        id=row, round_id=round_.pk, sealed=seal(round_.organization_id, HELD, row, padded),
    ).save(force_insert=True)


def put_imported(round_: Round, lines: Iterable[bytes], width: int, *, commented: int = 0) -> int:
    """Store imported lines (each `width` bytes) as one sorted block. Gives how many there were.

    `commented` of these people wrote a comment; the comments go through `put_imported_comments`.
    """
    block = packing.sorted_block(lines, width)
    people = len(block) // width if width else 0
    _write_blocks(round_, block, width, commented)
    return people


def put_imported_comments(round_: Round, comments: list[tuple[str, str]]) -> None:
    """Store imported comments, each (domain id, words), sealed and shuffled; joined to no line of answers."""
    _write_comments(round_, list(comments))


@transaction.atomic
def mix(round_: Round) -> None:
    """Empty the holding place of a round that is being closed into its one sorted store, and its code pool.

    Costs one pass over what waits; 100,000 responses take about a second and a half. Codes go first: deleting
    them waits for everybody who is spending one just now, so that what waits is complete when it is read, and
    emptied whole.
    """
    width = width_of(round_)
    Code.objects.filter(round=round_).delete()
    imported = list(AnswerStore.objects.filter(round=round_))
    blocks = [bytes(store.answers) for store in imported]
    letters, comments, commented = _opened(round_)
    commented += sum(store.commented for store in imported)
    AnswerStore.objects.filter(round=round_).delete()
    HeldResponse.objects.filter(round=round_).delete()
    block = packing.sorted_block([*blocks, *(packing.to_bytes(line) for line in letters)], width)
    _write_blocks(round_, block, width, commented)
    _write_comments(round_, comments)


def raw_answers(round_: Round) -> RawAnswers:
    """All answers of a closed round. Read by `findings` alone."""
    stores = list(AnswerStore.objects.filter(round=round_))
    return RawAnswers(
        people=sum(store.people for store in stores), width=width_of(round_),
        commented=sum(store.commented for store in stores), block=b"".join(bytes(s.answers) for s in stores),
    )


def raw_comments(round_: Round) -> list[tuple[int, str, str]]:
    """Comments of a closed round as (comment id, domain id, words). Read by `findings` alone."""
    return [
        (row.pk, row.domain, unseal(round_.organization_id, COMMENT, row.pk, row.sealed).decode())
        for row in Comment.objects.filter(round=round_).order_by("id")
    ]


def comment_counts(round_: Round) -> dict[str, int]:
    """How many comments a closed round has under each domain. Read by `findings` alone."""
    domains = Comment.objects.filter(round=round_).values_list("domain", flat=True)
    return {domain: list(domains).count(domain) for domain in set(domains)}


def width_of(round_: Round) -> int:
    """How many items the round's frozen instrument has."""
    return sum(len(page["items"]) for page in round_.frozen["instrument"]["pages"])


def _opened(round_: Round) -> tuple[list[str], list[tuple[str, str]], int]:
    letters, comments, commented = [], [], 0
    for row in HeldResponse.objects.filter(round=round_).iterator(chunk_size=5000):
        plain = json.loads(unseal(round_.organization_id, HELD, row.pk, row.sealed))
        letters.append(plain["a"])
        comments.extend(plain["c"].items())
        commented += bool(plain["c"])
    return letters, comments, commented


def _write_blocks(round_: Round, block: bytes, width: int, commented: int) -> None:
    step = LINES_IN_A_BLOCK * max(width, 1)
    for start in range(0, len(block), step):
        part = block[start:start + step]
        AnswerStore.objects.create(
            round=round_, people=len(part) // width, width=width, answers=part,
            commented=commented if start == 0 else 0,
        )


def _write_comments(round_: Round, comments: list[tuple[str, str]]) -> None:
    secrets.SystemRandom().shuffle(comments)
    rows = []
    for domain, words in comments:
        row = random_id()
        sealed = seal(round_.organization_id, COMMENT, row, words.encode())
        rows.append(Comment(id=row, round=round_, domain=domain, sealed=sealed))
    Comment.objects.bulk_create(rows, batch_size=500)
