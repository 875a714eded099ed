"""Where answers wait and rest. Nothing here knows who, when, or with which code.

An answer waits in the holding place, padded so that its length says nothing, sealed with a key of its round that
will be destroyed. Soon after it came it is stirred: all that waits is written anew, in another order, under another
key, together with all codes of the round. When the round closes, all that waits (and all that was imported) becomes
one sorted block; comments become rows of their own that no rating can be joined to; the holding place is emptied.
`docs/decisions/no-link-no-trace.md` says why.

Whoever submits, stirs or closes holds the row of the round until the end of the transaction: one at a time.
"""

import logging
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import BinaryField
from django.db.models.functions import Substr

from alongside.kernel.api import random_id
from alongside.privacy.api import HoldingKeys, destroy_holding_keys, holding_keys, key_number, seal, unseal

from . import packing
from .models import AnswerStore, Code, Comment, HeldResponse, Round, RoundState

log = logging.getLogger(__name__)
HELD = "listening_heldresponse.sealed"
COMMENT = "listening_comment.sealed"
LINES_IN_A_BLOCK = 200_000
AT_ONCE = 200  # rows of the holding place in memory: 3 MB


@dataclass(frozen=True)
class RawAnswers:
    """All answers of one closed round. `block` is people x width bytes; see `packing` for their meaning."""

    people: int
    width: int
    commented: int
    block: bytes


def hold(round_: Round, letters: str, comments: dict[str, str]) -> None:
    """Put one response into the holding place. `letters` one per item; `comments` by domain id, not empty.

    Whoever calls it holds the round (`lock_open`), or the key might be destroyed before the answer is kept.
    """
    keys = _keys_of(round_)
    _sealed(round_, keys, keys.for_arrivals(), packing.packed(letters, comments)).save(force_insert=True)


def lock_open(round_: Round) -> Round | None:
    """The round as it is now, held until the transaction ends; None where it is not open.

    Others may still point to it. In one statement, without a join and without the frozen questions.
    """
    open_now = Round.objects.select_for_update(no_key=True).filter(pk=round_.pk, state=RoundState.OPEN)
    return open_now.only("wrong_codes", "wrong_codes_in").order_by("pk").first()


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

    Costs one pass over what waits. Whoever calls it holds the round, so what waits is complete when it is read, and
    emptied whole. When all is done for good, every holding key of the round is destroyed.
    """
    width = width_of(round_)
    Code.objects.filter(round=round_).delete()
    imported = _stores(round_)
    blocks = [store.answers for store in imported]
    letters, comments, commented = _opened(round_)
    commented += sum(store.commented for store in imported)
    transaction.on_commit(partial(destroy_holding_keys, round_.pk), robust=True)
    AnswerStore.objects.filter(round=round_).delete()
    HeldResponse.objects.filter(round=round_).delete()
    block = packing.sorted_block([*blocks, *(packing.to_bytes(line) for line in letters)], width)
    _write_blocks(round_, block, width, commented)
    _write_comments(round_, comments)


@transaction.atomic
def stir(round_: Round) -> bool:
    """Write all that waits in an open round anew: new ids, another order, a new key. Its codes, too. Gives whether.

    What remains of the rows before can't be opened any more, and the rows that are there came all at once. Nothing
    is lost at any moment: a key is destroyed only when no row needs it, and that has been written for good.
    """
    if lock_open(round_) is None:
        return False
    keys = _keys_of(round_)
    waiting = [packing.bare(padded) for padded in _waiting(round_, keys)]
    codes = list(Code.objects.filter(round=round_))
    HeldResponse.objects.filter(round=round_).delete()
    Code.objects.filter(round=round_).delete()
    secrets.SystemRandom().shuffle(waiting)
    secrets.SystemRandom().shuffle(codes)
    number = keys.for_stirring()
    for start in range(0, len(waiting), AT_ONCE):
        some = waiting[start:start + AT_ONCE]
        HeldResponse.objects.bulk_create(_sealed(round_, keys, number, packing.repadded(bare)) for bare in some)
    Code.objects.bulk_create(codes, batch_size=500)
    transaction.on_commit(partial(destroy_holding_keys, round_.pk, below=number), robust=True)
    return True


def stir_rounds() -> int:
    """Stir every open round in which something came since it was stirred; gives how many. For the worker.

    Where somebody pulled the plug before keys could be destroyed, they are destroyed now.
    """
    keys, stirred = holding_keys(), 0
    for round_ in Round.objects.filter(pk__in=keys).only("organization_id", "state"):
        try:
            if round_.state == RoundState.CLOSED:
                destroy_holding_keys(round_.pk)
            elif any(number % 2 for number in keys[round_.pk]):
                stirred += stir(round_)
        except Exception:  # one round's trouble must not keep the others from being stirred
            log.exception("a round could not be stirred")
    return stirred


def rounds_without_keys() -> int:
    """In how many open rounds answers wait of which the key is not here: they can't be opened, nor the round closed."""
    keys = holding_keys()
    starts = HeldResponse.objects.annotate(start=Substr("sealed", 1, 5, output_field=BinaryField()))
    needed = starts.values_list("round_id", "start").distinct()
    return len({round_id for round_id, start in needed if key_number(start) not in keys.get(round_id, ())})


def raw_answers(round_: Round) -> RawAnswers:
    """All answers of a closed round. Read by `findings` alone."""
    stores = _stores(round_)
    return RawAnswers(
        people=sum(store.people for store in stores), width=width_of(round_),
        commented=sum(store.commented for store in stores), block=b"".join(store.answers for store in stores),
    )


def raw_comments(round_: Round) -> list[tuple[int, str, str]]:
    """Comments of a closed round as (comment id, domain id, words). Read by `findings` alone."""
    return [
        (row.pk, row.domain, unseal(round_.organization_id, COMMENT, row.pk, row.sealed).decode())
        for row in Comment.objects.filter(round=round_).order_by("id")
    ]


def replace_comments(opened: list[tuple[int, Round, str, str]]) -> dict[int, int]:
    """Put opened words, each (comment id, round, domain id, words), where locked ones were: new rows, a new order.

    Gives the new id for each old one.
    """
    secrets.SystemRandom().shuffle(opened)
    rows = {old: _comment(round_, domain, words) for old, round_, domain, words in opened}
    Comment.objects.filter(pk__in=list(rows)).delete()
    Comment.objects.bulk_create(rows.values(), batch_size=500)
    return {old: row.pk for old, row in rows.items()}


def comment_counts(round_: Round) -> dict[str, int]:
    """How many comments a closed round has under each domain. Read by `findings` alone."""
    domains = Comment.objects.filter(round=round_).values_list("domain", flat=True)
    return {domain: list(domains).count(domain) for domain in set(domains)}


def width_of(round_: Round) -> int:
    """How many items the round's frozen instrument has."""
    return sum(len(page["items"]) for page in round_.frozen["instrument"]["pages"])


def _opened(round_: Round) -> tuple[list[str], list[tuple[str, str]], int]:
    letters, comments, commented = [], [], 0
    for padded in _waiting(round_, _keys_of(round_)):
        chosen, written = packing.unpacked(padded)
        letters.append(chosen)
        comments.extend(written.items())
        commented += bool(written)
    return letters, comments, commented


def _keys_of(round_: Round) -> HoldingKeys:
    return HoldingKeys(round_.organization_id, round_.pk)


def _waiting(round_: Round, keys: HoldingKeys) -> Iterator[bytes]:
    for row in HeldResponse.objects.filter(round=round_).iterator(chunk_size=AT_ONCE):
        yield keys.unseal(HELD, row.pk, row.sealed)


def _sealed(round_: Round, keys: HoldingKeys, number: int, padded: bytes) -> HeldResponse:
    row = random_id()
    return HeldResponse(id=row, round_id=round_.pk, sealed=keys.seal(number, HELD, row, padded))


def _stores(round_: Round) -> list[AnswerStore]:
    stores = list(AnswerStore.objects.filter(round=round_))
    for store in stores:
        store.round = round_  # says whose key opens it; without a query for each
    return stores


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
    rows = [_comment(round_, domain, words) for domain, words in comments]
    Comment.objects.bulk_create(rows, batch_size=500)


def _comment(round_: Round, domain: str, words: str) -> Comment:
    row = random_id()
    sealed = seal(round_.organization_id, COMMENT, row, words.encode())
    return Comment(id=row, round=round_, domain=domain, sealed=sealed)
