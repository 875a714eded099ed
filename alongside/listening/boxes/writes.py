"""Changing boxes, and opening one. What a round promised about its box never changes."""

import logging
from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from alongside.access.api import Actor, Permission
from alongside.audit.api import record
from alongside.privacy.api import box

from .. import store
from ..models import BoxState, CommentBox, Cycle, Keeper, Round
from . import reads
from .gathering import Gathering
from .locking import place_of
from .refusals import BoxGone, KeyHandedBefore, KeysNotHanded, NothingLocked

log = logging.getLogger(__name__)


@transaction.atomic
def make_box(actor: Actor, keepers: Sequence[str], *, needed: int, partner: bool,
             today: date) -> tuple[CommentBox, list[box.Key]]:
    """A new box, not in use yet, and its keys: the only time that anybody gets them. Raises `box.BoxRefused`.

    `keepers` (see `Keeper`) are put in their order, so that a partner's key is key 1. A box that was being made
    before is given up: nothing can lie in it.
    """
    actor.must(Permission.ORGANIZATION_EDIT)
    ordered = sorted(keepers, key=list(Keeper).index)
    made, keys = box.make_box(len(ordered), needed, partner=partner)
    reads.boxes_of(actor).filter(state=BoxState.MAKING).delete()
    row = CommentBox.objects.create(
        organization_id=actor.organization_id, promise=made.to_plain() | {"keepers": ordered}, made_on=today)
    record(actor, "box.made", row)
    return row, keys


@transaction.atomic
def hand_key(actor: Actor, row: CommentBox, number: int) -> None:
    """Key `number` is written down and checked. Said twice, it changes nothing. Raises `KeyHandedBefore` out of
    turn, and `BoxGone`."""
    actor.must(Permission.ORGANIZATION_EDIT, row)
    locked = _locked(row, BoxState.MAKING)
    if number > locked.handed + 1:
        raise KeyHandedBefore(_("Another key comes first."))
    row.handed = max(locked.handed, number)
    row.save(update_fields=["handed"])


@transaction.atomic
def use_box(actor: Actor, row: CommentBox) -> None:
    """Put a box to use: every round that opens from now on is promised it. The box before it retires.

    Raises `KeysNotHanded`, and `BoxGone` where it is not being made any more.
    """
    actor.must(Permission.ORGANIZATION_EDIT, row)
    if _locked(row, BoxState.MAKING).handed < row.promise["keys"]:
        raise KeysNotHanded(_("Not every key was written down and checked yet."))
    reads.boxes_of(actor).filter(state=BoxState.IN_USE).update(state=BoxState.RETIRED)
    row.state = BoxState.IN_USE
    row.save(update_fields=["state"])
    record(actor, "box.put_to_use", row)


@transaction.atomic
def retire_box(actor: Actor, row: CommentBox) -> None:
    """Rounds that open from now on have no box. Those that were opened with it keep it. Raises `BoxGone`."""
    actor.must(Permission.ORGANIZATION_EDIT, row)
    _locked(row, BoxState.IN_USE)
    row.state = BoxState.RETIRED
    row.save(update_fields=["state"])
    record(actor, "box.retired", row)


@transaction.atomic
def practice(actor: Actor, row: CommentBox, gathering: Gathering, words: str, *, today: date) -> str:
    """Lock an invented comment and open it again with the keys that came together: gives what came out.

    Raises `box.BoxRefused`. Nothing that people wrote is touched.
    """
    actor.must(Permission.ORGANIZATION_EDIT, row)
    locked = box.lock(bytes.fromhex(gathering.promise["public"]), "practice", words)
    opened = box.open_locked(gathering.private_key(), "practice", locked)
    row.practiced_on = today
    row.save(update_fields=["practiced_on"])
    record(actor, "box.practiced", row)
    return opened


@transaction.atomic
def unlock_comments(
    cycle: Cycle, wanted: Collection[int], gathering: Gathering, *, today: date
) -> dict[int, int | None]:
    """Open those of the `wanted` comments of a cycle that were locked with the gathering's box.

    They are sealed anew under the organization's key, as new rows in a new order. Gives the new id for each old one,
    or None where a comment does not open (it was moved or changed): its row stays as it is until it is purged. The
    caller has asked for permission and knows which comments may be read. Raises `box.BoxRefused`, `NothingLocked`.
    """
    private = gathering.private_key()
    Cycle.objects.select_for_update(no_key=True).order_by().get(pk=cycle.pk)
    locked = {
        comment_id: round_ for comment_id, round_ in reads.locked_comments(cycle).items()
        if comment_id in wanted and round_.frozen["promise"]["box"]["public"] == gathering.promise["public"]}
    if not locked:
        raise NothingLocked(_("The box was opened before, or what was in it was deleted on schedule."))
    rounds = {round_.pk: round_ for round_ in locked.values()}
    opened = [one for round_ in rounds.values() for one in _opened(round_, set(locked), private)]
    Round.objects.filter(pk__in=list(rounds)).update(unlocked_on=today)
    return dict.fromkeys(locked) | store.replace_comments(opened)


def _opened(round_: Round, wanted: set[int], private: bytes) -> list[tuple[int, Round, str, str]]:
    found = []
    for comment_id, domain, locked in store.raw_comments(round_):
        if comment_id in wanted:
            try:
                words = box.open_locked(private, place_of(round_.pk, domain), locked)
            except box.StaysShut:
                log.error("a locked comment does not open: it was moved or changed")
                continue
            found.append((comment_id, round_, domain, words))
    return found


def _locked(row: CommentBox, state: BoxState) -> CommentBox:
    """The box as it is now, kept from others. Raises `BoxGone` where it is not in this state any more."""
    found = CommentBox.objects.select_for_update().order_by().filter(pk=row.pk, state=state).first()
    if found is None:
        raise BoxGone(_("This box was replaced or given up meanwhile. Here is how things stand."))
    return found
