"""Spending a code and keeping an answer: both or neither, and soon nothing that joins the two (see `store.stir`).

Statements for a submission: begin, hold the round (is it open? were too many codes tried?), spend the code, keep the
answer, commit. With an open link the form's own random mark is remembered in the place of a code.

Who holds the round is alone with it: an answer comes wholly before its round is stirred or closed, or after it. And
however many guess at the same moment, their guesses are counted one by one.
"""

import logging
import secrets
import time
from collections.abc import Callable
from functools import wraps

from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import QuerySet

from alongside.listening import codes, store
from alongside.listening.boxes.locking import locked
from alongside.listening.models import Code, Round, RoundState
from alongside.privacy.api import CannotOpen, fingerprint

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
    """Turns trouble of the machine (a full disk, a lock held too long) into `NotTaken`: nothing typed gets lost."""

    @wraps(act)
    def tried(*facts) -> None:
        try:
            act(*facts)
        except (DatabaseError, OSError, CannotOpen) as error:
            log.error("an answer could not be kept", exc_info=error)
            raise NotTaken("trouble") from None

    return tried


@_troubles_are_ours
def check_code(sheet: Sheet, text: str) -> None:
    """Raise `NotTaken` unless `text` is an unspent code of this open round. Counts what is no code, and no more."""
    if sheet.needs_code:
        if _is_good(sheet.round, text):
            return
        with transaction.atomic():
            why = _try_code(sheet.round, text, lambda code: code.exists())
    else:
        why = "" if Round.objects.filter(pk=sheet.round.pk, state=RoundState.OPEN).exists() else "closed"
    if why:
        raise NotTaken(why)


@_troubles_are_ours
def send(sheet: Sheet, walk: Walk) -> None:
    """Keep one response and spend its code, in one transaction. Raises `NotTaken`, and then nothing was kept."""
    if not walk.comments and set(walk.letters) <= {"-"}:
        raise NotTaken("empty")
    comments = ((sheet.pages[number - 1].domain_id, words) for number, words in walk.comments.items())
    kept = dict(locked(sheet.round, comments))
    with transaction.atomic():
        why = _spend(sheet, walk.code)
        if not why:
            store.hold(sheet.round, walk.letters, kept)
    if why:
        raise NotTaken(why)


def _spend(sheet: Sheet, text: str) -> str:
    """Spend a code, or the mark of a form, in the transaction at hand. Gives why not, or "" where it is done."""
    if sheet.needs_code:
        return _try_code(sheet.round, text, lambda code: code.update(spent=True))
    return _remember_mark(sheet.round, text)


def _is_good(round_: Round, text: str) -> bool:
    """Is `text` an unspent code of this open round, in which not too many wrong ones were tried? Holds nobody up.

    What is no code is counted one by one, by those who hold the round. So whoever sends many guesses at one moment has
    as many more as the server answers at one moment, and no more.
    """
    mine = _code(round_, text).filter(spent=False, round__state=RoundState.OPEN)
    counted = mine.values_list("round__wrong_codes", "round__wrong_codes_in").first()
    return counted is not None and _wrong_now(*counted) < WRONG_CODES_ALLOWED


def _try_code(round_: Round, text: str, use: Callable[[QuerySet[Code]], object]) -> str:
    """`use` the unspent code `text`. Gives why that can't be, or "" where `use` found it.

    Somebody who guesses is slowed by the round, not by their address: no address is stored.
    """
    held = store.lock_open(round_)
    if held is None:
        return "closed"
    wrong_before = _wrong_now(held.wrong_codes, held.wrong_codes_in)
    if wrong_before >= WRONG_CODES_ALLOWED:
        return "wait"
    mine = _code(round_, text)
    if use(mine.filter(spent=False)):
        return ""
    if mine.exists():
        return "spent"
    Round.objects.filter(pk=round_.pk).update(wrong_codes=wrong_before + 1, wrong_codes_in=_ten_minutes())
    return "wrong"


def _code(round_: Round, text: str) -> QuerySet[Code]:
    return Code.objects.filter(pk=fingerprint("code", f"{round_.pk}:{codes.normalize(text)}"))


def _wrong_now(wrong_codes: int, counted_in: int) -> int:
    return wrong_codes if counted_in == _ten_minutes() else 0


def _remember_mark(round_: Round, mark: str) -> str:
    if store.lock_open(round_) is None:
        return "closed"
    try:
        with transaction.atomic(savepoint=False):
            Code(pk=fingerprint("mark", f"{round_.pk}:{mark}"), round=round_, spent=True).save(force_insert=True)
    except IntegrityError:  # all is rolled back, and nothing was done before
        return "spent"
    return ""


def _ten_minutes() -> int:
    return int(time.time() // WITHIN_SECONDS)
