"""Spending a code and keeping an answer: both or neither, and nothing that joins the two.

Statements for a submission: begin, the limit on wrong codes, spend the code, keep the answer, commit. With an
open link: begin, lock the round, remember the form's own random mark, keep the answer, commit.

An answer comes wholly before its round is mixed, or it is refused: closing waits for whoever holds a code that is
being spent (see `store.mix`), or the locked round.
"""

import logging
import secrets
from collections.abc import Callable
from functools import wraps

from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, transaction

from alongside.listening import codes, store
from alongside.listening.models import Code, Entry, Round, RoundState
from alongside.privacy.api import fingerprint

from .sheets import Sheet
from .walk import Walk

log = logging.getLogger(__name__)
WRONG_CODES_ALLOWED = 100
WITHIN_SECONDS = 600


class NotTaken(Exception):
    """The answers can't be kept. `why` is one of closed, wrong, spent, wait, empty, trouble."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def new_mark() -> str:
    """A random mark for a form of an open link, so that sending it twice keeps it once."""
    return secrets.token_urlsafe(15)


def _troubles_are_ours(act: Callable) -> Callable:
    """Turns trouble of the database (a full disk, a lock held too long) into `NotTaken`: nothing typed gets lost."""

    @wraps(act)
    def tried(*facts) -> None:
        try:
            act(*facts)
        except DatabaseError as error:
            log.error("an answer could not be kept", exc_info=error)
            raise NotTaken("trouble") from None

    return tried


@_troubles_are_ours
def check_code(sheet: Sheet, text: str) -> None:
    """Raise `NotTaken` unless `text` is an unspent code of this open round. Changes nothing."""
    if not sheet.needs_code:
        if not _is_open(sheet.round):
            raise NotTaken("closed")
        return
    _ensure_not_flooded(sheet.round)
    mine = Code.objects.filter(pk=_code(sheet.round, text))
    if mine.filter(spent=False, round__state=RoundState.OPEN).exists():
        return
    refused = NotTaken(_why_not(sheet.round, mine))
    if refused.why == "wrong":
        _count_wrong(sheet.round)
    raise refused


@_troubles_are_ours
def send(sheet: Sheet, walk: Walk) -> None:
    """Keep one response and spend its code, in one transaction. Raises `NotTaken`, and then nothing changed."""
    if not walk.comments and set(walk.letters) <= {"-"}:
        raise NotTaken("empty")
    comments = {sheet.pages[number - 1].domain_id: words for number, words in walk.comments.items()}
    try:
        with transaction.atomic():
            _spend(sheet, walk.code)
            store.hold(sheet.round, walk.letters, comments)
    except NotTaken as refused:
        if refused.why == "wrong":
            _count_wrong(sheet.round)
        raise


def _spend(sheet: Sheet, text: str) -> None:
    if sheet.round.entry == Entry.LINK:
        _remember_mark(sheet.round, text)
        return
    _ensure_not_flooded(sheet.round)
    mine = Code.objects.filter(pk=_code(sheet.round, text))
    # No join in here: Django would look for the unspent code in a query of its own, and of two who send it at once
    # on PostgreSQL both would find it.
    open_now = Round.objects.filter(pk=sheet.round.pk, state=RoundState.OPEN)
    if not mine.filter(spent=False, round__in=open_now).update(spent=True):
        raise NotTaken(_why_not(sheet.round, mine))


def _why_not(round_: Round, mine) -> str:
    if not _is_open(round_):
        return "closed"
    return "spent" if mine.exists() else "wrong"


def _is_open(round_: Round) -> bool:
    return Round.objects.filter(pk=round_.pk, state=RoundState.OPEN).exists()


def _remember_mark(round_: Round, mark: str) -> None:
    # Without an order: the usual one joins the unit, and PostgreSQL can't lock what may be missing.
    open_now = Round.objects.select_for_update(no_key=True).order_by().filter(pk=round_.pk, state=RoundState.OPEN)
    if not open_now.values_list("pk", flat=True):
        raise NotTaken("closed")
    try:
        with transaction.atomic(savepoint=False):
            Code(pk=fingerprint("mark", f"{round_.pk}:{mark}"), round=round_, spent=True).save(force_insert=True)
    except IntegrityError:
        raise NotTaken("spent") from None


def _code(round_: Round, text: str) -> str:
    return fingerprint("code", f"{round_.pk}:{codes.normalize(text)}")


def _flood_key(round_: Round) -> str:
    return f"wrong-codes:{round_.pk}"


def _ensure_not_flooded(round_: Round) -> None:
    """Somebody who guesses is slowed by the round, not by their address: no address is stored."""
    if cache.get(_flood_key(round_), 0) >= WRONG_CODES_ALLOWED:
        raise NotTaken("wait")


def _count_wrong(round_: Round) -> None:
    key = _flood_key(round_)
    if not cache.add(key, 1, WITHIN_SECONDS):
        cache.incr(key)
